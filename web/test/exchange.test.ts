/** Changing what a column of an import is. */
import { describe, expect, it } from 'vitest';
import { share, withField, YEAR_COLUMN } from '@/features/exchange/plan';
import type { FieldOffer, Plan } from '@/features/exchange/wire';

const column = { head: '营收', field: null, year: null, unit: 'wan' } as const;
const plan: Plan = { sheet: 0, head_row: 1, columns: [column, { ...column, head: '年度' }], existing: 'skip', source: 'tax', as_of: '2026-11-20' };
const offer = (more: Partial<FieldOffer>): FieldOffer => ({ field: 'revenue', label: { zh: '营业收入', en: 'Revenue' }, yearly: true, money: true, required: false, ...more });

describe('a column of an import', () => {
  it('gets the judged year where its field is reported by year', () => {
    expect(withField(plan, 0, 'revenue', offer({}), 2025).columns[0]).toEqual({ head: '营收', field: 'revenue', year: 2025, unit: 'wan' });
  });
  it('needs no year where another column holds it', () => {
    const byYear = withField(plan, 1, YEAR_COLUMN, undefined, 2025);
    expect(withField(byYear, 0, 'revenue', offer({}), 2025).columns[0]?.year).toBeNull();
  });
  it('keeps a unit only for money, and nothing when it is left out', () => {
    expect(withField(plan, 0, 'employees', offer({ field: 'employees', money: false }), 2025).columns[0]?.unit).toBe('yuan');
    expect(withField(plan, 0, '', undefined, 2025).columns[0]).toEqual({ head: '营收', field: null, year: null, unit: 'yuan' });
  });
  it('comes to a share that is never more than all', () => {
    expect([share(0, 0), share(499, 1000), share(7, 5)]).toEqual([0, 49, 100]);
  });
});
