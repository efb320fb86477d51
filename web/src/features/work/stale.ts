/**
 * Somebody else saved first (412). My changes are laid on the record as it is now: where both changed the same field
 * to different values the reader chooses, everything else merges by itself.
 */
import type { FullRecord, RecordModel } from '@/api/types';
import { changedKeys, setTyped, stateOf, typedAt, type FormState, type Typed } from './form';

export interface Conflict {
  readonly key: string;
  readonly mine: Typed;
  readonly theirs: Typed;
}

export interface Merge {
  /** The record as it is now: what the next save is compared with. */
  readonly base: FormState;
  readonly conflicts: readonly Conflict[];
  /** Fields only the other changed; theirs stand. */
  readonly taken: readonly string[];
  /** Theirs everywhere, mine where only I changed. */
  readonly merged: FormState;
  readonly version: number;
}

export function isFullRecord(value: unknown): value is FullRecord {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, 'version') === 'number' && typeof Reflect.get(value, 'values') === 'object' && typeof Reflect.get(value, 'years') === 'object';
}

export function mergeStale(model: RecordModel, before: FormState, mine: FormState, current: FullRecord): Merge {
  const base = stateOf(model, current, Object.keys(mine.years));
  const own = changedKeys(before, mine);
  const other = changedKeys(before, base);
  const same = (key: string) => JSON.stringify(typedAt(mine, key)) === JSON.stringify(typedAt(base, key));
  const disputed = own.filter((key) => other.includes(key) && !same(key));
  let merged = base;
  for (const key of own.filter((one) => !disputed.includes(one))) merged = setTyped(merged, key, typedAt(mine, key) ?? '');
  return {
    base,
    merged,
    conflicts: disputed.map((key) => ({ key, mine: typedAt(mine, key) ?? '', theirs: typedAt(base, key) ?? '' })),
    taken: other.filter((key) => !own.includes(key)),
    version: current.version,
  };
}

/** The merged state with the choices made; a field without a choice keeps mine. */
export function withChoices(merge: Merge, choices: Readonly<Record<string, 'mine' | 'theirs'>>): FormState {
  let state = merge.merged;
  for (const conflict of merge.conflicts) {
    if (choices[conflict.key] !== 'theirs') state = setTyped(state, conflict.key, conflict.mine);
  }
  return state;
}
