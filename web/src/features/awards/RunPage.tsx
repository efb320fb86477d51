/** One award run: how far, in whose hands, firms with amounts, two signatures, granting, history. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
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
import { Became } from './Became';
import { BudgetPanel, Figures, Granting, Refused, Signed, Steps } from './Course';
import { Lines } from './Lines';
import { runKey, useRun } from './queries';
import type { Run } from './wire';
import './awards.css';

export default function RunPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('awards');
  const run = useRun(id);
  return (
    <div className="wrap desk-page awards-page">
      <Crumbs items={[{ label: t('title'), href: '/work/award_run' }]} />
      {run.data ? null : <PageHeading title={t('title')}>{t('title')}</PageHeading>}
      <Loaded of={run} waiting={<SkeletonPage />}>
        {(data) => <Known run={data} />}
      </Loaded>
    </div>
  );
}

function Known({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const say = useSay();
  const queries = useQueryClient();
  const flow = useFlow('award_run', run.id);
  // The server moves a run by itself after freezing and granting: what may be done then is asked anew.
  useEffect(() => void queries.invalidateQueries({ queryKey: ['flow', 'award_run', run.id] }), [queries, run.id, run.version]);
  return (
    <>
      <div className="run-head">
        <div>
          <PageHeading title={say(run.policy.title)}>{say(run.policy.title)}</PageHeading>
          <p className="run-ids">
            <span>{run.number ?? run.id}</span>
            <Link href={`/policies/${run.policy.id}`}>{t('ids', { version: run.policy_version ?? '–' })}</Link>
            {run.region === null ? null : <span>{say(run.region)}</span>}
            {run.day === null ? null : <span>{t('judgedOn', { day: run.day })}</span>}
          </p>
        </div>
        {flow.data ? <FlowLamp lamp={flow.data.lamp} /> : null}
      </div>
      <Steps run={run} />
      {flow.data ? <CaseStrip flow={flow.data} /> : null}
      <div className="run-cols">
        <div>
          <Refused run={run} />
          <Granting run={run} />
          <Figures run={run} />
          {run.state === 'granted' ? <Became run={run} /> : null}
          <BudgetPanel run={run} />
          <Lines run={run} />
        </div>
        <aside aria-label={t('aside')}>
          <Loaded of={flow} waiting={<section className="panel pad"><SkeletonRows rows={3} /></section>}>
            {(data) => <CommandBar flow={data} onDone={() => void queries.invalidateQueries({ queryKey: runKey(run.id) })} />}
          </Loaded>
          <Signed run={run} />
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
