/** A refusal as lines of the error summary: field mistakes lead to their fields, the rest stands alone. */
import { isProblem } from '@/api/problem';
import type { Mistake } from '@/kit/ErrorSummary';

export function mistakesOf(error: unknown, fallback: string, prefix: string): readonly Mistake[] {
  if (!error) return [];
  if (!isProblem(error)) return [{ field: '', message: fallback }];
  if (error.errors.length > 0) return error.errors.map((one) => ({ field: `${prefix}${one.field}`, message: one.message }));
  const said = [error.detail, error.hint].filter((part) => part !== '');
  return (said.length > 0 ? said : [fallback]).map((message) => ({ field: '', message }));
}
