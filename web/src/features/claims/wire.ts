/** The wire of claims: what a firm fills in, and the whole file that is decided on. Money is fen. */
import type { Leaf } from '@/api/matches';
import type { Permission, Text, Words } from '@/api/types';

export type Said = 'yes' | 'no' | 'unknown';
interface Titled {
  readonly id: string;
  readonly title: Words;
}

export interface Claim {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly state: string;
  readonly state_label: Text;
  readonly policy: Titled;
  readonly policy_number: string | null;
  readonly policy_version: number | null;
  readonly firm: Titled;
  readonly region: string | null;
  readonly origin: 'application' | 'automatic';
  readonly period: number;
  readonly submitted_on: string | null;
  readonly decided_on: string | null;
  readonly notice_until: string | null;
  readonly paid_on: string | null;
  readonly note: string | null;
  readonly reason: string | null;
  /** With what persons have judged. */
  readonly answer: Said;
  /** The day as of which facts were taken; null: they are shown as they stand now. */
  readonly frozen_on: string | null;
  readonly judged_as_of: string;
  readonly clauses: readonly ClaimClause[];
  readonly items: readonly ClaimItem[];
  readonly money: MoneyTrace;
  readonly wanted: readonly Wanted[];
  readonly materials: readonly Material[];
  readonly payee: Payee | null;
  readonly budget: Budget | null;
  readonly objections: readonly Objection[];
  readonly decision: Decision | null;
  readonly can: { readonly edit: Permission; readonly judge: Permission; readonly object: Permission };
}

export interface ClaimClause {
  readonly key: string;
  readonly article: string | null;
  readonly text: Text;
  readonly kind: 'deciding' | 'person' | 'information';
  readonly item: string | null;
  /** What counts; null for information. */
  readonly answer: Said | null;
  /** Of the facts alone. */
  readonly facts: Said | null;
  readonly judged: Judgement | null;
  readonly judgeable: boolean;
  readonly sentence: Text | null;
  readonly parts: readonly Leaf[];
  /** Ids of materials that speak to it. */
  readonly materials: readonly string[];
}

export interface Judgement {
  readonly answer: 'yes' | 'no';
  readonly by_name: string;
  readonly on: string;
  readonly note: string;
}

export interface ClaimItem {
  readonly key: string;
  readonly label: Text;
  readonly text: Text;
  readonly claimed: boolean;
  readonly answer: Said;
  readonly amount: number | null;
  readonly formula: Text | null;
  readonly records: ReadonlyArray<{ readonly position: number; readonly amount: number | null }>;
}

export interface MoneyTrace {
  readonly steps: ReadonlyArray<{ readonly label: Text; readonly fen: number | null }>;
  readonly computed: number | null;
  readonly decided: number | null;
  readonly ceiling: boolean;
  readonly is_money: boolean;
}

export interface Wanted {
  readonly clause: string;
  readonly label: Text;
  readonly why: Text;
  /** Facts that would do as well: the firm may answer them. */
  readonly fields: readonly string[];
  readonly required: boolean;
  readonly provided: boolean;
}

export interface Material {
  readonly id: string;
  readonly clause: string | null;
  readonly name: string;
  readonly note: string | null;
  readonly file: string | null;
  readonly provided_on: string | null;
}

export interface Payee {
  readonly name: string | null;
  readonly bank: string | null;
  readonly account: string | null;
  readonly contact: string | null;
}

export interface Budget {
  readonly id: string;
  readonly year: number;
  readonly total: number;
  readonly reserved: number;
  readonly spent: number;
  readonly left: number;
}

export interface Objection {
  readonly id: string;
  readonly state: 'open' | 'upheld' | 'dismissed';
  readonly by_name: string;
  readonly contact: string | null;
  readonly reason: string;
  readonly raised_on: string;
  readonly answer: string | null;
  readonly answered_by: string | null;
  readonly answered_on: string | null;
}

export interface Decision {
  readonly digest: string;
  readonly outcome: 'granted' | 'refused';
  readonly amount: number;
  readonly reason: string;
  readonly by_name: string;
  readonly on: string;
}

/** What is sent; what is absent stays, materials are the whole list. */
export interface SaveClaim {
  readonly payee_name?: string;
  readonly payee_bank?: string;
  readonly payee_account?: string;
  readonly contact?: string;
  readonly note?: string;
  readonly materials?: readonly SaveMaterial[];
}

export interface SaveMaterial {
  readonly id?: string;
  readonly clause?: string;
  readonly name: string;
  readonly note?: string;
  readonly file?: string;
}
