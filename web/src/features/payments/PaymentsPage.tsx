/** 付款: what may be paid now by policy, and the batches with where each is. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import type { Item, Titles } from '@/api/types';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Deadline } from '@/blocks/Deadline';
import { ExportButton } from '@/blocks/ExportButton';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { RecordPages } from '@/blocks/RecordPages';
import { ShowChips, useShown } from '@/blocks/ShowChips';
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
const NAMES = ['running', 'settled', 'all'] as const;

function Batches() {
  const { t } = useTranslation('payments');
  const shown = useShown(NAMES);
  return (
    <section className="panel" aria-labelledby="batches">
      <div className="panel-h">
        <h2 id="batches">{t('batches.title')}</h2>
      </div>
      <div className="list-bar">
        <ShowChips path="/work/payment_batch" names={NAMES} label={t('batches.show')} say={(one) => t(`batches.${one}`)} />
        <span className="grow" />
        <ExportButton record="payment_batch" query={{ 'where.state': FILTERS[shown] }} name={t('batches.title')} />
      </div>
      <RecordPages
        record="payment_batch"
        where={{ 'where.state': FILTERS[shown] }}
        waiting={<div className="pad"><SkeletonRows rows={4} /></div>}
        empty={<Empty title={shown === 'running' ? t('batches.noneRunning') : t('batches.none')} why={t('batches.noneWhy')} />}
      >
        {({ items, titles }) => <Rows items={items} titles={titles} />}
      </RecordPages>
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
