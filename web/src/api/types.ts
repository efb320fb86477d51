/** The wire, as the HTTP interface states it. Money is fen, percent is basis points, area is m²; unknown is null. */
import type { Text, Words } from '@/lib/text';
export type { Text, Words };

export type Value = string | number | boolean | null | readonly string[] | { readonly [key: string]: Value };
export type Values = Readonly<Record<string, Value>>;

export type PlaceKey = 'hall' | 'my-firm' | 'work' | 'drive' | 'map' | 'cockpit' | 'administration';

export interface Named {
  readonly id: string;
  readonly name: Words;
}

export interface Account {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly firm: Named | null;
  readonly organisation: Named | null;
  readonly region: string | null;
  readonly must_change_password: boolean;
}

export interface Session {
  readonly installation: {
    readonly name: Text;
    readonly region: string;
    readonly demonstration: boolean;
    readonly as_of: string;
    readonly needs_set_up: boolean;
    readonly version: string;
  };
  readonly account: Account | null;
  readonly places: readonly PlaceKey[];
}

export interface Persona {
  readonly key: string;
  readonly login: string;
  readonly name: string;
  readonly title: Text;
  readonly about: Text;
}

export type FieldType =
  | 'text' | 'bilingual' | 'int' | 'money' | 'area' | 'percent' | 'bool' | 'date' | 'instant' | 'code' | 'set'
  | 'ref' | 'rule' | 'credit_code' | 'number' | 'json';

export interface FieldModel {
  readonly name: string;
  readonly label: Text;
  readonly type: FieldType;
  readonly unit: Text | null;
  readonly list: string | null;
  readonly record: string | null;
  readonly yearly: boolean;
  readonly required: boolean;
  readonly read_only: boolean;
  readonly limit: number | null;
  readonly help: Text | null;
  readonly group: string | null;
}

export interface RecordModel {
  readonly name: string;
  readonly label: Text;
  readonly archetype: 'register' | 'case' | 'shelf';
  readonly prefix: string;
  readonly title: string;
  readonly fields: readonly FieldModel[];
  readonly groups: ReadonlyArray<{ readonly name: string; readonly label: Text }>;
  readonly columns: readonly string[];
  readonly filters: readonly string[];
  readonly facets: readonly string[];
  readonly sort: string;
  readonly children: readonly string[];
  readonly can_create: boolean;
  /** Of a record type whose rows are cases. */
  readonly flow?: FlowModel | null;
}

export interface FlowModel {
  readonly states: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly kind: string }>;
  readonly commands: ReadonlyArray<{ readonly name: string; readonly label: Text }>;
}

export interface Model {
  readonly hash: string;
  readonly records: readonly RecordModel[];
  readonly lists: readonly string[];
  readonly sources: ReadonlyArray<{ readonly name: string; readonly label: Text }>;
  readonly roles: readonly RoleModel[];
  readonly packs: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly version: string }>;
}

/** A role an account may have; `about` says in a few words what it sees. */
export interface RoleModel {
  readonly name: string;
  readonly label: Text;
  readonly about: Text | null;
}

export interface Code {
  readonly code: string;
  readonly label: Text;
  readonly parent: string | null;
}
export interface CodeList {
  readonly name: string;
  readonly label: Text;
  readonly codes: readonly Code[];
}

export interface Item {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  readonly values: Values;
}

export type Titles = Readonly<Record<string, string>>;

export interface ItemPage {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
  /** Titles of the records that `ref` values point to, by id. */
  readonly titles?: Titles;
  readonly facets: Readonly<Record<string, ReadonlyArray<{ readonly code: string; readonly count: number }>>>;
}

export interface FactNote {
  readonly source: string;
  readonly as_of: string | null;
  readonly period: string | null;
  readonly contested: boolean;
  readonly stale: boolean;
  /** The ready answer the firm chose, where the value only stands for it. */
  readonly band: Text | null;
}

export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: Text };

export interface FullRecord extends Item {
  readonly record: string;
  readonly facts: Readonly<Record<string, FactNote>>;
  readonly years: Readonly<Record<string, Values>>;
  readonly children: Readonly<Record<string, readonly Item[]>>;
  readonly titles?: Titles;
  readonly can: { readonly update: Permission };
}

export interface HistoryPage {
  readonly items: ReadonlyArray<{
    readonly sequence: number;
    readonly at: string;
    readonly actor: { readonly name: string } | null;
    readonly command: string;
    readonly changes: ReadonlyArray<{ readonly field: string; readonly from: Value; readonly to: Value }>;
  }>;
  readonly next: string | null;
}

export interface PolicyCard {
  readonly id: string;
  readonly title: Words;
  readonly number: string | null;
  readonly issuer: Words | null;
  readonly level: string | null;
  readonly kind: string | null;
  readonly region: string | null;
  readonly amount_max: number | null;
  readonly amount_text: Text | null;
  readonly deadline: string | null;
  readonly status: 'in_force' | 'ended' | 'upcoming';
  /** `application`, `automatic` (nothing to claim) or `declared` (enjoyed by the firm's own declaration). */
  readonly grant_mode: string | null;
  readonly series: 'real' | 'demonstration';
}

export interface HallFigure {
  readonly id: string;
  readonly label: Text;
  readonly value: number | string | null;
  readonly unit: Text;
  readonly note: Text | null;
}

export interface Hall {
  readonly figures: readonly HallFigure[];
  readonly policies: {
    readonly total: number;
    readonly in_force: number;
    readonly new_this_week: number;
    readonly closing_this_month: number;
    readonly top: readonly PolicyCard[];
    readonly searches: readonly string[];
  };
}

export interface Figure {
  readonly id: string;
  readonly label: Text;
  readonly unit: Text;
  readonly value: number | string | null;
  readonly period: string | null;
  readonly as_of: string;
  readonly owner: string | null;
  readonly definition: Text;
  readonly expression: string;
}

export interface FigureOpened extends Figure {
  readonly history: ReadonlyArray<{ readonly at: string; readonly value: number }>;
  readonly split: ReadonlyArray<{ readonly code: string; readonly label: Text; readonly value: number }>;
  readonly rows: { readonly items: readonly Item[]; readonly record: string; readonly next: string | null; readonly total: number };
}
