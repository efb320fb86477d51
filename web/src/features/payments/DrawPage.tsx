/** Drawing a batch: a policy's payable claims, all ticked, and the sum that will leave. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useLocation, useSearch } from 'wouter';
import { intent } from '@/api/client';
import { useRecords } from '@/api/hooks';
import type { Item, Titles } from '@/api/types';
import { money } from '@/lib/money';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { textOf } from '@/blocks/values';
import { Button, ButtonLink } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import { drawnOf, grouped } from './batch';
import { useDraw, usePayable } from './queries';
import type { Payable } from './wire';
import './payments.css';

export default function DrawPage() {
  const { t } = useTranslation('payments');
  const say = useSay();
  const policy = new URLSearchParams(useSearch()).get('policy') ?? '';
  const payable = usePayable();
  if (policy === '') return <Redirect to="/work/payment_batch" replace />;
  return (
    <div className="wrap desk-page payments-page">
      <Crumbs items={[{ label: t('title'), href: '/work/payment_batch' }]} />
      <PageHeading title={t('draw.title')}>{t('draw.title')}</PageHeading>
      <Loaded of={payable} waiting={<SkeletonRows rows={5} />}>
        {(data) => {
          const of = data.find((one) => one.policy.id === policy);
          return of ? (
            <>
              <p className="soft">{say(of.policy.title)}</p>
              <Draw of={of} />
            </>
          ) : (
            <section className="panel">
              <Empty title={t('draw.gone')} why={t('draw.goneWhy')}>
                <ButtonLink href="/work/payment_batch">{t('title')}</ButtonLink>
              </Empty>
            </section>
          );
        }}
      </Loaded>
    </div>
  );
}

function Draw({ of }: { readonly of: Payable }) {
  const { t } = useTranslation('payments');
  const lang = useLang();
  const say = useSay();
  const [, go] = useLocation();
  const [without, setWithout] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const [key] = useState(intent);
  const draw = useDraw(key, (batch) => go(`/work/payment_batch/${batch.id}`));
  const claims = useRecords('claim', { limit: 100, 'where.state': 'payable', 'where.policy': of.policy.id });
  const pages = { data: claims.data?.pages, error: claims.error, refetch: claims.refetch };
  const items = claims.data?.pages.flatMap((page) => page.items) ?? [];
  const amount = (item: Item) => (typeof item.values['amount'] === 'number' ? item.values['amount'] : 0);
  const drawn = drawnOf(of.policy.id, of, items.map((item) => ({ id: item.id, amount: amount(item) })), without);
  const toggle = (id: string) => setWithout(without.includes(id) ? without.filter((one) => one !== id) : [...without, id]);
  const sum = money(drawn.total, lang);
  return (
    <>
      <section className="panel" aria-label={t('draw.claims')}>
        <Loaded of={pages} waiting={<div className="pad"><SkeletonRows rows={5} /></div>}>
          {(loaded) => {
            const titles: Titles = Object.assign({}, ...loaded.map((page) => page.titles ?? {}));
            const left = (loaded[0]?.total ?? 0) - items.length;
            return (
              <>
                <Claims items={items} titles={titles} without={without} onToggle={toggle} amount={amount} />
                {claims.hasNextPage ? (
                  <div className="list-more">
                    {without.length > 0 ? <p className="small soft">{t('draw.onlyListed')}</p> : null}
                    <MoreButton left={left} busy={claims.isFetchingNextPage} error={claims.isFetchNextPageError ? claims.error : undefined} onMore={() => void claims.fetchNextPage()} />
                  </div>
                ) : null}
              </>
            );
          }}
        </Loaded>
      </section>
      <div className="pay-foot">
        {draw.error ? <ErrorNote error={draw.error} /> : null}
        <p role="status">
          <b>{t('draw.sum', { count: drawn.count, amount: sum })}</b>
        </p>
        <Button look="primary" busy={draw.isPending} {...(drawn.count === 0 ? { refusedBy: 'draw-none' } : {})} onClick={() => setAsking(true)}>
          {t('draw.action')}
        </Button>
        {drawn.count === 0 ? (
          <span className="small soft" id="draw-none">
            {t('draw.tickOne')}
          </span>
        ) : null}
      </div>
      {asking ? (
        <Confirm
          title={t('draw.confirm', { count: drawn.count, amount: sum })} action={t('draw.action')} busy={draw.isPending} onNo={() => setAsking(false)}
          onYes={() => draw.mutate(drawn.body, { onSettled: () => setAsking(false) })}
        >
          <p>{t('draw.confirmText', { policy: say(of.policy.title) })}</p>
        </Confirm>
      ) : null}
    </>
  );
}

interface ClaimsProps {
  readonly items: readonly Item[];
  readonly titles: Titles;
  readonly without: readonly string[];
  readonly onToggle: (id: string) => void;
  readonly amount: (item: Item) => number;
}

function Claims({ items, titles, without, onToggle, amount }: ClaimsProps) {
  const { t } = useTranslation('payments');
  const lang = useLang();
  return (
    <table className="tb cards-tb draw-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.claim')}</th>
          <th scope="col">{t('head.payee')}</th>
          <th scope="col">{t('head.account')}</th>
          <th scope="col" className="r">
            {t('head.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const { values } = item;
          const firm = typeof values['enterprise'] === 'string' ? (titles[values['enterprise']] ?? '') : '';
          const number = textOf(values['number'], lang);
          return (
            <tr key={item.id} className={without.includes(item.id) ? 'off' : undefined}>
              <th scope="row">
                <label className="tick">
                  <input type="checkbox" checked={!without.includes(item.id)} onChange={() => onToggle(item.id)} aria-label={t('draw.tick', { firm, number })} />
                  <span>{firm}</span>
                </label>
                <Link className="tiny" href={`/work/claim/${item.id}`}>
                  {number}
                </Link>
              </th>
              <td data-label={t('head.payee')}>{textOf(values['payee_name'], lang)}</td>
              <td data-label={t('head.account')}>
                <span>
                  {textOf(values['payee_bank'], lang)} <span className="mono nw">{grouped(textOf(values['payee_account'], lang))}</span>
                </span>
              </td>
              <td className="r" data-label={t('head.amount')}>
                <Money fen={amount(item)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
