/** The wire of payments and recoveries. Money is fen; instants are RFC 3339, days YYYY-MM-DD. */
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
export interface Tally {
  readonly count: number;
  readonly total: number;
}
/** Claims of one policy that may be paid now. */
export interface Payable extends Tally {
  readonly policy: Titled;
  /** The day by which the first of them was promised; null when none is. */
  readonly oldest: string | null;
  readonly automatic: number;
}

export type BatchState = 'drawn' | 'signed' | 'released' | 'sent' | 'settled' | 'cancelled';
export type PaymentState = 'planned' | 'sent' | 'paid' | 'failed' | 'cancelled';

export interface Payment {
  readonly id: string;
  readonly claim: Numbered;
  readonly firm: Titled;
  readonly payee_name: string | null;
  /** Null for who may not read them. */
  readonly payee_bank: string | null;
  readonly payee_account: string | null;
  readonly amount: number;
  readonly state: PaymentState;
  readonly reference: string | null;
  readonly paid_on: string | null;
  readonly failure: string | null;
}

export interface Batch extends Tally {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly state: BatchState;
  /** Null when claims of several policies are paid at once. */
  readonly policy: Titled | null;
  readonly payments: readonly Payment[];
  readonly signatures: readonly Signature[];
  readonly paid: Tally;
  readonly failed: Tally;
  /** What the bank has not answered yet. */
  readonly open: Tally;
  /** The bank's file can be fetched. */
  readonly file: boolean;
  /** The bank's answer can be given. */
  readonly answer: boolean;
}

/** What the bank's file would do, before it does. */
export interface ReturnPreview {
  readonly rows: readonly ReturnRow[];
  readonly paid: Tally;
  readonly failed: Tally;
  /** Payments of the batch that the file does not name. */
  readonly missing: Tally;
  /** Lines whose result was entered before. */
  readonly unchanged: number;
  readonly differences: number;
}
export interface ReturnRow {
  /** Line in the file, from 1. */
  readonly row: number;
  readonly reference: string;
  readonly firm: Words | null;
  readonly amount: number | null;
  readonly expected: number | null;
  readonly result: 'paid' | 'failed' | 'unknown';
  readonly reason: string | null;
  readonly difference: Text | null;
  /** Whether the line will be entered. */
  readonly effect: boolean;
}

/** A policy's budget of a year. */
export interface BudgetLine {
  readonly id: string;
  readonly version: number;
  readonly policy: Titled;
  readonly year: number;
  readonly total: number;
  /** Promised by decisions, not paid yet. */
  readonly reserved: number;
  readonly spent: number;
  readonly left: number;
}

export interface Recovery {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly state: string;
  readonly claim: Numbered;
  readonly firm: Titled;
  readonly policy: Titled;
  readonly paid: number;
  /** What would have been due by the facts as they are now. */
  readonly entitled: number;
  /** What is to be given back. */
  readonly due: number;
  readonly found_on: string;
  readonly why: Text;
  readonly changes: ReadonlyArray<{
    readonly field: Text;
    readonly period: number | null;
    readonly frozen: Text;
    readonly now: Text;
    readonly source: Words | null;
    readonly as_of: string | null;
  }>;
  readonly repaid_on: string | null;
  readonly reason: string | null;
}
