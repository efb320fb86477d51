/** The shelf of policies: search, facets, order, rows, next page, export. The address holds the whole state. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { useModel, useRecords, useSession } from '@/api/hooks';
import { withSearch } from '@/lib/search';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { SearchBox } from '@/blocks/SearchBox';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { SkeletonRows } from '@/kit/Skeleton';
import { Facets } from './Facets';
import { Row } from './Row';
import { addressOf, countFilters, parseState, plainFilters, questionOf, SORTS, type ShelfState } from './state';
import './shelf.css';

export default function ShelfPage() {
  const { t } = useTranslation('policies');
  const model = useModel();
  const policy = model.data?.records.find((record) => record.name === 'policy');
  const facets = policy?.facets ?? [];
  const plain = policy ? plainFilters(policy) : [];
  const state = parseState(useSearch(), [...facets, ...plain]);
  const [, go] = useLocation();
  const set = (next: ShelfState) => go(withSearch('/policies', addressOf(next)));
  return (
    <div className="wrap shelf-page">
      <PageHeading title={state.q === '' ? t('title') : `${state.q} · ${t('title')}`}>{t('title')}</PageHeading>
      <SearchBox label={t('search')} placeholder={t('placeholder')} action={t('go')} value={state.q} onSearch={(q) => set({ ...state, q, sort: '' })} />
      {model.error ? (
        <ErrorNote error={model.error} onRetry={() => void model.refetch()} />
      ) : policy ? (
        <Results state={state} facets={facets} plain={plain} sortable={policy.fields.map((field) => field.name)} onState={set} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </div>
  );
}

interface ResultsProps {
  readonly state: ShelfState;
  readonly facets: readonly string[];
  /** Code filters the server does not count. */
  readonly plain: readonly string[];
  readonly sortable: readonly string[];
  readonly onState: (state: ShelfState) => void;
}

function Results({ state, facets, plain, sortable, onState }: ResultsProps) {
  const { t } = useTranslation('policies');
  const [open, setOpen] = useState(false);
  const today = useSession().data?.installation.as_of ?? '';
  const question = questionOf(state, facets);
  const list = useRecords('policy', question);
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const on = countFilters(state);
  return (
    <div className="shelf-cols">
      <div className={open ? 'facets open' : 'facets'}>
        <Button className="facets-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="filter" />
          {on === 0 ? t('filters') : t('filtersOn', { count: on })}
        </Button>
        <Facets state={state} facets={facets} plain={plain} counts={first?.facets ?? {}} onState={onState} />
      </div>
      <section className="results" aria-label={t('title')} aria-busy={list.isPlaceholderData}>
        <div className="ruled">
          <p className="count" role="status">
            {first ? (state.q === '' ? t('found', { count: first.total }) : t('foundFor', { q: state.q, count: first.total })) : ' '}
          </p>
          <Order state={state} sortable={sortable} onState={onState} />
          <a className="export" href={withSearch('/api/records/policy/export', exportOf(question))} download>
            <Icon name="download" />
            {t('export')}
          </a>
        </div>
        {first ? (
          items.length === 0 ? (
            <Nothing bare={state.q === '' && on === 0} onClear={() => onState({ q: '', sort: '', filters: {} })} />
          ) : (
            <>
              <ul className="rows">
                {items.map((item) => (
                  <Row key={item.id} item={item} today={today} />
                ))}
              </ul>
              {list.hasNextPage ? (
                <MoreButton
                  left={first.total - items.length}
                  busy={list.isFetchingNextPage}
                  error={list.isFetchNextPageError ? list.error : undefined}
                  onMore={() => void list.fetchNextPage()}
                />
              ) : null}
            </>
          )
        ) : list.error ? (
          <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <SkeletonRows rows={6} />
        )}
      </section>
    </div>
  );
}

function exportOf(question: ReturnType<typeof questionOf>): ReturnType<typeof questionOf> {
  return { ...question, limit: null, facets: null, format: 'csv' };
}

function Order({ state, sortable, onState }: Omit<ResultsProps, 'facets' | 'plain'>) {
  const { t } = useTranslation('policies');
  return (
    <label className="order">
      <span className="muted">{t('sort')}</span>
      <select value={state.sort} onChange={(event) => onState({ ...state, sort: event.target.value })}>
        {state.q === '' ? null : <option value="">{t('sorts.relevance')}</option>}
        {SORTS.filter((sort) => sortable.includes(sort.field)).map((sort) => (
          <option key={sort.key} value={state.q === '' && sort.key === 'published' ? '' : sort.key}>
            {t(`sorts.${sort.key}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Nothing({ bare, onClear }: { readonly bare: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation('policies');
  if (bare) return <Empty title={t('emptyShelf')} why={t('emptyShelfWhy')} />;
  return (
    <Empty title={t('empty')} why={t('emptyWhy')}>
      <Button onClick={onClear}>{t('clear')}</Button>
    </Empty>
  );
}
