/** 付款: what may be paid now by policy, and the batches with where each is. */
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useRecords, useSession } from '@/api/hooks';
import type { Item, Titles } from '@/api/types';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Deadline } from '@/blocks/Deadline';
import { ExportButton } from '@/blocks/ExportButton';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { textOf, useWords } from '@/blocks/values';
import { Empty } from '@/kit/Empty';
import { useLang, useSay } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import { usePayable } from './queries';
import type { Payable } from './wire';
import './payments.css';

export default function PaymentsPage() {
  const { t } = useTranslation('payments');
  return (
    <div className="wrap desk-page payments-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft">{t('lead')}</p>
      <PayableList />
      <Batches />
    </div>
  );
}

function PayableList() {
  const { t } = useTranslation('payments');
  const payable = usePayable();
  const draws = useSession().data?.account?.roles.includes('finance') ?? false;
  return (
    <section className="panel" aria-labelledby="payable">
      <div className="panel-h">
        <h2 id="payable">{t('payable.title')}</h2>
        <span className="small muted">{t('payable.note')}</span>
      </div>
      <Loaded of={payable} waiting={<div className="pad"><SkeletonRows rows={3} /></div>}>
        {(data) =>
          data.length === 0 ? (
            <Empty title={t('payable.none')} why={t('payable.noneWhy')} />
          ) : (
            <ul className="payable">
              {data.map((one) => (
                <PayablePolicy key={one.policy.id} of={one} draws={draws} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function PayablePolicy({ of, draws }: { readonly of: Payable; readonly draws: boolean }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  const today = useSession().data?.installation.as_of ?? '';
  const title = say(of.policy.title);
  return (
    <li>
      <div className="grow">
        <h3>
          <Link href={`/policies/${of.policy.id}`}>{title}</Link>
        </h3>
        <p className="small soft parts">
          <span>{t('payable.count', { count: of.count })}</span>
          {of.automatic > 0 ? <span>{t('payable.automatic', { count: of.automatic })}</span> : null}
          {of.oldest === null ? null : (
            <span>
              {t('payable.oldest')} <Deadline due day={of.oldest} today={today} />
            </span>
          )}
        </p>
      </div>
      <b className="big">
        <Money fen={of.total} style="prose" />
      </b>
      {draws ? (
        <Link className="btn" href={withSearch('/work/payment_batch/new', { policy: of.policy.id })} aria-label={t('payable.drawOf', { policy: title })}>
          {t('payable.draw')}
        </Link>
      ) : null}
    </li>
  );
}

const FILTERS = { running: 'drawn,signed,released,sent', settled: 'settled', all: '' } as const;
type Filter = keyof typeof FILTERS;
const NAMES: readonly Filter[] = ['running', 'settled', 'all'];

function Batches() {
  const { t } = useTranslation('payments');
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch()).get('show');
  const shown: Filter = NAMES.find((one) => one === search) ?? 'running';
  const batches = useRecords('payment_batch', { limit: 50, 'where.state': FILTERS[shown] });
  const pages = { data: batches.data?.pages, error: batches.error, refetch: batches.refetch };
  return (
    <section className="panel" aria-labelledby="batches">
      <div className="panel-h">
        <h2 id="batches">{t('batches.title')}</h2>
      </div>
      <div className="list-bar">
        <div className="chips" role="group" aria-label={t('batches.show')}>
          {NAMES.map((one) => (
            <button key={one} type="button" className="chip" aria-pressed={shown === one} onClick={() => go(withSearch('/work/payment_batch', { show: one === 'running' ? '' : one }), { replace: true })}>
              {t(`batches.${one}`)}
            </button>
          ))}
        </div>
        <span className="grow" />
        <ExportButton record="payment_batch" query={{ 'where.state': FILTERS[shown] }} name={t('batches.title')} />
      </div>
      <Loaded of={pages} waiting={<div className="pad"><SkeletonRows rows={4} /></div>}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          const titles: Titles = Object.assign({}, ...loaded.map((page) => page.titles ?? {}));
          if (items.length === 0) return <Empty title={shown === 'running' ? t('batches.noneRunning') : t('batches.none')} why={t('batches.noneWhy')} />;
          return (
            <div aria-busy={batches.isPlaceholderData || undefined}>
              <Rows items={items} titles={titles} />
              {batches.hasNextPage ? (
                <div className="list-more">
                  <MoreButton left={(loaded[0]?.total ?? 0) - items.length} busy={batches.isFetchingNextPage} error={batches.isFetchNextPageError ? batches.error : undefined} onMore={() => void batches.fetchNextPage()} />
                </div>
              ) : null}
            </div>
          );
        }}
      </Loaded>
    </section>
  );
}

function Rows({ items, titles }: { readonly items: readonly Item[]; readonly titles: Titles }) {
  const { t } = useTranslation('payments');
  const lang = useLang();
  const words = useWords('payment_batch', ['state']);
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <table className="tb cards-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.batch')}</th>
          <th scope="col">{t('head.state')}</th>
          <th scope="col">{t('head.due')}</th>
          <th scope="col">{t('head.holder')}</th>
          <th scope="col" className="r">
            {t('head.count')}
          </th>
          <th scope="col" className="r">
            {t('head.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, values }) => {
          const policy = values['policy'];
          const count = values['count'];
          const total = values['total'];
          const promised = textOf(values['promised'], lang);
          const open = textOf(values['closed_at'], lang) === '';
          return (
            <tr key={id}>
              <th scope="row">
                <Link href={`/work/payment_batch/${id}`}>{textOf(values['number'], lang) || id}</Link>
                <span className="muted tiny">{(typeof policy === 'string' ? titles[policy] : undefined) ?? t('batches.several')}</span>
              </th>
              <td data-label={t('head.state')}>
                <span className="tag">{words.value('state', values['state'])}</span>
              </td>
              <td data-label={t('head.due')}>{open && promised !== '' ? <Deadline due day={promised} today={today} /> : <span className="muted">–</span>}</td>
              <td data-label={t('head.holder')}>{textOf(values['holder_name'], lang) || <span className="muted">{open ? t('noHolder') : '–'}</span>}</td>
              <td className="r" data-label={t('head.count')}>
                {typeof count === 'number' ? number(count) : <span className="muted">–</span>}
              </td>
              <td className="r" data-label={t('head.total')}>
                {typeof total === 'number' ? <Money fen={total} /> : <span className="muted">–</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
