/** A claim's way in steps that a firm can follow, and what a state means for its pages. */
import type { FlowStep } from '@/api/flow';
import type { Claim, ClaimClause } from './wire';

export const STEPS = ['fill', 'accept', 'review', 'decide', 'notice', 'pay'] as const;
export type Step = (typeof STEPS)[number];

const DONE: Readonly<Record<string, number>> = {
  draft: 0, consenting: 3, submitted: 1, reviewing: 2, correcting: 2, deciding: 3, notice: 4, objected: 4, payable: 5, paying: 5, paid: 6, granted: 6,
};
const OVER = ['refused', 'withdrawn', 'lapsed', 'unclaimed'] as const;
export type Over = (typeof OVER)[number];

/** How many steps are done; null of a claim that ended without a grant. */
export function stepsDone(state: string): number | null {
  return DONE[state] ?? null;
}
export function overOf(state: string): Over | undefined {
  return OVER.find((one) => one === state);
}

/** What the office asked last, while it waits for the firm. */
export function questionOf(state: string, steps: readonly FlowStep[]): FlowStep | undefined {
  return state === 'correcting' ? steps.filter((step) => step.command === 'ask').at(-1) : undefined;
}

/** Commands that send what the firm has filled in: it is saved first. */
export const SENDING: readonly string[] = ['submit', 'resubmit', 'consent'];

export interface Tally {
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** For a person, not judged yet. */
  readonly open: number;
}

export function tally(clauses: readonly ClaimClause[]): Tally {
  const counts = { yes: 0, no: 0, unknown: 0, open: 0 };
  for (const clause of clauses) {
    if (clause.kind === 'information' || clause.answer === null) continue;
    if (clause.answer === 'unknown' && clause.kind === 'person') counts.open += 1;
    else counts[clause.answer] += 1;
  }
  return counts;
}

/** The next clause that a person may judge, from the one at hand; it goes round. */
export function nextJudgeable(clauses: readonly ClaimClause[], at: string | null, by: 1 | -1): string | null {
  const open = clauses.filter((clause) => clause.judgeable);
  if (open.length === 0) return null;
  const now = open.findIndex((clause) => clause.key === at);
  const to = now === -1 ? (by === 1 ? 0 : open.length - 1) : (now + by + open.length) % open.length;
  return open[to]?.key ?? null;
}

/** After a judgement: the next still undecided clause after it, else the same. */
export function afterJudging(clauses: readonly ClaimClause[], at: string): string {
  const start = clauses.findIndex((clause) => clause.key === at);
  const round = [...clauses.slice(start + 1), ...clauses.slice(0, Math.max(0, start))];
  return round.find((clause) => clause.judgeable && clause.judged === null && clause.key !== at)?.key ?? at;
}

/** The steps that change something: what only repeats the one item or the amount that comes out is left out. */
export function tellingSteps<S extends { readonly fen: number | null }>(steps: readonly S[], items: readonly (number | null)[], computed: number | null): readonly S[] {
  const known = items.length === 1 ? items[0] : undefined;
  const after = steps.filter((step, at) => !(at === 0 && step.fen === known));
  return after.filter((step, at) => !(at === after.length - 1 && step.fen === computed));
}

/** Budget in parts of a hundred, for its bar. */
export function shares({ total, reserved, spent }: { readonly total: number; readonly reserved: number; readonly spent: number }): { readonly spent: number; readonly reserved: number } {
  if (total <= 0) return { spent: 0, reserved: 0 };
  return { spent: Math.min(100, (spent / total) * 100), reserved: Math.min(100, (reserved / total) * 100) };
}

/** The name of a clause's document in lists: its own text. */
export function clauseOf(claim: Pick<Claim, 'clauses'>, key: string | null): ClaimClause | undefined {
  return claim.clauses.find((clause) => clause.key === key);
}
