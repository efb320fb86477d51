/** The wire of authoring. Money is fen, offsets are UTF-16; unknown is null. */
import type { Permission, Text, Value } from './types';

export type VersionState = 'draft' | 'checked' | 'scheduled' | 'in_force' | 'superseded' | 'withdrawn' | 'discarded';
export type Command = 'check' | 'approve' | 'return' | 'discard' | 'withdraw';

export interface PolicyHead {
  readonly id: string;
  readonly title: Text;
  readonly number: string | null;
  readonly issuer: Text;
  readonly level: string | null;
  readonly region: string | null;
  readonly kind: string | null;
  readonly published: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly window_from: string | null;
  readonly window_to: string | null;
  /** No version of it has come into force yet. */
  readonly draft: boolean;
  readonly synthetic: boolean;
}

export interface VersionLine {
  readonly number: number;
  readonly state: VersionState;
  /** For If-Match. */
  readonly revision: number;
  readonly author: string | null;
  readonly checked_by: string | null;
  readonly approved_by: string | null;
  readonly effective_from: string | null;
  readonly effective_to: string | null;
  readonly saved_by: string | null;
  readonly saved_at: string | null;
  readonly note: string | null;
}

export type AuthoringLine = VersionLine & { readonly policy: PolicyHead };

export interface AuthoringList {
  readonly mine: readonly AuthoringLine[];
  readonly waiting: readonly AuthoringLine[];
  readonly others: readonly AuthoringLine[];
  readonly scheduled: readonly AuthoringLine[];
  readonly recent: readonly AuthoringLine[];
}

export interface PolicyVersion extends VersionLine {
  readonly policy: PolicyHead;
  readonly content: Content;
  readonly can: Readonly<Record<'save' | Command, Permission>>;
  /** The version in force that it is compared with. */
  readonly base: number | null;
}

export interface PolicyVersions {
  readonly policy: PolicyHead;
  readonly versions: readonly VersionLine[];
  readonly can: { readonly open: Permission };
}

export type ClauseKind = 'deciding' | 'person' | 'information';

export interface Clause {
  readonly key: string;
  readonly article: string | null;
  readonly text: Text;
  readonly kind: ClauseKind;
  readonly when: string | null;
  readonly item: string | null;
  readonly confidence: 'confirmed' | 'known' | 'unsure' | null;
}

export type BenefitKind = 'money' | 'title' | 'rate' | 'service' | 'waiver';

export interface Benefit {
  readonly kind: BenefitKind;
  readonly amount: string | null;
  readonly cap: string | null;
  readonly floor: string | null;
  readonly round_down: string | null;
  readonly ceiling: boolean;
  readonly text: Text;
  readonly certificate: string | null;
  readonly times: number | null;
  readonly payee: Text | null;
}

export interface Item {
  readonly key: string;
  readonly label: Text;
  readonly bind: { readonly child: string; readonly variable: string } | null;
  readonly benefit: Benefit;
}

export type How = 'exclusive' | 'top_up' | 'higher' | 'deduct';

export interface Money {
  readonly choose: 'sum' | 'highest';
  readonly firm_cap: string | null;
  readonly year_cap: string | null;
  readonly round_down: string | null;
  readonly floor: string | null;
  readonly against: ReadonlyArray<{ readonly policy: string; readonly how: How; readonly percent: number | null }>;
  readonly pool: { readonly budget: string | null; readonly cut: 'proportional' | null; readonly rank: string | null; readonly quota: number | null } | null;
}

export type Expects = 'yes' | 'no' | 'unknown';
export type Firm = Readonly<Record<string, Value | readonly Value[]>>;

export interface Case {
  readonly key: string;
  readonly like: string | null;
  readonly label: Text;
  readonly firm: Firm;
  readonly expects: Expects;
  readonly fails_on: string | null;
  readonly item: string | null;
  readonly amount: string | null;
}

export interface Content {
  readonly dates: { readonly judged_year: number | null; readonly cut_off: string | null };
  readonly clauses: readonly Clause[];
  readonly items: readonly Item[];
  readonly money: Money;
  readonly cases: readonly Case[];
}

export type Op = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not_in' | 'within' | 'not_within' | 'has_any' | 'has_all' | 'has_none' | 'is' | 'is_not' | 'known' | 'unknown';

export type Operand =
  | { readonly amount: string; readonly unit: string }
  | { readonly codes: readonly string[] }
  | { readonly date: string }
  | { readonly text: string }
  | { readonly bool: boolean }
  | { readonly expression: string };

export interface Row {
  readonly fact: string;
  readonly year?: number;
  readonly op: Op;
  readonly value?: Operand;
  /** What the left side is called, the ways to write its number, its code list: said by the server, not read by it. */
  readonly label?: Text;
  readonly units?: readonly string[];
  readonly list?: string;
}

export type Quantifier = 'exists' | 'all' | 'none' | { readonly count: Op; readonly value: number };

