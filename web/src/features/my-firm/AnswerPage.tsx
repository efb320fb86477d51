/** One policy for one firm: the verdict, then clause by clause what was asked and what was seen. */
import { Trans, useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useSession } from '@/api/hooks';
import type { PolicyAnswer } from '@/api/matches';
import { Crumbs } from '@/blocks/Crumbs';
import { Deadline } from '@/blocks/Deadline';
import { PageHeading } from '@/blocks/Page';
import { Particulars } from '@/blocks/Particulars';
import { SeriesTag, takesClaims, useBenefit } from '@/blocks/policy';
import { StartClaim } from '@/blocks/StartClaim';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { BenefitsOf } from './BenefitsOf';
import { ClausesOf } from './ClausesOf';
import { usePolicyAnswer } from './queries';
import { Verdict } from './Verdict';
import { useWhich, type Which } from './which';
import './answer.css';

export default function AnswerPage() {
  const { t } = useTranslation('my-firm');
  const { policy = '' } = useParams<{ policy: string }>();
  const which = useWhich();
  const answer = usePolicyAnswer(which.firm, policy);
  if (answer.data) return <Answered answer={answer.data} which={which} />;
  if (answer.error) {
    return (
      <div className="wrap answer-page">
        <Crumbs items={[{ label: which.mine ? t('title') : t('theirs'), href: which.base }]} />
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  }
  return <SkeletonPage />;
}

function Answered({ answer, which }: { readonly answer: PolicyAnswer; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const { policy } = answer;
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <div className="wrap answer-page">
      <Crumbs items={[{ label: which.mine ? t('title') : t('theirs'), href: which.base }]} />
      <PageHeading title={say(policy.title)}>{say(policy.title)}</PageHeading>
      <p className="meta">
        {policy.issuer === null ? null : <span>{say(policy.issuer)}</span>}
        {policy.number === null ? null : <span>{policy.number}</span>}
        <SeriesTag card={policy} />
        <Link href={`/policies/${policy.id}`}>{t('answer.source')}</Link>
      </p>
      <div className="cols">
        <div>
          <Verdict answer={answer} mine={which.mine} today={today} />
          {answer.benefits === null ? null : <BenefitsOf benefits={answer.benefits} mine={which.mine} />}
          <ClausesOf answer={answer} which={which} today={today} />
          {which.mine ? (
            <p className="help">
              <Trans t={t} i18nKey="answer.wrong" components={{ a: <Link href="/my-firm/facts" /> }} />
            </p>
          ) : null}
        </div>
        <Side answer={answer} today={today} which={which} />
      </div>
    </div>
  );
}

function Side({ answer, today, which }: { readonly answer: PolicyAnswer; readonly today: string; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const { policy } = answer;
  const benefit = useBenefit()(policy);
  return (
    <aside>
      <div className="panel card">
        {benefit === '' ? null : (
          <>
            <p className="lab">{t('answer.benefit')}</p>
            <p className="big">{benefit}</p>
          </>
        )}
        {policy.deadline === null ? null : (
          <p className="dl">
            <span>{t('answer.window')}</span>
            <Deadline day={policy.deadline} today={today} />
          </p>
        )}
        {which.mine && answer.answer !== 'no' && takesClaims(policy) ? <StartClaim firm={which.firm} policy={policy.id} /> : null}
        {which.mine && policy.grant_mode === 'automatic' ? <p className="small soft">{t('answer.automatic')}</p> : null}
        {answer.steps.length === 0 ? null : (
          <div className="steps">
            <h2>{t('answer.steps')}</h2>
            <ol>
              {answer.steps.map((step) => (
                <li key={say(step.label)}>
                  <div className="between">
                    <b>{say(step.label)}</b>
                    <span>{say(step.within)}</span>
                  </div>
                </li>
              ))}
            </ol>
          </div>
        )}
        <div className="steps">
          <h2>{t('answer.particulars')}</h2>
          <Particulars record={answer.item} card={policy} today={today} />
        </div>
      </div>
    </aside>
  );
}
