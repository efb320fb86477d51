/** One recovery: what was paid, which facts changed since, what is to be returned, and what may be done. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useFlow } from '@/api/flow';
import { useSession } from '@/api/hooks';
import { dayInWords } from '@/lib/dates';
import { money } from '@/lib/money';
import { CaseStrip, FlowLamp } from '@/blocks/CaseStrip';
import { Clocks } from '@/blocks/Clocks';
import { CommandBar } from '@/blocks/CommandBar';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { StepsHistory } from '@/blocks/StepsHistory';
import { useLang, useSay } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonPage, SkeletonRows } from '@/kit/Skeleton';
import { recoveryKey, useRecovery } from './queries';
import type { Recovery } from './wire';
import './payments.css';

/** The same page for the firm that is asked to pay back. */
const isFirm = (path: string) => path.startsWith('/my-firm/');

export default function RecoveryPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('payments');
  const say = useSay();
  const lang = useLang();
  const recovery = useRecovery(id);
  const firm = isFirm(useLocation()[0]);
  const title = recovery.data ? t(firm ? 'recovery.ofMine' : 'recovery.of', { firm: say(recovery.data.firm.title), amount: money(recovery.data.due, lang) }) : t('recovery.title');
  return (
    <div className={`wrap ${firm ? '' : 'desk-page '}payments-page`}>
      <Crumbs items={[firm ? { label: t('recovery.mine'), href: '/my-firm/claims' } : { label: t('recovery.title'), href: '/work/recovery' }]} />
      <PageHeading title={title}>{title}</PageHeading>
      <Loaded of={recovery} waiting={<SkeletonPage />}>
        {(data) => <Known of={data} />}
      </Loaded>
    </div>
  );
}

function Known({ of }: { readonly of: Recovery }) {
  const { t } = useTranslation('payments');
  const queries = useQueryClient();
  const flow = useFlow('recovery', of.id);
  return (
    <>
      <p className="pay-ids">
        <span>{of.number}</span>
        {flow.data ? <FlowLamp lamp={flow.data.lamp} /> : null}
      </p>
      {flow.data ? <CaseStrip flow={flow.data} /> : null}
      <div className="pay-cols">
        <div>
          <Why of={of} />
          <Changed of={of} />
        </div>
        <aside aria-label={t('aside')}>
          <Loaded of={flow} waiting={<section className="panel pad"><SkeletonRows rows={3} /></section>}>
            {(data) => <CommandBar flow={data} onDone={() => void queries.invalidateQueries({ queryKey: recoveryKey(of.id) })} />}
          </Loaded>
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

function Why({ of }: { readonly of: Recovery }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  const lang = useLang();
  const today = useSession().data?.installation.as_of;
  return (
    <section className="panel pad" aria-labelledby="why">
      <h2 id="why">{t('recovery.why')}</h2>
      <p className="soft recovery-why">{say(of.why)}</p>
      <dl className="recovery-sums">
        <div>
          <dt>{t('recovery.paid')}</dt>
          <dd>
            <Money fen={of.paid} style="prose" />
          </dd>
        </div>
        <div>
          <dt>{t('recovery.entitled')}</dt>
          <dd>
            <Money fen={of.entitled} style="prose" />
          </dd>
        </div>
        <div>
          <dt>{t('recovery.due')}</dt>
          <dd>
            <Money fen={of.due} style="prose" />
          </dd>
        </div>
      </dl>
      <dl className="recovery-kv">
        <div>
          <dt>{t('recovery.claim')}</dt>
          <dd>
            <Link href={`${isFirm(useLocation()[0]) ? '/my-firm/claims' : '/work/claim'}/${of.claim.id}`}>{of.claim.number}</Link>
          </dd>
        </div>
        <div>
          <dt>{t('recovery.policy')}</dt>
          <dd>
            <Link href={`/policies/${of.policy.id}`}>{say(of.policy.title)}</Link>
          </dd>
        </div>
        <div>
          <dt>{t('recovery.found')}</dt>
          <dd>{dayInWords(of.found_on, lang, today)}</dd>
        </div>
        {of.repaid_on === null ? null : (
          <div>
            <dt>{t('recovery.repaid')}</dt>
            <dd>{dayInWords(of.repaid_on, lang, today)}</dd>
          </div>
        )}
        {of.reason === null || of.reason === '' ? null : (
          <div>
            <dt>{t('recovery.reason')}</dt>
            <dd>{of.reason}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Changed({ of }: { readonly of: Recovery }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  if (of.changes.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="changed">
      <div className="panel-h">
        <h2 id="changed">{t('recovery.changes')}</h2>
      </div>
      <table className="tb cards-tb">
        <thead>
          <tr>
            <th scope="col">{t('recovery.field')}</th>
            <th scope="col">{t('recovery.frozen')}</th>
            <th scope="col">{t('recovery.now')}</th>
            <th scope="col">{t('recovery.source')}</th>
          </tr>
        </thead>
        <tbody>
          {of.changes.map((change) => (
            <tr key={`${change.field.zh} ${change.period ?? ''}`}>
              <th scope="row">
                {say(change.field)}
                {change.period === null ? null : <span className="muted small"> {change.period}</span>}
              </th>
              <td data-label={t('recovery.frozen')}>
                <del>{say(change.frozen)}</del>
              </td>
              <td data-label={t('recovery.now')}>
                <b>{say(change.now)}</b>
              </td>
              <td className="muted" data-label={t('recovery.source')}>
                {say(change.source)} {change.as_of === null ? '' : t('recovery.asOf', { day: change.as_of })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
