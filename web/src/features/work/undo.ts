/** The last change saved from a form in this window, so that the record's page can take it back. */
import type { Value, Values } from '@/api/types';
import type { SourcedPatch } from './source';

export interface Saved {
  readonly record: string;
  readonly id: string;
  /** The version the change made; another version means that somebody has gone on, and there is no taking back. */
  readonly version: number;
  readonly created: boolean;
  /** What stood before, in the name of the source that spoke. */
  readonly before: SourcedPatch;
  /** Fields that kept their value because a source trusted more says otherwise. */
  readonly outranked: readonly string[];
}

let last: Saved | null = null;

export function noteSaved(saved: Saved | null): void {
  last = saved;
}

export function savedOf(record: string, id: string, version: number): Saved | null {
  return last && last.record === record && last.id === id && last.version === version ? last : null;
}

/** The values under these names as they were; what was not there was unknown. */
export function standing(of: { readonly values: Values; readonly years: Readonly<Record<string, Values>> }, changed: { readonly values: Values; readonly years: Readonly<Record<string, Values>> }): Saved['before'] {
  const pick = (from: Values, names: Values): Values => Object.fromEntries(Object.keys(names).map((name): [string, Value] => [name, from[name] ?? null]));
  return {
    values: pick(of.values, changed.values),
    years: Object.fromEntries(Object.entries(changed.years).map(([year, values]) => [year, pick(of.years[year] ?? {}, values)])),
  };
}
