/**
 * What the reader asked of a list, in the address, in the server's own names:
 * `?q=…&sort=-published&where.level=city,county&from.published=2026-01-01&cols=title,level`. Unknown names are ignored.
 */
import type { FieldModel, RecordModel } from '@/api/types';
import type { Query } from '@/lib/search';

export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface ListState {
  readonly q: string;
  /** A field, `-field` for descending, '' for the list's own order. */
  readonly sort: string;
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly ranges: Readonly<Record<string, Range>>;
  /** Chosen columns; empty for the list's own. */
  readonly columns: readonly string[];
}

export const PAGE = 50;
export const EMPTY: ListState = { q: '', sort: '', where: {}, ranges: {}, columns: [] };

const RANGED: readonly FieldModel['type'][] = ['int', 'money', 'area', 'percent', 'date', 'instant'];
const CHOSEN: readonly FieldModel['type'][] = ['code', 'set', 'bool', 'ref'];

export function isRanged(field: FieldModel): boolean {
  return RANGED.includes(field.type);
}

/** Fields of the model in its own order of these names. */
export function fieldsNamed(model: RecordModel, names: readonly string[]): readonly FieldModel[] {
  return names.flatMap((name) => model.fields.filter((field) => field.name === name));
}

/** Fields that the server lets a list order by. */
export function sortable(model: RecordModel, name: string): boolean {
  const declared = [...model.columns, ...model.filters, ...model.facets, model.sort.replace(/^-/, '')];
  const field = model.fields.find((one) => one.name === name);
  return field !== undefined && declared.includes(name) && field.type !== 'set' && field.type !== 'rule';
}

/** Fields that may stand as columns: what a list row carries and a cell can hold. */
export function choosable(model: RecordModel): readonly FieldModel[] {
  return model.fields.filter((field) => !field.yearly && field.type !== 'rule' && field.type !== 'json');
}

/** The columns shown, the record's title always first. */
export function shownColumns(model: RecordModel, state: ListState): readonly FieldModel[] {
  const names = state.columns.length > 0 ? state.columns : model.columns;
  return fieldsNamed(model, [model.title, ...names.filter((name) => name !== model.title)]);
}

function filterable(model: RecordModel): readonly FieldModel[] {
  return fieldsNamed(model, [...new Set([...model.filters, ...model.facets])]);
}

export function parseList(search: string, model: RecordModel): ListState {
  const params = new URLSearchParams(search);
  const split = (text: string | null): readonly string[] => (text ?? '').split(',').filter((one) => one !== '');
  const where: Record<string, readonly string[]> = {};
  const ranges: Record<string, Range> = {};
  for (const field of filterable(model)) {
    const codes = split(params.get(`where.${field.name}`));
    if (codes.length > 0) where[field.name] = codes;
    const range = { from: params.get(`from.${field.name}`) ?? '', to: params.get(`to.${field.name}`) ?? '' };
    if (isRanged(field) && (range.from !== '' || range.to !== '')) ranges[field.name] = range;
  }
  const sort = params.get('sort') ?? '';
  const known = choosable(model).map((field) => field.name);
  return {
    q: (params.get('q') ?? '').slice(0, 100),
    sort: sortable(model, sort.replace(/^-/, '')) ? sort : '',
    where,
    ranges,
    columns: split(params.get('cols')).filter((name) => known.includes(name)),
  };
}

function conditions(state: ListState): Query {
  const query: Record<string, string> = { q: state.q, sort: state.sort };
  for (const [field, codes] of Object.entries(state.where)) query[`where.${field}`] = codes.join(',');
  for (const [field, range] of Object.entries(state.ranges)) {
    query[`from.${field}`] = range.from;
    query[`to.${field}`] = range.to;
  }
  return query;
}

/** The state as the address's search parameters. */
export function addressOf(state: ListState): Query {
  return { ...conditions(state), cols: state.columns.join(',') };
}

/** The state as the server's list parameters. */
export function questionOf(state: ListState, model: RecordModel): Query {
  return { ...conditions(state), facets: model.facets.join(','), limit: PAGE };
}

/** The state as the export's parameters: the same rows, all of them. */
export function exportOf(state: ListState): Query {
  return conditions(state);
}

function without<T>(map: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  const { [name]: _, ...rest } = map;
  return rest;
}

export function setWhere(state: ListState, field: string, codes: readonly string[]): ListState {
  const rest = without(state.where, field);
  return { ...state, where: codes.length === 0 ? rest : { ...rest, [field]: codes } };
}

export function toggle(state: ListState, field: string, code: string): ListState {
  const now = state.where[field] ?? [];
  return setWhere(state, field, now.includes(code) ? now.filter((one) => one !== code) : [...now, code]);
}

export function setRange(state: ListState, field: string, range: Range): ListState {
  const rest = without(state.ranges, field);
  return { ...state, ranges: range.from === '' && range.to === '' ? rest : { ...rest, [field]: range } };
}

/** First ascending, then descending, then the list's own order. */
export function nextSort(state: ListState, model: RecordModel, field: string): ListState {
  const now = state.sort === '' ? model.sort : state.sort;
  const sort = now === field ? `-${field}` : now === `-${field}` && state.sort !== '' && model.sort !== now ? '' : field;
  return { ...state, sort };
}

/** `asc`, `desc`, or '' when the list is not ordered by this field. */
export function direction(state: ListState, model: RecordModel, field: string): 'ascending' | 'descending' | '' {
  const now = state.sort === '' ? (state.q === '' ? model.sort : '') : state.sort;
  if (now === field) return 'ascending';
  return now === `-${field}` ? 'descending' : '';
}

/** Conditions beside the words, one by one. */
export function countConditions(state: ListState): number {
  return Object.values(state.where).reduce((sum, codes) => sum + codes.length, 0) + Object.keys(state.ranges).length;
}

/** Filters that are chosen from, without those the facets already offer. */
export function selects(model: RecordModel): readonly FieldModel[] {
  return filterable(model).filter((field) => CHOSEN.includes(field.type) && !model.facets.includes(field.name));
}

export function rangeFilters(model: RecordModel): readonly FieldModel[] {
  return filterable(model).filter(isRanged);
}

/** The row that J, K and the arrows go to, from the row that has the focus (−1: none). */
export function nextRow(key: string, at: number, rows: number): number | null {
  if (rows === 0) return null;
  if (key === 'j' || key === 'ArrowDown') return Math.min(at + 1, rows - 1);
  if (key === 'k' || key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? rows - 1 : null;
}
