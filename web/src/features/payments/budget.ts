/** What the page of budgets works out by itself. Money is fen. */
import { fenFromWan } from '@/lib/money';
import type { BudgetLine } from './wire';

type Parts = Pick<BudgetLine, 'total' | 'reserved' | 'spent' | 'left'>;

/** The years that have a budget and this one, the latest first. */
export function yearsOf(lines: readonly BudgetLine[], now: number): readonly number[] {
  return [...new Set([now, ...lines.map((one) => one.year)])].sort((a, b) => b - a);
}

export function sumOf(lines: readonly Parts[]): Parts {
  const add = (part: keyof Parts) => lines.reduce((sum, one) => sum + one[part], 0);
  return { total: add('total'), reserved: add('reserved'), spent: add('spent'), left: add('left') };
}

/** Hundredths of the total that are gone and promised. */
export function barOf({ total, reserved, spent }: Parts): { readonly spent: number; readonly reserved: number } {
  return total <= 0 ? { spent: 0, reserved: 0 } : { spent: (spent / total) * 100, reserved: (reserved / total) * 100 };
}

/** 万元 as typed → fen; null of what is no amount. */
export function readTotal(typed: string): number | null {
  const text = typed.replace(/[,，\s]/g, '');
  const wan = Number(text);
  return text === '' || !Number.isFinite(wan) || wan < 0 ? null : fenFromWan(wan);
}
