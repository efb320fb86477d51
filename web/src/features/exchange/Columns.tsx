/** Column by column: which field, which year, which unit, and what is wrong in it. */
import { useTranslation } from 'react-i18next';
import { useSay } from '@/kit/language';
import { ID_COLUMN, withColumn, withField, YEAR_COLUMN } from './plan';
import type { ColumnPlan, FieldOffer, MoneyUnit, Plan, Preview } from './wire';

const UNITS: readonly MoneyUnit[] = ['yuan', 'wan', 'yi'];

interface Props {
  readonly plan: Plan;
  readonly preview: Preview | undefined;
  readonly judgedYear: number;
  readonly onChange: (plan: Plan) => void;
}

export function Columns({ plan, preview, judgedYear, onChange }: Props) {
  const { t } = useTranslation('exchange');
  const fields = preview?.fields ?? [];
  return (
    <section className="panel" aria-labelledby="import-columns">
      <div className="panel-h">
        <h2 id="import-columns">{t('plan.columns')}</h2>
      </div>
      <ul className="import-columns">
        {plan.columns.map((column, at) => (
          <li key={at}>
            <span className="head">{column.head === '' ? '—' : column.head}</span>
            <Choices column={column} at={at} plan={plan} fields={fields} judgedYear={judgedYear} onChange={onChange} />
            <Problems of={preview?.columns[at]} field={column.field} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Choices({ column, at, plan, fields, judgedYear, onChange }: { readonly column: ColumnPlan; readonly at: number; readonly fields: readonly FieldOffer[] } & Omit<Props, 'preview'>) {
  const { t } = useTranslation('exchange');
  const say = useSay();
  const { head } = column;
  const offer = fields.find((one) => one.field === column.field);
  const byYear = plan.columns.some((one) => one.field === YEAR_COLUMN);
  const known = fields.length > 0 || column.field === null;
  return (
    <span className="choices">
      <select className="input" aria-label={t('plan.fieldOf', { head })} value={column.field ?? ''} onChange={(event) => onChange(withField(plan, at, event.target.value, fields.find((one) => one.field === event.target.value), judgedYear))}>
        <option value="">{t('plan.leave')}</option>
        {known ? null : <option value={column.field ?? ''}>{column.field}</option>}
        {fields.map((one) => (
          <option key={one.field} value={one.field}>
            {say(one.label)}
            {one.required ? ' *' : ''}
          </option>
        ))}
        <option value={YEAR_COLUMN}>{t('plan.yearColumn')}</option>
        <option value={ID_COLUMN}>{t('plan.id')}</option>
      </select>
      {offer?.yearly && !byYear ? (
        <input className="input year" type="number" min={1990} max={2100} aria-label={t('plan.yearOf', { head })} defaultValue={column.year ?? ''} onBlur={(event) => { const year = Number(event.target.value); if (year !== column.year) onChange(withColumn(plan, at, (one) => ({ ...one, year: year > 0 ? year : null }))); }} />
      ) : null}
      {offer?.money ? (
        <select className="input unit" aria-label={t('plan.unitOf', { head })} value={column.unit} onChange={(event) => onChange(withColumn(plan, at, (one) => ({ ...one, unit: UNITS.find((unit) => unit === event.target.value) ?? 'yuan' })))}>
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {t(`plan.${unit}`)}
            </option>
          ))}
        </select>
      ) : null}
    </span>
  );
}

function Problems({ of, field }: { readonly of: Preview['columns'][number] | undefined; readonly field: string | null }) {
  const { t } = useTranslation('exchange');
  const say = useSay();
  if (!of || field === null) return <span className="small muted" />;
  if (of.problems === 0) return <span className="small muted">{t('plan.fine')}</span>;
  return (
    <span className="small import-problem">
      <strong>{t('plan.problems', { count: of.problems })}</strong> {t('plan.firstAt', { row: of.first_row ?? 0 })}
      {say(of.first ?? undefined)}
    </span>
  );
}
