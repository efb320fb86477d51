/** One figure opened: what it means, how it is reckoned, how it splits, its past, the records it is made of. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { get } from '@/api/client';
import { useRecordModel, useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { FigureOpened, Item } from '@/api/types';
import { csv } from '@/lib/csv';
import { say as sayIn } from '@/lib/text';
import { Crumbs } from '@/blocks/Crumbs';
import { saveFile } from '@/blocks/ExportButton';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { useWords } from '@/blocks/values';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { Measured } from '@/kit/Num';
import { SkeletonPage } from '@/kit/Skeleton';
import { HistoryBars, SplitBars } from './Bars';
import { linesOf } from './lines';
import './figures.css';

export default function FigurePage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('figures');
  const figure = useInfiniteQuery({
    queryKey: keys.figure(id),
    queryFn: ({ pageParam, signal }) => get<FigureOpened>(`/figures/${encodeURIComponent(id)}`, { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.rows.next ?? undefined,
  });
  const first = figure.data?.pages[0];
  if (!first) {
    if (!figure.error) return <SkeletonPage />;
    return (
      <div className="wrap figures-page">
        <Crumbs items={[{ label: t('title'), href: '/figures' }]} />
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <ErrorNote error={figure.error} onRetry={() => void figure.refetch()} />
      </div>
    );
  }
  const items = figure.data?.pages.flatMap((page) => page.rows.items) ?? [];
  return (
    <Opened figure={first} items={items}>
      {figure.hasNextPage ? (
        <MoreButton left={first.rows.total - items.length} busy={figure.isFetchingNextPage} error={figure.isFetchNextPageError ? figure.error : undefined} onMore={() => void figure.fetchNextPage()} />
      ) : null}
    </Opened>
  );
}

function Opened({ figure, items, children }: { readonly figure: FigureOpened; readonly items: readonly Item[]; readonly children: ReactNode }) {
  const { t } = useTranslation('figures');
  const say = useSay();
  const lang = useLang();
  const label = say(figure.label);
  const save = () => {
    const words = { value: t('value'), definition: t('how'), asOf: t('asOf'), split: t('split'), history: t('history'), rows: t('rows') };
    saveFile(`${label}.csv`, new Blob([csv(linesOf(figure, items, words, (text) => sayIn(text, lang)))], { type: 'text/csv' }));
  };
  return (
    <div className="wrap figures-page">
      <Crumbs items={[{ label: t('title'), href: '/figures' }]} />
      <article className="panel figure">
        <header className="figure-head">
          <div>
            <PageHeading title={label}>{label}</PageHeading>
            <p className="huge">
              <Measured value={figure.value} unit={figure.unit} />
            </p>
            <p className="muted small">
              {figure.period === null ? '' : `${t('period', { period: figure.period })} · `}
              {t('asOfDay', { day: figure.as_of })}
            </p>
          </div>
          <Button size="sm" onClick={save}>
            <Icon name="download" />
            {t('csv')}
          </Button>
        </header>
        <section aria-labelledby="how">
          <h2 id="how">{t('how')}</h2>
          <p>{say(figure.definition)}</p>
          <pre className="mono expression" tabIndex={0} aria-label={t('expression')}>
            {figure.expression}
          </pre>
          <dl className="kv">
            <dt>{t('owner')}</dt>
            <dd>{figure.owner ?? t('noOwner')}</dd>
            <dt>{t('source')}</dt>
            <dd>
              <SourceOf record={figure.rows.record} />
            </dd>
          </dl>
        </section>
        {figure.history.length < 2 ? null : <HistoryBars history={figure.history} unit={figure.unit} />}
        {figure.split.length === 0 ? null : <SplitBars split={figure.split} unit={figure.unit} />}
        <section aria-labelledby="rows">
          <div className="between">
            <h2 id="rows">{t('rows')}</h2>
            <span className="muted small">{t('rowsSeen', { count: figure.rows.total })}</span>
          </div>
          <FigureRows record={figure.rows.record} items={items} />
          {children}
        </section>
      </article>
    </div>
  );
}

function SourceOf({ record }: { readonly record: string }) {
  const { t } = useTranslation('figures');
  const say = useSay();
  const model = useRecordModel(record);
  const work = useSession().data?.places.includes('work') ?? false;
  const name = say(model?.label) || record;
  return work && model ? <Link href={`/work/${record}`}>{t('register', { name })}</Link> : <>{t('register', { name })}</>;
}

const COLUMNS = 4;

function FigureRows({ record, items }: { readonly record: string; readonly items: readonly Item[] }) {
  const { t } = useTranslation('figures');
  const common = useTranslation().t;
  const say = useSay();
  const session = useSession().data;
  const model = useRecordModel(record);
  const columns = (model?.columns ?? []).filter((name) => name !== model?.title && model?.fields.some((field) => field.name === name && field.type !== 'ref')).slice(0, COLUMNS - 1);
  const words = useWords(record, columns);
  const work = session?.places.includes('work') ?? false;
  const linked = (id: string): string | null => (work ? `/work/${record}/${id}` : record === 'policy' ? `/policies/${id}` : null);
  if (items.length === 0) return <p className="muted">{session?.account ? t('noRows') : t('noRowsOpen')}</p>;
  return (
    <div className="scroll-x" role="group" aria-labelledby="rows" tabIndex={0}>
      <table className="tb rows-table">
        <thead>
          <tr>
            <th scope="col">{say(model?.label) || t('record')}</th>
            {columns.map((name) => (
              <th scope="col" key={name}>
                {words.label(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const to = linked(item.id);
            const title = say(item.title) || item.id;
            return (
              <tr key={item.id}>
                <td>{to === null ? title : <Link href={to}>{title}</Link>}</td>
                {columns.map((name) => {
                  const value = item.values[name];
                  return <td key={name}>{value === null || value === undefined ? <span className="muted">{common('missing')}</span> : words.value(name, value)}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
