/**
 * Firms made up from conditions: one that meets them all, and for a clause one that fails only on it. Only plain rows can be
 * met or missed on purpose; where there is anything else the answer is null and the author writes the case.
 */
import type { CollectionWord, Condition, FactWord, Firm, Row, Vocabulary } from '@/api/authoring';
import type { Code, Value } from '@/api/types';
import { isChildren, isRow, kindOf, partsOf } from './tree';

/** A fact's place among a firm's facts or within one child record, and the value that does it. */
type Draft = Record<string, Value | readonly Value[]>;
export type Codes = ReadonlyMap<string, readonly Code[]>;

export interface Known {
  readonly vocabulary: Vocabulary;
  readonly codes: Codes;
  /** Variable of the item's bound record → collection. */
  readonly bound: Readonly<Record<string, string>>;
}

const UNIT = /^([a-z_]*)\((-?\d+(?:\.\d+)?)\)$/;

/** `wan(500)` → 500 of `wan`; a bare number has no unit. */
export function readAmount(text: string): { readonly amount: string; readonly unit: string } | null {
  const found = UNIT.exec(text.trim());
  if (found) return { unit: found[1] ?? '', amount: found[2] ?? '' };
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? { unit: '', amount: text.trim() } : null;
}

export function writeAmount(amount: string, unit: string): string {
  return unit === '' ? amount : `${unit}(${amount})`;
}

/** One step of the last decimal place up or down: 3.5 → 3.6. */
export function nudged(amount: string, by: 1 | -1): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const step = 10 ** -decimals;
  return (Number(amount) + by * step).toFixed(decimals);
}

function dayAfter(day: string, by: 1 | -1): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? day : new Date(ms + by * 86_400_000).toISOString().slice(0, 10);
}

/** Codes at or below these. */
function below(all: readonly Code[], codes: readonly string[]): ReadonlySet<string> {
  const found = new Set(codes);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { code, parent } of all) {
      if (parent === null || !found.has(parent) || found.has(code)) continue;
      found.add(code);
      grown = true;
    }
  }
  return found;
}

function otherCode(fact: FactWord, row: Row, codes: Codes, tree: boolean): string | null {
  if (!row.value || !('codes' in row.value) || fact.list === null) return null;
  const all = codes.get(fact.list) ?? [];
  const taken = tree ? below(all, row.value.codes) : new Set(row.value.codes);
  // A parent of a taken code would hold neither; a leaf elsewhere does.
  const parents = new Set(all.map((one) => one.parent));
  const free = all.filter((one) => !taken.has(one.code));
  return (free.find((one) => !parents.has(one.code)) ?? free[0])?.code ?? null;
}

type Meant = 'met' | 'missed';
const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<', in: 'not_in', not_in: 'in', within: 'not_within', not_within: 'within', is: 'is_not', is_not: 'is' } as const;

/** The value that makes the row true, or false; undefined where this cannot be told. */
function valueFor(fact: FactWord, row: Row, meant: Meant, codes: Codes): Value | readonly Value[] | undefined {
  if (row.op === 'known' || row.op === 'unknown') return undefined;
  const value = row.value;
  if (fact.type === 'set') {
    if (!value || !('codes' in value) || value.codes.length === 0) return undefined;
    const has = (row.op === 'has_none') !== (meant === 'met');
    return has ? (row.op === 'has_all' ? value.codes : value.codes.slice(0, 1)) : [];
  }
  const flips: Readonly<Partial<Record<Row['op'], Row['op']>>> = OPPOSITE;
  const op = meant === 'met' ? row.op : (flips[row.op] ?? row.op);
  if (op === 'is' || op === 'is_not') return op === 'is';
  if (!value) return undefined;
  if ('bool' in value) return (op === '==') === value.bool;
  if ('codes' in value) {
    if (op === '==' || op === 'in' || op === 'within') return value.codes[0];
    return otherCode(fact, row, codes, op === 'not_within') ?? undefined;
  }
  if ('amount' in value) {
    if (!/^-?\d+(\.\d+)?$/.test(value.amount)) return undefined;
    const by = op === '>' || op === '!=' ? 1 : op === '<' ? -1 : 0;
    return writeAmount(by === 0 ? value.amount : nudged(value.amount, by), value.unit);
  }
  if ('date' in value) return op === '>' || op === '!=' ? dayAfter(value.date, 1) : op === '<' ? dayAfter(value.date, -1) : value.date;
  if ('text' in value) return op === '==' ? value.text : `${value.text}*`;
  return undefined;
}

