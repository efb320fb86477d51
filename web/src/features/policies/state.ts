/** What the reader asked of the shelf, in the address: `?q=…&sort=…&level=city,county`. Unknown names are ignored. */
import type { RecordModel } from '@/api/types';
import type { Query } from '@/lib/search';

export interface ShelfState {
  readonly q: string;
  /** A key of `SORTS`, or '' for the default. */
  readonly sort: string;
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Sorts the shelf offers, and the field each needs in the model. */
export const SORTS = [
  { key: 'published', field: 'published', order: '-published' },
  { key: 'deadline', field: 'window_to', order: 'window_to' },
  { key: 'amount', field: 'amount_max', order: '-amount_max' },
] as const;
export type SortKey = (typeof SORTS)[number]['key'];

export function parseState(search: string, facets: readonly string[]): ShelfState {
  const params = new URLSearchParams(search);
  const filters: Record<string, readonly string[]> = {};
  for (const facet of facets) {
    const codes = (params.get(facet) ?? '').split(',').filter((code) => code !== '');
    if (codes.length > 0) filters[facet] = codes;
  }
  return { q: params.get('q') ?? '', sort: params.get('sort') ?? '', filters };
}

/** The state as the address's search parameters. */
export function addressOf(state: ShelfState): Query {
  const query: Record<string, string> = { q: state.q, sort: state.sort };
  for (const [facet, codes] of Object.entries(state.filters)) query[facet] = codes.join(',');
  return query;
}

/** The state as the server's list parameters. */
export function questionOf(state: ShelfState, facets: readonly string[]): Query {
  const query: Record<string, string | number> = { q: state.q, facets: facets.join(','), limit: 20 };
  const sort = SORTS.find((one) => one.key === state.sort);
  if (sort) query['sort'] = sort.order;
  for (const [facet, codes] of Object.entries(state.filters)) query[`where.${facet}`] = codes.join(',');
  return query;
}

/** Code fields that may be filtered by but are not counted. */
export function plainFilters(policy: RecordModel): readonly string[] {
  return policy.filters.filter((name) => !policy.facets.includes(name) && policy.fields.some((field) => field.name === name && field.type === 'code'));
}

/** One code or none. */
export function choose(state: ShelfState, filter: string, code: string): ShelfState {
  const { [filter]: _, ...rest } = state.filters;
  return { ...state, filters: code === '' ? rest : { ...rest, [filter]: [code] } };
}

export function toggle(state: ShelfState, facet: string, code: string): ShelfState {
  const now = state.filters[facet] ?? [];
  const next = now.includes(code) ? now.filter((one) => one !== code) : [...now, code];
  const { [facet]: _, ...rest } = state.filters;
  return { ...state, filters: next.length === 0 ? rest : { ...rest, [facet]: next } };
}

export function countFilters(state: ShelfState): number {
  return Object.values(state.filters).reduce((sum, codes) => sum + codes.length, 0);
}
