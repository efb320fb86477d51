/** Imports on the wire; their own part of the interface. */
import type { Text } from '@/api/types';

export type Stage = 'draft' | 'running' | 'done' | 'cancelled' | 'stopped';
export type Existing = 'skip' | 'update' | 'report';
export type MoneyUnit = 'yuan' | 'wan' | 'yi';

export interface ColumnPlan {
  readonly head: string;
  readonly field: string | null;
  readonly year: number | null;
  readonly unit: MoneyUnit;
}

export interface Plan {
  readonly sheet: number;
  readonly head_row: number;
  readonly columns: readonly ColumnPlan[];
  readonly existing: Existing;
  readonly source: string;
  readonly as_of: string;
}

export interface Progress {
  readonly rows: number;
  readonly done: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly bad: number;
}

export interface Import {
  readonly id: string;
  readonly version: number;
  readonly record: string;
  readonly name: string;
  readonly size: number;
  readonly sheets: ReadonlyArray<{ readonly name: string; readonly hidden: boolean }>;
  readonly stage: Stage;
  readonly plan: Plan;
  readonly progress: Progress;
  readonly why: Text | null;
  readonly created_at: string;
}

export interface Imports {
  readonly imports: readonly Import[];
  readonly records: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  readonly file_bytes: number;
}

export interface FieldOffer {
  readonly field: string;
  readonly label: Text;
  readonly yearly: boolean;
  readonly money: boolean;
  readonly required: boolean;
}

export interface Preview {
  readonly columns: ReadonlyArray<{ readonly problems: number; readonly first: Text | null; readonly first_row: number | null }>;
  readonly rows: ReadonlyArray<{
    readonly row: number;
    readonly action: 'create' | 'update' | 'unchanged' | 'skip' | 'bad';
    readonly cells: ReadonlyArray<{ readonly text: string; readonly shown: Text | null; readonly problem: Text | null }>;
    readonly problems: readonly Text[];
  }>;
  readonly checked: number;
  readonly bad: number;
  readonly missing: readonly Text[];
  readonly fields: readonly FieldOffer[];
}
