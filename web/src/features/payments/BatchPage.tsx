/** One payment batch: payments, two signatures, the bank's file, its return, settled. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useFlow } from '@/api/flow';
import { number } from '@/lib/numbers';
import { CaseStrip, FlowLamp } from '@/blocks/CaseStrip';
import { Clocks } from '@/blocks/Clocks';
import { CommandBar } from '@/blocks/CommandBar';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { CaseSteps, Signatures } from '@/blocks/Signing';
import { StepsHistory } from '@/blocks/StepsHistory';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { Mark, type MarkKind } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { SkeletonPage, SkeletonRows } from '@/kit/Skeleton';
import { FilePanel, ReturnPanel } from './BatchFile';
import { grouped, STEPS, stepsDone } from './batch';
import { batchKey, PAYABLE, useBatch } from './queries';
import type { Batch, Payment, PaymentState, Tally } from './wire';
import './payments.css';

export default function BatchPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('payments');
  const batch = useBatch(id);
  const title = batch.data ? `${t('head.batch')} ${batch.data.number}` : t('batches.title');
  return (
    <div className="wrap desk-page payments-page">
      <Crumbs items={[{ label: t('title'), href: '/work/payment_batch' }]} />
      <PageHeading title={title}>{title}</PageHeading>
      <Loaded of={batch} waiting={<SkeletonPage />}>
        {(data) => <Known batch={data} />}
      </Loaded>
    </div>
  );
}

function Known({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  const queries = useQueryClient();
  const flow = useFlow('payment_batch', batch.id);
  const after = () => {
    void queries.invalidateQueries({ queryKey: batchKey(batch.id) });
    void queries.invalidateQueries({ queryKey: PAYABLE });
  };
  return (
    <>
      <p className="pay-ids">
        {batch.policy === null ? <span>{t('batches.several')}</span> : <Link href={`/policies/${batch.policy.id}`}>{say(batch.policy.title)}</Link>}
        {flow.data ? <FlowLamp lamp={flow.data.lamp} /> : null}
      </p>
      <Steps batch={batch} />
      {flow.data ? <CaseStrip flow={flow.data} /> : null}
      <div className="pay-cols">
        <div>
          <Figures batch={batch} />
          <ReturnPanel batch={batch} />
          <Payments payments={batch.payments} />
        </div>
        <aside aria-label={t('aside')}>
          <Loaded of={flow} waiting={<section className="panel pad"><SkeletonRows rows={3} /></section>}>
            {(data) => <CommandBar flow={data} without={['reconcile']} onDone={after} />}
          </Loaded>
          <FilePanel batch={batch} />
          <Signed batch={batch} />
          {flow.data ? (
            <>
              <Clocks flow={flow.data} />
              <StepsHistory flow={flow.data} />
            </>
          ) : null}
        </aside>
      </div>
    </>
  );
}

function Steps({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  return <CaseSteps label={t('steps.label')} steps={STEPS.map((name) => ({ name, word: t(`steps.${name}`) }))} done={stepsDone(batch.state)} />;
}

function Figures({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  const one = (label: string, tally: Tally) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <Money fen={tally.total} style="prose" />
      </dd>
      <dd className="n">
        {number(tally.count)} {t('pieces')}
      </dd>
    </div>
  );
  return (
    <dl className="panel run-figures" aria-label={t('figures.label')}>
      {one(t('figures.total'), batch)}
      {one(t('figures.paid'), batch.paid)}
      {one(t('figures.failed'), batch.failed)}
      {one(t('figures.open'), batch.open)}
    </dl>
  );
}

const SIGNING = ['sign_first', 'sign_second'] as const;

function Signed({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  return <Signatures title={t('signatures.title')} rule={t('signatures.rule')} lines={SIGNING.map((name) => ({ name, label: t(`signatures.${name}`) }))} signatures={batch.signatures} over={batch.state === 'cancelled'} />;
}

const MARKS: Readonly<Record<PaymentState, MarkKind>> = { planned: 'later', sent: 'later', paid: 'yes', failed: 'no', cancelled: 'info' };
const SHOWN = 50;

function Payments({ payments }: { readonly payments: readonly Payment[] }) {
  const { t } = useTranslation('payments');
  const common = useTranslation().t;
  const say = useSay();
  const [q, setQ] = useState('');
  const [most, setMost] = useState(SHOWN);
  const words = q.trim();
  const found = payments.filter((one) => words === '' || `${say(one.firm.title)} ${one.claim.number} ${one.reference ?? ''} ${one.payee_name ?? ''}`.includes(words));
  return (
    <section className="panel" aria-labelledby="payments">
      <div className="panel-h">
        <h2 id="payments">{t('payments.title')}</h2>
        {payments.length > 5 ? (
          <span className="find-box">
            <label className="sr" htmlFor="payments-find">
              {t('payments.find')}
            </label>
            <input id="payments-find" type="search" className="input" placeholder={t('payments.find')} value={q} onChange={(event) => setQ(event.target.value)} autoComplete="off" />
          </span>
        ) : null}
      </div>
      {found.length === 0 ? <Empty title={t('payments.none')} /> : <PaymentTable payments={found.slice(0, most)} />}
      {found.length > most ? (
        <p className="list-more more">
          <Button onClick={() => setMost(most + SHOWN * 4)}>{common('more', { left: number(found.length - most) })}</Button>
        </p>
      ) : null}
    </section>
  );
}

function PaymentTable({ payments }: { readonly payments: readonly Payment[] }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  return (
    <table className="tb cards-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.firm')}</th>
          <th scope="col">{t('head.reference')}</th>
          <th scope="col">{t('head.account')}</th>
          <th scope="col" className="r">
            {t('head.amount')}
          </th>
          <th scope="col">{t('head.result')}</th>
        </tr>
      </thead>
      <tbody>
        {payments.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link href={`/work/claim/${one.claim.id}`}>{say(one.firm.title)}</Link>
              {one.payee_name === null || one.payee_name === say(one.firm.title) ? null : <span className="muted tiny">{one.payee_name}</span>}
            </th>
            <td className="mono nw" data-label={t('head.reference')}>
              {one.reference}
            </td>
            <td data-label={t('head.account')}>
              <span>
                {one.payee_account === null ? <span className="muted">{t('payments.hidden')}</span> : <>{one.payee_bank} <span className="mono nw">{grouped(one.payee_account)}</span></>}
              </span>
            </td>
            <td className="r" data-label={t('head.amount')}>
              <Money fen={one.amount} />
            </td>
            <td data-label={t('head.result')}>
              <span>
                <Mark kind={MARKS[one.state]} word={t(`payments.state.${one.state}`)} small />
                {one.paid_on === null ? null : <span className="small muted"> {one.paid_on}</span>}
                {one.failure === null || one.failure === '' ? null : <span className="small wrong">{one.failure}</span>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
