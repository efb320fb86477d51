/** Changing what a column is, and what a preview needs before it can be asked for. */
import type { ColumnPlan, FieldOffer, Plan } from './wire';

export const YEAR_COLUMN = '$year';
export const ID_COLUMN = '$id';

/** A column given another field: the year stays only where it means something. */
export function withField(plan: Plan, at: number, field: string, offer: FieldOffer | undefined, judgedYear: number): Plan {
  const byYear = plan.columns.some((column, other) => other !== at && column.field === YEAR_COLUMN);
  const changed = (column: ColumnPlan): ColumnPlan => ({
    ...column,
    field: field === '' ? null : field,
    year: offer?.yearly && !byYear ? (column.year ?? judgedYear) : null,
    unit: offer?.money ? column.unit : 'yuan',
  });
  return withColumn(plan, at, changed);
}

export function withColumn(plan: Plan, at: number, change: (column: ColumnPlan) => ColumnPlan): Plan {
  return { ...plan, columns: plan.columns.map((column, place) => (place === at ? change(column) : column)) };
}

/** How far a running import has come, in hundredths. */
export function share(done: number, rows: number): number {
  return rows === 0 ? 0 : Math.min(100, Math.floor((done / rows) * 100));
}
