/** The wire of matching: what fits a firm, and why. */
import type { FieldType, FullRecord, PolicyCard, Text, Titles, Value, Words } from './types';

export type Answer = 'yes' | 'no' | 'unknown';
export type GroupKey = 'fits' | 'near' | 'unknown' | 'no';

export interface Question {
  readonly field: string;
  readonly year: number | null;
  readonly label: Text;
  readonly prompt: Text;
  readonly decides: { readonly count: number; readonly money: number };
  readonly type: FieldType;
  readonly unit: Text | null;
  readonly list: string | null;
  readonly choices: ReadonlyArray<{ readonly label: Text; readonly value: Value }>;
}

export interface Near {
  readonly sentence: Text;
  readonly have: number | null;
  readonly need: number | null;
  readonly missing: number | null;
  readonly unit: Text | null;
  readonly time_cures: string | null;
  readonly text: Text;
}

export interface UnknownFact {
  readonly field: string;
  readonly year: number | null;
  readonly label: Text;
}

export interface PolicyMatch {
  readonly policy: PolicyCard;
  readonly answer: Answer;
  readonly money: number | null;
  readonly clauses: ReadonlyArray<{
    readonly number: number | string;
    readonly sentence: Text;
    readonly answer: Answer | ClauseAnswer;
    readonly seen: Text | null;
  }>;
  readonly near: Near | null;
  readonly unknown: readonly UnknownFact[];
  /** Facts it rests on that the firm contests. */
  readonly contested: readonly UnknownFact[];
}

export interface Sum {
  readonly count: number;
  readonly money: number;
}

export interface KnownFact {
  readonly field: string;
  readonly year: number | null;
  readonly label: Text;
  readonly value: Value;
  readonly source: string | null;
  readonly as_of: string | null;
  readonly band: Text | null;
}

export interface Matches {
  readonly firm: { readonly id: string; readonly title: Words };
  readonly as_of: string;
  /** The journal's sequence it rests on. */
  readonly sequence: number;
  readonly day: string;
  readonly judged_year: number;
  readonly in_force: number;
  readonly groups: {
    readonly fits: Sum;
    readonly near: Sum;
    readonly unknown: Sum;
    readonly no: { readonly count: number };
  };
  readonly question: Question | null;
  readonly questions: readonly Question[];
  readonly fits: readonly PolicyMatch[];
  readonly near: readonly PolicyMatch[];
  readonly unknown: readonly PolicyMatch[];
  readonly reasons: ReadonlyArray<{ readonly key: string; readonly label: Text; readonly count: number }>;
  readonly known: readonly KnownFact[];
  /** Titles of records that `known` refers to, by id. */
  readonly titles?: Titles;
}

export interface MatchPage {
  readonly items: readonly PolicyMatch[];
  readonly total: number;
  readonly next: string | null;
}

export interface Answered {
  readonly matches: Matches;
  readonly gained: readonly PolicyCard[];
  readonly lost: readonly PolicyCard[];
  readonly answer_id: string;
}

export type ClauseAnswer = 'yes' | 'no' | 'unknown' | 'near' | 'person' | 'information';
export type Joiner = 'all' | 'any' | 'not' | 'at_least';

export interface Leaf {
  readonly sentence: Text;
  readonly answer: ClauseAnswer;
  readonly field: string | null;
  readonly year: number | null;
  readonly seen: Text | null;
  readonly source: { readonly name: string; readonly label: Text } | null;
  readonly as_of: string | null;
  readonly contested: boolean;
  readonly stale: boolean;
  readonly have: number | null;
  readonly need: number | null;
  readonly missing: number | null;
  readonly unit: Text | null;
  readonly joiner: Joiner | null;
  readonly parts: readonly Leaf[];
}

export interface Clause {
  readonly number: number | string;
  readonly article: string | null;
  readonly text: Text;
  readonly kind: 'deciding' | 'person' | 'information';
  readonly answer: ClauseAnswer;
  readonly sentence: Text | null;
  readonly parts: readonly Leaf[];
}

export interface PolicyAnswer {
  readonly policy: PolicyCard;
  readonly item: FullRecord;
  readonly answer: Answer;
  readonly near: Near | null;
  readonly summary: { readonly yes: number; readonly no: number; readonly unknown: number; readonly person: number; readonly info: number };
  readonly clauses: readonly Clause[];
  readonly steps: ReadonlyArray<{ readonly label: Text; readonly within: Text }>;
  readonly benefits: Benefits | null;
}

/** What a policy gives the firm, item by item. Fen. */
export interface Benefits {
  readonly items: readonly BenefitItem[];
  readonly total_fen: number | null;
  readonly firm_cap_fen: number | null;
  readonly ceiling: boolean;
  readonly highest_only: boolean;
  /** After what the firm got before, where that changes the total. */
  readonly settled_fen: number | null;
  readonly steps: readonly Text[];
  readonly notes: readonly Text[];
}

export interface BenefitItem {
  readonly key: string;
  readonly label: Text;
  readonly text: Text;
  readonly answer: Answer;
  readonly amount_fen: number | null;
  readonly formula: Text | null;
  readonly parts: readonly Leaf[];
  readonly records: ReadonlyArray<{ readonly position: number; readonly kind: Text; readonly amount_fen: number | null }>;
}
