/**
 * A form's values as typed, and back to the wire. Only what differs from what was there is sent, so a figure nobody
 * touched is never rounded by its unit.
 */
import type { FieldModel, RecordModel, Value, Values } from '@/api/types';
import { bilingual } from '@/blocks/values';
import { typedFigure, wireFigure, type Mistyped } from './measures';

export interface Both {
  readonly zh: string;
  readonly en: string;
}
/** Text for everything that is typed or chosen (`true`, `false` for yes and no), both languages, or the codes of a set. */
export type Typed = string | Both | readonly string[];

export interface FormState {
  readonly values: Readonly<Record<string, Typed>>;
  readonly years: Readonly<Record<string, Readonly<Record<string, Typed>>>>;
}

/** Values and yearly values that differ, on the wire. */
export interface Patch {
  readonly values: Values;
  readonly years: Readonly<Record<string, Values>>;
}

export type Wrong = Mistyped | 'required' | 'tooLong' | 'needZh';
export interface Mistyping {
  readonly key: string;
  readonly wrong: Wrong;
}

const FIGURES: readonly FieldModel['type'][] = ['int', 'money', 'area', 'percent', 'number'];

/** `revenue` or `years.2025.revenue`, as the server names a field in its errors. */
export function keyOf(field: string, year = ''): string {
  return year === '' ? field : `years.${year}.${field}`;
}

export function splitKey(key: string): { readonly field: string; readonly year: string } {
  const found = /^years\.(\d{4})\.(.+)$/.exec(key);
  return { field: found?.[2] ?? key, year: found?.[1] ?? '' };
}

export function isBoth(typed: Typed | undefined): typed is Both {
  return typeof typed === 'object' && 'zh' in typed;
}

/** Fields a form offers. */
export function editable(model: RecordModel): readonly FieldModel[] {
  return model.fields.filter((field) => !field.read_only && field.type !== 'json');
}

export function blank(field: FieldModel): Typed {
  if (field.type === 'bilingual') return { zh: '', en: '' };
  return field.type === 'set' ? [] : '';
}

export function toTyped(field: FieldModel, value: Value | undefined): Typed {
  if (value === null || value === undefined) return blank(field);
  if (field.type === 'set') return Array.isArray(value) ? value.map(String) : [];
  if (field.type === 'bilingual') {
    const both = bilingual(value);
    if (!both) return typeof value === 'string' ? { zh: value, en: '' } : { zh: '', en: '' };
    // The server answers the Chinese words where there are no English ones.
    return both.en === both.zh ? { zh: both.zh, en: '' } : both;
  }
  if (typeof value === 'number') return typedFigure(field.type, value);
  if (field.type === 'instant' && typeof value === 'string') return value.slice(0, 16);
  return typeof value === 'string' ? value : String(value);
}

function emptyTyped(typed: Typed): boolean {
  if (isBoth(typed)) return typed.zh.trim() === '' && typed.en.trim() === '';
  return typed.length === 0 || (typeof typed === 'string' && typed.trim() === '');
}

export function toWire(field: FieldModel, typed: Typed): { readonly value: Value } | { readonly wrong: Wrong } {
  if (emptyTyped(typed)) return field.required ? { wrong: 'required' } : { value: null };
  if (isBoth(typed)) {
    const zh = typed.zh.trim();
    const en = typed.en.trim();
    if (zh === '') return { wrong: 'needZh' };
    return tooLong(field, zh) || tooLong(field, en) ? { wrong: 'tooLong' } : { value: { zh, en: en === '' ? zh : en } };
  }
  if (typeof typed !== 'string') return { value: [...typed].sort() };
  if (FIGURES.includes(field.type)) return wireFigure(field.type, typed);
  if (field.type === 'bool') return { value: typed === 'true' };
  if (field.type === 'instant') return { value: `${typed}:00+08:00` };
  if (field.type === 'credit_code') return { value: typed.replace(/\s/g, '').toUpperCase() };
  const text = typed.trim();
  return tooLong(field, text) ? { wrong: 'tooLong' } : { value: text };
}

function tooLong(field: FieldModel, text: string): boolean {
  return field.limit !== null && [...text].length > field.limit;
}

function sameTyped(a: Typed | undefined, b: Typed | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What a form shows of a record, in these years. */
export function stateOf(model: RecordModel, of: { readonly values: Values; readonly years: Readonly<Record<string, Values>> }, years: readonly string[]): FormState {
  const fields = editable(model);
  const pick = (yearly: boolean, from: Values) => Object.fromEntries(fields.filter((field) => field.yearly === yearly).map((field): [string, Typed] => [field.name, toTyped(field, from[field.name])]));
  return { values: pick(false, of.values), years: Object.fromEntries(years.map((year) => [year, pick(true, of.years[year] ?? {})])) };
}

export function typedAt(state: FormState, key: string): Typed | undefined {
  const { field, year } = splitKey(key);
  return year === '' ? state.values[field] : state.years[year]?.[field];
}

export function setTyped(state: FormState, key: string, typed: Typed): FormState {
  const { field, year } = splitKey(key);
  if (year === '') return { ...state, values: { ...state.values, [field]: typed } };
  return { ...state, years: { ...state.years, [year]: { ...state.years[year], [field]: typed } } };
}

/** Keys whose typed value differs between two states. */
export function changedKeys(before: FormState, now: FormState): readonly string[] {
  const flat = Object.keys(now.values).filter((name) => !sameTyped(before.values[name], now.values[name]));
  const yearly = Object.entries(now.years).flatMap(([year, values]) =>
    Object.keys(values)
      .filter((name) => !sameTyped(before.years[year]?.[name] ?? '', values[name]) && !(before.years[year] === undefined && emptyTyped(values[name] ?? '')))
      .map((name) => keyOf(name, year)),
  );
  return [...flat, ...yearly];
}

/**
 * The difference as a patch, or what was mistyped. `all` also checks required fields nobody touched (a new record).
 */
export function patchOf(model: RecordModel, before: FormState, now: FormState, all: boolean): { readonly patch: Patch } | { readonly mistypings: readonly Mistyping[] } {
  const values: Record<string, Value> = {};
  const years: Record<string, Record<string, Value>> = {};
  const mistypings: Mistyping[] = [];
  const changed = changedKeys(before, now);
  const asked = all ? [...new Set([...editable(model).filter((field) => field.required && !field.yearly).map((field) => field.name), ...changed])] : changed;
  for (const key of asked) {
    const { field: name, year } = splitKey(key);
    const field = model.fields.find((one) => one.name === name);
    const typed = typedAt(now, key);
    if (!field || typed === undefined) continue;
    const wire = toWire(field, typed);
    if ('wrong' in wire) mistypings.push({ key, wrong: wire.wrong });
    else if (year === '') values[name] = wire.value;
    else (years[year] ??= {})[name] = wire.value;
  }
  if (mistypings.length > 0) {
    const place = (key: string) => model.fields.findIndex((field) => field.name === splitKey(key).field);
    return { mistypings: mistypings.sort((a, b) => place(a.key) - place(b.key)) };
  }
  return { patch: { values, years } };
}

/** Years a form offers: the last `count` up to `latest`, and every older one with values. */
export function formYears(latest: number, known: readonly string[], count = 3): readonly string[] {
  const recent = Array.from({ length: count }, (_, back) => String(latest - back));
  return [...new Set([...recent, ...known])].sort().reverse().slice(0, Math.max(count, 5));
}
