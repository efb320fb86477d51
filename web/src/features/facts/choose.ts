/** Narrowing the dictionary in the browser: it has a few hundred lines. */
import type { FactEntry } from '@/api/facts';
import type { Text } from '@/api/types';
import { say, type Lang } from '@/lib/text';

export interface Wanted {
  readonly find: string;
  /** A group or collection, as the reader sees it. */
  readonly group: string;
  readonly owner: string;
}

export function distinct(words: ReadonlyArray<Text | null>, lang: Lang): readonly string[] {
  return [...new Set(words.map((word) => say(word, lang)).filter((word) => word !== ''))];
}

export function chosen(facts: readonly FactEntry[], wanted: Wanted, lang: Lang): readonly FactEntry[] {
  const words = wanted.find.trim().toLowerCase();
  const has = (text: Text | null) => text !== null && (text.zh.toLowerCase().includes(words) || text.en.toLowerCase().includes(words));
  return facts.filter(
    (fact) =>
      (words === '' || has(fact.label) || has(fact.about) || fact.name.includes(words)) &&
      (wanted.group === '' || say(fact.collection ?? fact.group, lang) === wanted.group) &&
      (wanted.owner === '' || say(fact.owner, lang) === wanted.owner),
  );
}
