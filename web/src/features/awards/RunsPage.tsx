/** 免申即享: the runs, where each is, who holds it and by when. */
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useRecords, useSession } from '@/api/hooks';
import type { Item, Titles, Value } from '@/api/types';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Deadline } from '@/blocks/Deadline';
import { ExportButton } from '@/blocks/ExportButton';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { textOf, useWords } from '@/blocks/values';
import { ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useLang } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import './awards.css';

const FILTERS = { running: 'preparing,freezing,frozen,tried,signed,granting', granted: 'granted', all: '' } as const;
type Filter = keyof typeof FILTERS;
const NAMES: readonly Filter[] = ['running', 'granted', 'all'];

export default function RunsPage() {
  const { t } = useTranslation('awards');
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch()).get('show');
  const shown: Filter = NAMES.find((one) => one === search) ?? 'running';
  const session = useSession().data;
  const starts = session?.account?.roles.some((role) => role === 'officer') ?? false;
  const query = { limit: 50, 'where.state': FILTERS[shown] };
  const runs = useRecords('award_run', query);
  const pages = { data: runs.data?.pages, error: runs.error, refetch: runs.refetch };
  return (
    <div className="wrap desk-page awards-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('title')}>{t('title')}</PageHeading>
          <p className="lead">{t('lead')}</p>
        </div>
        {starts ? (
          <ButtonLink look="primary" href="/work/award_run/new">
            <Icon name="plus" />
            {t('start')}
          </ButtonLink>
        ) : null}
      </div>
      <div className="chips awards-chips" role="group" aria-label={t('show')}>
        {NAMES.map((one) => (
          <button key={one} type="button" className="chip" aria-pressed={shown === one} onClick={() => go(withSearch('/work/award_run', { show: one === 'running' ? '' : one }), { replace: true })}>
            {t(`shown.${one}`)}
          </button>
        ))}
      </div>
      <Loaded of={pages} waiting={<SkeletonRows rows={5} />}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          const titles: Titles = Object.assign({}, ...loaded.map((page) => page.titles ?? {}));
          const total = loaded[0]?.total ?? 0;
          if (items.length === 0) {
            return (
              <section className="panel">
                <Empty title={shown === 'all' ? t('none') : t('noneOf')} why={starts ? t('noneWhy') : t('noneWhyOther')}>
                  {starts ? <ButtonLink href="/work/award_run/new">{t('start')}</ButtonLink> : null}
                </Empty>
              </section>
            );
          }
          return (
            <section className="panel" aria-label={t('title')} aria-busy={runs.isPlaceholderData || undefined}>
              <div className="list-bar">
                <span className="count">{t('count', { count: total })}</span>
                <span className="grow" />
                <ExportButton record="award_run" query={{ 'where.state': FILTERS[shown] }} name={t('title')} />
              </div>
              <Rows items={items} titles={titles} />
              {runs.hasNextPage ? (
                <div className="list-more">
                  <MoreButton left={total - items.length} busy={runs.isFetchingNextPage} error={runs.isFetchNextPageError ? runs.error : undefined} onMore={() => void runs.fetchNextPage()} />
                </div>
              ) : null}
            </section>
          );
        }}
      </Loaded>
    </div>
  );
}

function figure(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function Rows({ items, titles }: { readonly items: readonly Item[]; readonly titles: Titles }) {
  const { t } = useTranslation('awards');
  const lang = useLang();
  const words = useWords('award_run', ['state']);
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <table className="tb cards-tb runs-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.run')}</th>
          <th scope="col">{t('head.state')}</th>
          <th scope="col">{t('head.due')}</th>
          <th scope="col">{t('head.holder')}</th>
          <th scope="col" className="r">
            {t('head.firms')}
          </th>
          <th scope="col" className="r">
            {t('head.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, values, title }) => {
          const policy = values['policy'];
          const firms = figure(values['candidates']);
          const total = figure(values['total']);
          const promised = textOf(values['promised'], lang);
          const open = textOf(values['closed_at'], lang) === '';
          return (
            <tr key={id}>
              <th scope="row">
                <Link href={`/work/award_run/${id}`}>{(typeof policy === 'string' ? titles[policy] : undefined) ?? textOf(values['number'], lang)}</Link>
                <span className="muted tiny">{textOf(values['number'], lang) || (typeof title === 'string' ? title : '')}</span>
              </th>
              <td data-label={t('head.state')}>
                <span className="tag">{words.value('state', values['state'])}</span>
              </td>
              <td data-label={t('head.due')}>{open && promised !== '' ? <Deadline due day={promised} today={today} /> : <span className="muted">–</span>}</td>
              <td data-label={t('head.holder')}>{textOf(values['holder_name'], lang) || <span className="muted">{open ? t('noHolder') : '–'}</span>}</td>
              <td className="r" data-label={t('head.firms')}>
                {firms === null ? <span className="muted">–</span> : number(firms)}
              </td>
              <td className="r" data-label={t('head.total')}>
                {total === null ? <span className="muted">–</span> : <Money fen={total} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
