/** The wire of facts: what everyone says of a firm, conflicts, contests, the dictionary. */
import type { FieldType, Permission, Text, Value, Words } from './types';

export interface FactWord {
  readonly source: { readonly name: string; readonly label: Text };
  readonly rank: number;
  readonly value: Value;
  readonly shown: Text | null;
  readonly as_of: string;
  readonly counts: boolean;
}

export interface FirmFact {
  readonly field: string;
  readonly year: number | null;
  readonly label: Text;
  readonly value: Value;
  /** The ready answer the firm chose, where the value only stands for it. */
  readonly band: Text | null;
  readonly words: readonly FactWord[];
  readonly stale: boolean;
  /** Sources differ. */
  readonly conflicting: boolean;
  /** The firm says it is wrong, and nobody has decided yet. */
  readonly contested: boolean;
  /** The firm's own word counts. */
  readonly own: boolean;
  readonly about: Text | null;
}

export interface Contest {
  readonly id: string;
  readonly number: string;
  readonly firm: { readonly id: string; readonly title: Words };
  readonly region: string | null;
  readonly field: string;
  readonly year: number | null;
  readonly fact: Text;
  readonly on_file: Text | null;
  readonly on_file_source: Text | null;
  readonly claimed: Text | null;
  readonly claimed_value: Value;
  readonly reason: string;
  readonly state: 'open' | 'upheld' | 'rejected';
  readonly raised_on: string | null;
  readonly answer: string | null;
  readonly answered_on: string | null;
  readonly can: { readonly decide: Permission };
}

export interface FirmFacts {
  readonly day: string;
  readonly facts: readonly FirmFact[];
  readonly contests: readonly Contest[];
}

export interface ContestPage {
  readonly items: readonly Contest[];
  readonly total: number;
  readonly next: string | null;
}

export interface Conflict {
  readonly firm: { readonly id: string; readonly title: Words };
  readonly region: string | null;
  readonly field: string;
  readonly year: number | null;
  readonly label: Text;
  readonly words: readonly FactWord[];
  readonly why: Text;
}

export interface ConflictPage {
  readonly items: readonly Conflict[];
  readonly total: number;
  readonly next: string | null;
}

export interface FactEntry {
  readonly name: string;
  readonly label: Text;
  readonly group: Text | null;
  readonly type: FieldType;
  readonly unit: Text | null;
  readonly grain: 'firm' | 'firm_year' | 'item';
  readonly collection: Text | null;
  readonly owner: Text | null;
  readonly fresh_months: number | null;
  readonly sensitivity: 'public' | 'internal' | 'confidential';
  readonly about: Text | null;
  readonly policies: number;
  readonly firms: number | null;
  readonly filled: number | null;
  readonly stale: number | null;
  readonly conflicts: number;
}

export interface FactOpened {
  readonly fact: FactEntry;
  readonly sources: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly rank: number }>;
  readonly read_by: ReadonlyArray<{ readonly id: string; readonly title: Words }>;
  readonly without: ReadonlyArray<{ readonly id: string; readonly title: Words }>;
}