export interface Children {
  readonly children: string;
  readonly variable: string;
  readonly quantifier: Quantifier;
  readonly where: Condition;
}

/** The tree behind the condition editor; the server alone turns it into text and text into it. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | { readonly at_least: number; readonly of: readonly Condition[] }
  | Row
  | Children
  | { readonly text: string };

export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: Text;
  readonly hint: Text | null;
  readonly start: number | null;
  readonly end: number | null;
}

export interface FirmLine {
  readonly id: string;
  readonly name: string;
  readonly region: Text | null;
  readonly amount_fen: number | null;
  /** Key of the clause in the way; empty: the items together. */
  readonly clause: string | null;
}

export interface GroupLine {
  readonly code: string;
  readonly label: Text;
  readonly yes: number;
  readonly near: number;
  readonly unknown: number;
}

export interface TrialClause {
  readonly key: string;
  readonly when: string | null;
  readonly condition: Condition | null;
  readonly sentence: Text | null;
  readonly findings: readonly Finding[];
  readonly yes: number | null;
  readonly no: number | null;
  readonly unknown: number | null;
}

export interface TrialItem {
  readonly key: string;
  readonly sentence: Text | null;
  readonly amount_sentence: Text | null;
  /** Codes begin with the text they are about: `amount:`, `cap:`, `floor:`, `round_down:`, `bind:`. */
  readonly findings: readonly Finding[];
  readonly firms: number | null;
  readonly money_fen: number | null;
}

export interface CaseResult {
  readonly key: string;
  readonly passes: boolean;
  readonly answer: Expects;
  readonly amount_fen: number | null;
  readonly why: Text | null;
}

export interface Change {
  readonly count: number;
  readonly names: readonly FirmLine[];
}

export interface Trial {
  /** Null while the rule does not type. */
  readonly counts: { readonly yes: number; readonly no: number; readonly unknown: number; readonly near: number } | null;
  readonly money: { readonly total_fen: number; readonly firms: number; readonly unknown_firms: number; readonly ceiling: boolean } | null;
  readonly pool: { readonly budget_fen: number | null; readonly quota: number | null; readonly asked_fen: number; readonly granted_fen: number; readonly firms: number; readonly paid_share: number | null } | null;
  readonly groups: { readonly region: readonly GroupLine[]; readonly industry: readonly GroupLine[]; readonly size: readonly GroupLine[] };
  readonly names: { readonly yes: readonly FirmLine[]; readonly near: readonly FirmLine[]; readonly unknown: readonly FirmLine[] };
  readonly against: { readonly version: number | null; readonly gained: Change; readonly lost: Change } | null;
  readonly strictest: { readonly clause: string; readonly removes: number } | null;
  readonly most_missing: { readonly field: string; readonly label: Text; readonly firms: number } | null;
  readonly clauses: readonly TrialClause[];
  readonly items: readonly TrialItem[];
  readonly findings: readonly Finding[];
  readonly coverage: { readonly deciding: number; readonly expressed: number; readonly person: number; readonly information: number };
  readonly cases: readonly CaseResult[];
  readonly uncovered: readonly string[];
  /** What still keeps the version from being checked. */
  readonly missing: readonly Text[];
}

export type FactType = 'bool' | 'number' | 'date' | 'code' | 'set' | 'text';

export interface FactWord {
  readonly name: string;
  readonly label: Text;
  readonly type: FactType;
  readonly unit: Text | null;
  readonly units: ReadonlyArray<{ readonly code: string; readonly label: Text }>;
  readonly list: string | null;
  readonly yearly: boolean;
  readonly group: Text | null;
  readonly ops: readonly Op[];
}

export interface CollectionWord {
  readonly name: string;
  readonly label: Text;
  readonly facts: readonly FactWord[];
}

export interface FunctionWord {
  readonly name: string;
  readonly signature: string;
  readonly about: Text;
  readonly example: string;
  readonly result: string;
}

export interface Vocabulary {
  readonly facts: readonly FactWord[];
  readonly collections: readonly CollectionWord[];
  readonly functions: readonly FunctionWord[];
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly value: Text | null }>;
  readonly lists: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly value: Text | null }>;
}

export interface Difference {
  readonly change: 'added' | 'removed' | 'changed';
  readonly part: 'clause' | 'item' | 'money' | 'dates' | 'cases';
  readonly key: string;
  readonly label: Text;
  readonly before: Text | null;
  readonly after: Text | null;
}

export interface Differences {
  readonly from: number | null;
  readonly differences: readonly Difference[];
}

export interface Withdrawal {
  readonly firms: number;
  readonly money_fen: number | null;
  readonly names: readonly FirmLine[];
  readonly policies: ReadonlyArray<{ readonly id: string; readonly title: Text | string }>;
}

export interface SplitClauses {
  readonly clauses: ReadonlyArray<{ readonly article: string | null; readonly text: string }>;
}
