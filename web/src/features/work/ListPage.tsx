/** Any record type as a list: words, filters, counts, order, columns, next page, export. The address holds the whole state. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearch } from 'wouter';
import { useModel, useRecords } from '@/api/hooks';
import type { RecordModel, Titles } from '@/api/types';
import { withSearch } from '@/lib/search';
import { Crumbs } from '@/blocks/Crumbs';
import { ExportButton } from '@/blocks/ExportButton';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { SearchBox } from '@/blocks/SearchBox';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { Columns } from './Columns';
import { Filters } from './Filters';
import { addressOf, countConditions, EMPTY, exportOf, nextRow, parseList, questionOf, type ListState } from './list';
import { Rows } from './Rows';
import { UnknownRecord } from './UnknownRecord';
import './work.css';

export default function ListPage() {
  const { record = '' } = useParams<{ record: string }>();
  const model = useModel();
  return (
    <Loaded of={model} waiting={<div className="wrap desk-page"><SkeletonRows rows={8} /></div>}>
      {(data) => {
        const own = data.records.find((one) => one.name === record);
        return own ? <List key={record} model={own} /> : <UnknownRecord />;
      }}
    </Loaded>
  );
}

function List({ model }: { readonly model: RecordModel }) {
  const { t } = useTranslation('work');
  const say = useSay();
  const [, go] = useLocation();
  const state = parseList(useSearch(), model);
  const set = (next: ListState) => go(withSearch(`/work/${model.name}`, addressOf(next)));
  const label = say(model.label);
  return (
    <div className="wrap desk-page list-page">
      <Crumbs items={[{ label: t('title'), href: '/work/records' }]} />
      <div className="desk-head">
        <div>
          <PageHeading title={state.q === '' ? label : `${state.q} · ${label}`}>{label}</PageHeading>
        </div>
        {model.can_create ? (
          <ButtonLink href={`/work/${model.name}/new`} look="primary">
            <Icon name="plus" />
            {t('list.new')}
          </ButtonLink>
        ) : null}
      </div>
      <SearchBox label={t('list.search', { label })} placeholder={t('list.placeholder')} action={t('list.go')} value={state.q} onSearch={(q) => set({ ...state, q, sort: '' })} primary={false} />
      <Results model={model} state={state} onState={set} />
    </div>
  );
}

interface ResultsProps {
  readonly model: RecordModel;
  readonly state: ListState;
  readonly onState: (state: ListState) => void;
}

function Results({ model, state, onState }: ResultsProps) {
  const { t } = useTranslation('work');
  const say = useSay();
  const list = useRecords(model.name, questionOf(state, model));
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const titles: Titles = Object.fromEntries(list.data?.pages.flatMap((page) => Object.entries(page.titles ?? {})) ?? []);
  const rows = useRowKeys();
  const bare = state.q === '' && countConditions(state) === 0;
  return (
    <>
      <Filters model={model} state={state} counts={first?.facets ?? {}} titles={titles} onState={onState} />
      <section className="panel results" aria-label={say(model.label)} aria-busy={list.isPlaceholderData} ref={rows}>
        <div className="list-bar">
          <p className="count" role="status">
            {first ? t('list.total', { count: first.total }) : ' '}
          </p>
          <span className="muted small keys">{t('list.keys')}</span>
          <Columns model={model} state={state} onState={onState} />
          <ExportButton record={model.name} query={exportOf(state)} name={say(model.label)} />
        </div>
        {first ? (
          items.length === 0 ? (
            <Empty title={bare ? t('list.none') : t('list.noMatch')} why={bare ? (model.can_create ? t('list.noneWhy') : t('list.noneScope')) : t('list.noMatchWhy')}>
              {bare ? null : <Button onClick={() => onState({ ...EMPTY, columns: state.columns })}>{t('list.clear')}</Button>}
              {bare && model.can_create ? <ButtonLink href={`/work/${model.name}/new`}>{t('list.new')}</ButtonLink> : null}
            </Empty>
          ) : (
            <>
              <Rows model={model} state={state} items={items} titles={titles} onState={onState} />
              {list.hasNextPage ? (
                <div className="list-more">
                  <MoreButton left={first.total - items.length} busy={list.isFetchingNextPage} error={list.isFetchNextPageError ? list.error : undefined} onMore={() => void list.fetchNextPage()} />
                </div>
              ) : null}
            </>
          )
        ) : list.error ? (
          <div className="pad">
            <ErrorNote error={list.error} onRetry={() => void list.refetch()}>
              {bare ? null : (
                <Button size="sm" onClick={() => onState(EMPTY)}>
                  {t('list.clear')}
                </Button>
              )}
            </ErrorNote>
          </div>
        ) : (
          <div className="pad">
            <SkeletonRows rows={8} />
          </div>
        )}
      </section>
    </>
  );
}

/** J and K anywhere, arrows within the rows, `/` to the words; Enter opens as any link does. */
function useRowKeys() {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, select, textarea, [role="alertdialog"]')) return;
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLElement>('.sbox input')?.focus();
        return;
      }
      const links = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      if (at < 0 && event.key !== 'j' && event.key !== 'k') return;
      const next = nextRow(event.key, at, links.length);
      if (next === null) return;
      event.preventDefault();
      links[next]?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return box;
}
