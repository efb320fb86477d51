/** A claim on the desk: clauses with facts and materials, money, and everything that may be done at one place. */
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useFlow } from '@/api/flow';
import { CaseStrip, FlowLamp } from '@/blocks/CaseStrip';
import { Clocks } from '@/blocks/Clocks';
import { CommandBar } from '@/blocks/CommandBar';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { StepsHistory } from '@/blocks/StepsHistory';
import { useSay } from '@/kit/language';
import { SkeletonPage, SkeletonRows } from '@/kit/Skeleton';
import { Judging } from './Judging';
import { BudgetOf, MoneyOf } from './MoneyOf';
import { DecisionOf, MaterialsOf, ObjectionsOf, PayeeOf } from './Parts';
import { useClaim, useReload } from './queries';
import type { Claim } from './wire';
import './claims.css';

export default function ReviewPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('claims');
  const say = useSay();
  const claim = useClaim(id);
  const title = claim.data ? `${say(claim.data.firm.title)} · ${say(claim.data.policy.title)}` : t('review.title');
  return (
    <div className="wrap desk-page review-page">
      <Crumbs items={[{ label: t('review.inbox'), href: '/work' }, { label: t('review.list'), href: '/work/claim' }]} />
      <PageHeading title={title}>{claim.data ? say(claim.data.policy.title) : title}</PageHeading>
      <Loaded of={claim} waiting={<SkeletonPage />}>
        {(data) => <Known claim={data} />}
      </Loaded>
    </div>
  );
}

function Known({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const flow = useFlow('claim', claim.id);
  const reload = useReload(claim.id);
  return (
    <>
      <p className="claim-ids">
        <span>{claim.number}</span>
        <Link href={`/work/enterprise/${claim.firm.id}`}>{say(claim.firm.title)}</Link>
        <Link href={`/policies/${claim.policy.id}`}>{claim.policy_number ?? t('review.policy')}</Link>
        <span>{t(`origin.${claim.origin}`)}</span>
        {flow.data ? <FlowLamp lamp={flow.data.lamp} /> : null}
      </p>
      {flow.data ? <CaseStrip flow={flow.data} /> : null}
      <div className="claim-cols">
        <div>
          <ObjectionsOf claim={claim} />
          <DecisionOf claim={claim} />
          <Judging claim={claim} />
          <MoneyOf claim={claim} />
          <MaterialsOf claim={claim} />
        </div>
        <aside aria-label={t('review.doing')}>
          <Loaded of={flow} waiting={<section className="panel pad"><SkeletonRows rows={3} /></section>}>
            {(data) => <CommandBar flow={data} onDone={reload} />}
          </Loaded>
          <BudgetOf budget={claim.budget} asked={claim.money.decided === null ? claim.money.computed : null} />
          <PayeeOf claim={claim} />
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
