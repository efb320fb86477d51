/** One import: how it is read, what it will do, how far it is, what it came to. */
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useModel } from '@/api/hooks';
import { Crumbs } from '@/blocks/Crumbs';
import { saveFile } from '@/blocks/ExportButton';
import { PageHeading } from '@/blocks/Page';
import { send } from '@/api/client';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { number } from '@/lib/numbers';
import { Draft } from './Draft';
import { share } from './plan';
import { useImport, useSteps } from './queries';
import type { Import } from './wire';
import './exchange.css';

export default function ImportPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('exchange');
  const found = useImport(id);
  const title = found.data?.name ?? t('title');
  if (!found.data && !found.error) return <SkeletonPage />;
  return (
    <div className="wrap desk-page exchange-page">
      <Crumbs items={[{ label: t('title'), href: '/work/import' }]} />
      <PageHeading title={title}>{title}</PageHeading>
      {found.data ? found.data.stage === 'draft' ? <Draft key={id} of={found.data} /> : <Course of={found.data} /> : <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
    </div>
  );
}

const COUNTS = ['created', 'updated', 'unchanged', 'skipped', 'bad'] as const;

function Course({ of }: { readonly of: Import }) {
  const { t } = useTranslation('exchange');
  const say = useSay();
  const steps = useSteps(of.id);
  const model = useModel().data?.records.find((one) => one.name === of.record);
  const { progress } = of;
  const take = async () => saveFile(`${of.name.replace(/\.\w+$/, '')}-${t('counts.bad')}.xlsx`, await (await send('GET', `/imports/${of.id}/bad-rows`)).blob());
  return (
    <section className="panel pad exchange-form" aria-live="polite">
      <p className="row wrap-row">
        <span className="tag">{t(`stage.${of.stage}`)}</span>
        <strong>{of.stage === 'done' ? t('done') : t('progress', { done: progress.done, rows: progress.rows })}</strong>
      </p>
      <progress className="import-bar" max={100} value={share(progress.done, progress.rows)} aria-label={t('progress', { done: progress.done, rows: progress.rows })} />
      {of.stage === 'running' ? <p className="soft small">{t('running')}</p> : null}
      {of.stage === 'cancelled' ? <p className="soft small">{t('cancelled')}</p> : null}
      {of.why ? <p className="wrong">{say(of.why)}</p> : null}
      <dl className="import-counts">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`counts.${name}`)}</dt>
            <dd className="num">{number(progress[name])}</dd>
          </div>
        ))}
      </dl>
      {progress.bad > 0 && of.stage !== 'running' ? (
        <div>
          <Button onClick={() => void take()}>{t('badRows', { count: progress.bad })}</Button>
          <p className="hint">{t('badHint')}</p>
        </div>
      ) : null}
      {steps.start.error ?? steps.cancel.error ? <ErrorNote error={steps.start.error ?? steps.cancel.error} /> : null}
      <div className="row wrap-row">
        {of.stage === 'running' ? <Button busy={steps.cancel.isPending} onClick={() => steps.cancel.mutate()}>{t('cancel')}</Button> : null}
        {of.stage === 'cancelled' || of.stage === 'stopped' ? <Button look="primary" busy={steps.start.isPending} onClick={() => steps.start.mutate()}>{t('resume')}</Button> : null}
        {of.stage === 'done' ? <ButtonLink look="primary" href={`/work/${of.record}`}>{t('toList', { label: say(model?.label) || of.record })}</ButtonLink> : null}
        {of.stage === 'running' ? null : <ButtonLink href="/work/import">{t('again')}</ButtonLink>}
      </div>
    </section>
  );
}
