/** A draft: sheet, heads, columns, what happens to existing records, source and day, with the preview beside it. */
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useModel, useSession } from '@/api/hooks';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { Columns } from './Columns';
import { PreviewTable } from './PreviewTable';
import { usePreview, useSteps } from './queries';
import { Refused } from './Refused';
import type { Existing, Import, Plan } from './wire';

const EXISTING: readonly Existing[] = ['skip', 'update', 'report'];

export function Draft({ of }: { readonly of: Import }) {
  const { t } = useTranslation('exchange');
  const common = useTranslation().t;
  const say = useSay();
  const [, go] = useLocation();
  const steps = useSteps(of.id);
  const preview = usePreview(of);
  const judged = Number((useSession().data?.installation.as_of ?? '2026').slice(0, 4)) - 1;
  const change = (next: Plan) => steps.plan.mutate(next);
  const error = steps.plan.error ?? steps.start.error ?? steps.discard.error;
  return (
    <>
      <Reading of={of} onChange={change} />
      {error ? <ErrorNote error={error}><Refused error={error} /></ErrorNote> : null}
      {preview.error ? <ErrorNote error={preview.error} /> : null}
      <Columns plan={of.plan} preview={preview.data} judgedYear={judged} onChange={change} />
      {preview.data ? (
        <>
          <p className="small" role="status">
            {t('plan.checked', { count: preview.data.checked, bad: preview.data.bad })}
            {preview.data.missing.length > 0 ? <strong className="import-missing"> {t('plan.missing', { fields: preview.data.missing.map(say).join(common('comma')) })}</strong> : null}
          </p>
          <PreviewTable plan={of.plan} preview={preview.data} />
        </>
      ) : preview.error ? null : (
        <SkeletonRows rows={6} />
      )}
      <div className="row wrap-row import-acts">
        <Button look="primary" busy={steps.start.isPending || steps.plan.isPending} onClick={() => steps.start.mutate()}>
          {t('start', { count: of.progress.rows })}
        </Button>
        <Button busy={steps.discard.isPending} onClick={() => steps.discard.mutate(undefined, { onSuccess: () => go('/work/import') })}>
          {t('discard')}
        </Button>
      </div>
    </>
  );
}

function Reading({ of, onChange }: { readonly of: Import; readonly onChange: (plan: Plan) => void }) {
  const { t } = useTranslation('exchange');
  const say = useSay();
  const sources = useModel().data?.sources ?? [];
  const { plan } = of;
  return (
    <section className="panel" aria-labelledby="import-reading">
      <div className="panel-h">
        <h2 id="import-reading">{t('plan.title')}</h2>
      </div>
      <div className="form-grid import-reading">
        {of.sheets.length > 1 ? (
          <div className="field">
            <label htmlFor="import-sheet">{t('plan.sheet')}</label>
            <select id="import-sheet" className="input" value={plan.sheet} onChange={(event) => onChange({ ...plan, sheet: Number(event.target.value), columns: [] })}>
              {of.sheets.map((sheet, at) => (
                <option key={sheet.name} value={at}>
                  {sheet.hidden ? t('plan.hidden', { name: sheet.name }) : sheet.name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <div className="field">
          <label htmlFor="import-head">{t('plan.headRow')}</label>
          <input id="import-head" className="input" type="number" min={1} max={200} defaultValue={plan.head_row} onBlur={(event) => { const row = Number(event.target.value); if (row > 0 && row !== plan.head_row) onChange({ ...plan, head_row: row, columns: [] }); }} />
        </div>
        <div className="field">
          <label htmlFor="import-existing">{t('plan.existing')}</label>
          <select id="import-existing" className="input" value={plan.existing} onChange={(event) => onChange({ ...plan, existing: EXISTING.find((one) => one === event.target.value) ?? 'skip' })}>
            {EXISTING.map((one) => (
              <option key={one} value={one}>
                {t(`plan.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="import-source">{t('plan.source')}</label>
          <select id="import-source" className="input" value={plan.source} onChange={(event) => onChange({ ...plan, source: event.target.value })}>
            {sources.map((one) => (
              <option key={one.name} value={one.name}>
                {say(one.label)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="import-as-of">{t('plan.asOf')}</label>
          <input id="import-as-of" className="input" type="date" value={plan.as_of} onChange={(event) => (event.target.value === '' ? undefined : onChange({ ...plan, as_of: event.target.value }))} />
        </div>
      </div>
    </section>
  );
}