interface Places {
  readonly firm: Draft;
  /** Records under way, by variable. */
  readonly records: Readonly<Record<string, { readonly collection: CollectionWord; readonly record: Draft }>>;
  readonly known: Known;
}

function put(places: Places, row: Row, meant: Meant): boolean {
  const [variable = '', field] = row.fact.split('.');
  const record = field === undefined ? undefined : places.records[variable];
  const facts = record ? record.collection.facts : places.known.vocabulary.facts;
  const fact = facts.find((one) => one.name === (field ?? row.fact));
  if (!fact || (field !== undefined && !record)) return false;
  const value = valueFor(fact, row, meant, places.known.codes);
  if (value === undefined) return false;
  const into = record ? record.record : places.firm;
  const name = fact.yearly && row.year !== undefined && row.year !== 0 ? `${fact.name}@${row.year}` : fact.name;
  into[name] = value;
  return true;
}

function fulfil(node: Condition, meant: Meant, places: Places): boolean {
  if (isRow(node)) return put(places, node, meant);
  if (isChildren(node)) return fulfilChildren(node, meant, places);
  const kind = kindOf(node);
  const parts = partsOf(node);
  const first = parts[0];
  if (kind === null || first === undefined) return false;
  if (kind === 'none') return meant === 'met' ? parts.every((part) => fulfil(part, 'missed', places)) : fulfil(first, 'met', places);
  if (kind === 'all') return meant === 'met' ? parts.every((part) => fulfil(part, 'met', places)) : fulfil(first, 'missed', places);
  const needed = 'at_least' in node ? node.at_least : 1;
  if (meant === 'missed') return parts.every((part) => fulfil(part, 'missed', places));
  return parts.slice(0, needed).every((part) => fulfil(part, 'met', places));
}

function fulfilChildren(node: Extract<Condition, { children: string }>, meant: Meant, places: Places): boolean {
  const collection = places.known.vocabulary.collections.find((one) => one.name === node.children);
  if (!collection || typeof node.quantifier !== 'string' || node.quantifier === 'all') return false;
  const wanted = (node.quantifier === 'exists') === (meant === 'met');
  if (!wanted) {
    places.firm[node.children] = [];
    return true;
  }
  const record: Draft = {};
  const done = fulfil(node.where, 'met', { ...places, records: { ...places.records, [node.variable]: { collection, record } } });
  places.firm[node.children] = [{ ...plain(record) }];
  return done;
}

/** As it stands on the wire: lists of codes are lists of strings. */
export function plain(draft: Firm): Record<string, Value> {
  return Object.fromEntries(Object.entries(draft).map(([key, value]): [string, Value] => [key, isList(value) ? value.map(String) : value]));
}
function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** Facts of a firm on which each condition is met or missed as asked; null where one cannot be had. */
export function firmFor(conditions: ReadonlyArray<{ readonly condition: Condition; readonly meant: Meant }>, known: Known): Firm | null {
  const firm: Draft = {};
  const records = Object.fromEntries(
    Object.entries(known.bound).flatMap(([variable, name]) => {
      const collection = known.vocabulary.collections.find((one) => one.name === name);
      const record: Draft = {};
      return collection ? [[variable, { collection, record }] as const] : [];
    }),
  );
  // What is missed comes last, so that it has the last word on a shared fact.
  const ordered = [...conditions].sort((a, b) => Number(a.meant === 'missed') - Number(b.meant === 'missed'));
  for (const { condition, meant } of ordered) {
    if (!fulfil(condition, meant, { firm, records, known })) return null;
  }
  for (const { collection, record } of Object.values(records)) {
    if (Object.keys(record).length > 0) firm[collection.name] = [plain(record)];
  }
  return firm;
}

/** Only what `firm` says otherwise than `base`. */
export function differenceOf(firm: Firm, base: Firm): Firm {
  return Object.fromEntries(Object.entries(firm).filter(([name, value]) => JSON.stringify(base[name]) !== JSON.stringify(value)));
}
