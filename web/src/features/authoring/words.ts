/** Facts as the pickers offer them: of the firm, and of each child record in reach, by its variable. */
import type { Content, FactWord, Vocabulary } from '@/api/authoring';
import { say, type Lang } from '@/lib/text';
import type { Option } from '@/kit/Combobox';

/** A child record in reach: its variable and its collection's name. */
export interface Reach {
  readonly variable: string;
  readonly collection: string;
}

/** The fact behind `revenue` or `p.kind`; null for an expression. */
export function factOf(name: string, vocabulary: Vocabulary, reach: readonly Reach[]): FactWord | null {
  const [variable = '', field] = name.split('.');
  if (field === undefined) return vocabulary.facts.find((fact) => fact.name === name) ?? null;
  const within = reach.find((one) => one.variable === variable);
  const collection = vocabulary.collections.find((one) => one.name === within?.collection);
  return collection?.facts.find((fact) => fact.name === field) ?? null;
}

export function factOptions(vocabulary: Vocabulary, reach: readonly Reach[], lang: Lang, other: string): readonly Option[] {
  const option = (fact: FactWord, prefix: string, group: string): Option => ({
    value: prefix + fact.name, label: say(fact.label, lang), group, note: prefix + fact.name, also: `${fact.label.zh} ${fact.label.en} ${fact.name}`,
  });
  const near = [...reach].reverse().flatMap(({ variable, collection }) => {
    const found = vocabulary.collections.find((one) => one.name === collection);
    return (found?.facts ?? []).map((fact) => option(fact, `${variable}.`, `${say(found?.label, lang)} ${variable}`));
  });
  const order = [...new Set(vocabulary.facts.map((fact) => say(fact.group, lang)))];
  const own = order.flatMap((group) => vocabulary.facts.filter((fact) => say(fact.group, lang) === group).map((fact) => option(fact, '', group || other)));
  return [...near, ...own];
}

/** Records in reach of a clause: the one its item binds. */
export function reachOf(content: Content, item: string | null): readonly Reach[] {
  const bind = content.items.find((one) => one.key === item)?.bind;
  return bind ? [{ variable: bind.variable, collection: bind.child }] : [];
}

/** A variable's name that is still free: the collection's first letter. */
export function freeVariable(collection: string, vocabulary: Vocabulary, reach: readonly Reach[]): string {
  const letter = collection.slice(0, 1);
  const taken = (name: string) => reach.some((one) => one.variable === name) || vocabulary.facts.some((fact) => fact.name === name) || vocabulary.collections.some((one) => one.name === name);
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? letter : `${letter}${count}`;
    if (!taken(name)) return name;
  }
}

/** Words of the ways to write a number, from every fact that has one. */
export function unitWords(vocabulary: Vocabulary): ReadonlyMap<string, { readonly zh: string; readonly en: string }> {
  const facts = [...vocabulary.facts, ...vocabulary.collections.flatMap((one) => one.facts)];
  return new Map(facts.flatMap((fact) => fact.units.map((unit) => [unit.code, unit.label] as const)).filter(([code]) => code !== ''));
}
