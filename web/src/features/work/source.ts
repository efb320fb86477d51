/** Whose word a change is: the source an officer names, and what came of it when another source is trusted more. */
import type { FullRecord, Value, Values } from '@/api/types';
import type { Patch } from './form';
import { keyOf, splitKey } from './form';

/** A change with the source named; without one the server keeps each fact's own. */
export interface SourcedPatch extends Patch {
  readonly source?: string;
}

/** The model does not say which fields are facts; a record whose facts are noted has some. */
export function hasFacts(record: FullRecord | null): record is FullRecord {
  return record !== null && Object.keys(record.facts).length > 0;
}

/** Sources the touched facts rest on today, each once, in the order of the form. Of a yearly fact only its noted year is known. */
export function sourcesNow(record: FullRecord, changed: readonly string[]): readonly string[] {
  const found = changed.flatMap((key) => {
    const { field, year } = splitKey(key);
    const note = record.facts[field];
    return note && (year === '' || note.period === null || note.period === year) ? [note.source] : [];
  });
  return [...new Set(found)];
}

export function withSource(patch: Patch, source: string): SourcedPatch {
  return source === '' ? patch : { ...patch, source };
}

/** Fields whose value did not become what was sent, because a source that is trusted more says otherwise. */
export function outranked(after: FullRecord, patch: SourcedPatch): readonly string[] {
  if (patch.source === undefined) return [];
  const differing = (sent: Values, now: Values, year: string) => Object.keys(sent).filter((name) => !same(sent[name], now[name])).map((name) => keyOf(name, year));
  return [...differing(patch.values, after.values, ''), ...Object.entries(patch.years).flatMap(([year, sent]) => differing(sent, after.years[year] ?? {}, year))].filter((key) => after.facts[splitKey(key).field] !== undefined);
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  const plain = (value: Value | undefined) => JSON.stringify(Array.isArray(value) ? value.map(String).sort() : (value ?? null));
  return plain(a) === plain(b);
}
