/** The wire of awards without application. Money is fen; instants are RFC 3339, days YYYY-MM-DD. */
import type { Signature } from '@/api/flow';
import type { Text, Words } from '@/api/types';

export interface Titled {
  readonly id: string;
  readonly title: Words;
}
export interface Numbered {
  readonly id: string;
  readonly number: string;
}

/** A policy's money of one year; `left` is what is neither reserved nor spent. */
export interface Budget {
  readonly id: string;
  readonly year: number;
  readonly total: number;
  readonly reserved: number;
  readonly spent: number;
  readonly left: number;
}

export type RunState = 'preparing' | 'freezing' | 'frozen' | 'tried' | 'signed' | 'granting' | 'granted' | 'cancelled';

/** Figures are null until the step that finds them: candidates with the freeze, the others with the dry run. */
export interface Run {
  readonly id: string;
  readonly version: number;
  readonly number: string | null;
  readonly policy: Titled;
  /** Number of the policy's version. */
  readonly policy_version: number | null;
  readonly region: Text | null;
  /** The day on which firms are judged. */
  readonly day: string | null;
  readonly state: RunState;
  readonly state_label: Text;
  /** Firms that fulfil every condition. */
  readonly candidates: number | null;
  /** Firms worked on so far while the state is `freezing` or `granting`. */
  readonly progress: number;
  /** Candidates that are to receive money. */
  readonly firms: number | null;
  readonly total: number | null;
  readonly skipped: number | null;
  readonly skipped_by: ReadonlyArray<{ readonly code: string; readonly reason: Text; readonly count: number }>;
  /** Why the run cannot go on, such as a condition without a rule. */
  readonly refused: Text | null;
  /** Before a signature: what became of the firms since they were frozen. */
  readonly moved: Text | null;
  readonly budget: Budget | null;
  readonly created_count: number;
  readonly created_total: number;
  readonly signatures: readonly Signature[];
}

export interface Line {
  readonly firm: Titled;
  readonly region: Text | null;
  readonly amount: number;
  /** Before caps and the pool; null when nothing was computed. */
  readonly full: number | null;
  readonly skipped: Text | null;
  readonly note: Text | null;
  readonly claim: Numbered | null;
}

export interface LinePage {
  readonly items: readonly Line[];
  readonly total: number;
  readonly next: string | null;
}

/** A policy that is granted without application, and whether a run may start. */
export interface Offer {
  readonly policy: Titled;
  readonly ready: boolean;
  readonly why: Text | null;
  readonly firms: number | null;
  readonly budget: Budget | null;
  readonly open_run: Numbered | null;
}
