/** A firm's claim: what is known already is filled in, the rest is asked on one page; then where it stands and what comes next. */
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useFlow, type FlowView } from '@/api/flow';
import { useSession } from '@/api/hooks';
import { article } from '@/lib/article';
import { logTime } from '@/lib/dates';
import { CaseStrip, FlowLamp } from '@/blocks/CaseStrip';
import { Clocks } from '@/blocks/Clocks';
import { CommandBar } from '@/blocks/CommandBar';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { CaseSteps } from '@/blocks/Signing';
import { StepsHistory } from '@/blocks/StepsHistory';
import { useLang, useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { SkeletonPage } from '@/kit/Skeleton';
import { overOf, questionOf, SENDING, STEPS, stepsDone, tally } from './course';
import { Facts } from './Facts';
import { Fill } from './Fill';
import { markOfClause } from './Judging';
import { MoneyOf } from './MoneyOf';
import { DecisionOf, MaterialsOf, ObjectionsOf, PayeeOf } from './Parts';
import { useClaim, useReload } from './queries';
import type { Claim } from './wire';
import './claims.css';

export default function ClaimPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('claims');
  const say = useSay();
  const claim = useClaim(id);
  const title = claim.data ? say(claim.data.policy.title) : t('mine.title');
  return (
    <div className="wrap claim-page">
      <Crumbs items={[{ label: t('mine.title'), href: '/my-firm/claims' }]} />
      <PageHeading title={title}>{title}</PageHeading>
      <Loaded of={claim} waiting={<SkeletonPage />}>
        {(data) => <Known claim={data} />}
      </Loaded>
    </div>
  );
}

function Known({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const flow = useFlow('claim', claim.id);
  const reload = useReload(claim.id);
  const done = stepsDone(claim.state);
  const over = overOf(claim.state);
  return (
    <>
      <p className="claim-ids">
        <span>{claim.number}</span>
        <Link href={`/my-firm/policies/${claim.policy.id}`}>{t('claim.why')}</Link>
        <span>{t(`origin.${claim.origin}`)}</span>
        {flow.data ? <FlowLamp lamp={flow.data.lamp} /> : null}
      </p>
      {done === null ? null : <CaseSteps label={t('steps.label')} steps={STEPS.map((name) => ({ name, word: t(`steps.${name}`) }))} done={done} />}
      {over === undefined ? null : (
        <div className="ended">
          <b>{t(`over.${over}`)}</b>
          {claim.reason === null ? null : <p>{claim.reason}</p>}
        </div>
      )}
      <Loaded of={flow}>
        {(data) => (
          <>
            <Asked flow={data} />
            {claim.state === 'draft' ? null : <CaseStrip flow={data} />}
            <div className="claim-cols">
              <div>
                {claim.can.edit.allowed ? <Fill claim={claim} flow={data} /> : null}
                <ObjectionsOf claim={claim} />
                <DecisionOf claim={claim} />
                <MoneyOf claim={claim} />
                <Clauses claim={claim} />
                {claim.can.edit.allowed ? null : <MaterialsOf claim={claim} />}
              </div>
              <aside aria-label={t('claim.doing')}>
                <CommandBar flow={data} without={claim.can.edit.allowed ? SENDING : []} onDone={reload} />
                {claim.can.edit.allowed ? null : <PayeeOf claim={claim} />}
                <Clocks flow={data} />
                {data.steps.length === 0 ? null : <StepsHistory flow={data} />}
              </aside>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

/** What the office asked: in its own words, on top. */
function Asked({ flow }: { readonly flow: FlowView }) {
  const { t } = useTranslation('claims');
  const today = useSession().data?.installation.as_of;
  const asked = questionOf(flow.state, flow.steps);
  if (!asked) return null;
  return (
    <section className="asked" aria-labelledby="asked">
      <h2 id="asked">{t('claim.asked')}</h2>
      <p>{asked.inputs['question']}</p>
      <p className="small soft">
        {asked.by_name}
        {' · '}
        {logTime(asked.at, today)}
      </p>
    </section>
  );
}

function Clauses({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const lang = useLang();
  const counts = tally(claim.clauses);
  return (
    <details className="panel claim-part known" open={claim.state !== 'draft'}>
      <summary>
        <h2>{t('claim.known')}</h2>
        <span className="small soft">{t('clauses.tally', { yes: counts.yes, no: counts.no, unknown: counts.unknown, open: counts.open })}</span>
      </summary>
      <ol className="clause-list">
        {claim.clauses.map((clause) => (
          <li key={clause.key}>
            <Mark kind={markOfClause(clause)} />
            <div>
              <h3>
                <span>{say(clause.text) === '' ? say(clause.sentence) : say(clause.text)}</span>
                {clause.article === null ? null : <span className="art">{article(clause.article, lang)}</span>}
              </h3>
              <Facts parts={clause.parts} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
