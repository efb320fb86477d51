/** What the pages of award runs decide on their own: how far a run is, where its money stands. */
import type { Budget, Run, RunState } from './wire';

export const STEPS = ['freeze', 'dry_run', 'sign_first', 'sign_second', 'grant'] as const;

/** Steps done in each state; -1 when it was given up. */
const DONE: Readonly<Record<RunState, number>> = { preparing: 0, freezing: 0, frozen: 1, tried: 2, signed: 3, granting: 4, granted: 5, cancelled: -1 };

export function stepsDone(state: RunState): number {
  return DONE[state];
}

/** The run has a list of firms with amounts. */
export function isTried(state: RunState): boolean {
  return state !== 'preparing' && state !== 'freezing' && state !== 'frozen';
}

/** The server is at work on it by itself. */
export function isRunning(state: RunState): boolean {
  return state === 'freezing' || state === 'granting';
}

/** There is a frozen list. */
export function isFrozen(state: RunState): boolean {
  return state !== 'preparing' && state !== 'freezing';
}

export interface BudgetParts {
  /** Percent of the year's total, each at least a sliver when it is not zero. */
  readonly spent: number;
  readonly reserved: number;
  /** What this run would take; 0 once it is reserved. */
  readonly asked: number;
  /** What is lacking for this run, in fen; 0 when it fits. */
  readonly short: number;
}

/** Where a run's sum would stand in the year's money. `taken` says that it is already among what is reserved. */
export function budgetParts(budget: Budget, sum: number, taken: boolean): BudgetParts {
  const asked = taken ? 0 : sum;
  const whole = Math.max(budget.total, budget.spent + budget.reserved + asked, 1);
  const part = (fen: number) => (fen <= 0 ? 0 : Math.max(0.5, Math.round((fen / whole) * 1000) / 10));
  return { spent: part(budget.spent), reserved: part(budget.reserved), asked: part(asked), short: Math.max(0, asked - budget.left) };
}

/** The sum is reserved from the second signature on. */
export function isReserved(state: RunState): boolean {
  return state === 'granting' || state === 'granted';
}

/** Percent done, never 100 before all is done. */
export function share(done: number, all: number): number {
  if (all <= 0) return 0;
  return done >= all ? 100 : Math.min(99, Math.floor((done / all) * 100));
}

/** Whether everything agrees: claims made and their sum equal what was signed. */
export function agrees(run: Pick<Run, 'firms' | 'total' | 'created_count' | 'created_total'>): boolean {
  return run.created_count === run.firms && run.created_total === run.total;
}

export const SHOWN = ['granted', 'skipped', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

/** A claim's way from the grant to the money, and where it may end without it. */
const WAY = ['consenting', 'notice', 'objected', 'payable', 'paying', 'paid', 'granted', 'withdrawn', 'unclaimed', 'refused'];

/** Counts by state in the order in which claims pass through them; states off the way come last. */
export function inOrder<T extends { readonly code: string }>(counts: readonly T[]): readonly T[] {
  const at = (one: T) => (WAY.includes(one.code) ? WAY.indexOf(one.code) : WAY.length);
  return [...counts].sort((a, b) => at(a) - at(b));
}
