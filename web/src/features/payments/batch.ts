/** What the pages of payments decide on their own: what is ticked, how far a batch is, which lines of a return need a look. */
import type { BatchState, ReturnPreview, ReturnRow } from './wire';

export const STEPS = ['draw', 'sign_first', 'sign_second', 'export', 'reconcile'] as const;

const DONE: Readonly<Record<BatchState, number>> = { drawn: 1, signed: 2, released: 3, sent: 4, settled: 5, cancelled: -1 };

/** Steps done in each state; -1 when it was given up. */
export function stepsDone(state: BatchState): number {
  return DONE[state];
}

export interface Choice {
  readonly id: string;
  readonly amount: number;
}
export interface Drawn {
  readonly count: number;
  readonly total: number;
  /** What is sent: the whole policy while nothing is left out, so that claims not listed yet are paid too. */
  readonly body: { readonly policy: string } | { readonly claims: readonly string[] };
}

/** `whole` counts all of the policy; `listed` are those on the page; `without` are unticked. */
export function drawnOf(policy: string, whole: { readonly count: number; readonly total: number }, listed: readonly Choice[], without: readonly string[]): Drawn {
  const left = listed.filter((one) => !without.includes(one.id));
  if (left.length === listed.length) return { ...whole, body: { policy } };
  return { count: left.length, total: left.reduce((sum, one) => sum + one.amount, 0), body: { claims: left.map((one) => one.id) } };
}

/** An account as people read it aloud: groups of four. */
export function grouped(account: string): string {
  return /^\d{8,}$/.test(account) ? account.replace(/(\d{4})(?=\d)/g, '$1 ') : account;
}

/** Lines that differ first, then refusals, then the rest, each in the order of the file. */
export function ordered(rows: readonly ReturnRow[]): readonly ReturnRow[] {
  const rank = (row: ReturnRow) => (row.difference !== null || row.result === 'unknown' ? 0 : row.result === 'failed' ? 1 : 2);
  return [...rows].sort((a, b) => rank(a) - rank(b) || a.row - b.row);
}

/** A file in which nothing can be used is not applied. */
export function isUsable(preview: ReturnPreview): boolean {
  return preview.paid.count + preview.failed.count > 0;
}
