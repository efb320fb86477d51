/** Cases from clauses: one firm that fits, and for each clause a firm that fails only on it. */
import type { Case, Clause, Condition, Content, Firm, Trial, Vocabulary } from '@/api/authoring';
import { differenceOf, firmFor, type Codes } from './examples';
import { freshKey, newCase } from './document';
import { reachOf } from './words';

export interface Made {
  readonly content: Content;
  readonly made: number;
  /** Clauses for which the author writes the case. */
  readonly left: readonly string[];
}

export function treeOf(clause: Clause, trial: Trial | null): Condition | null {
  return trial?.clauses.find((one) => one.key === clause.key)?.condition ?? null;
}

/** Lists that must be at hand to choose a code that does not belong. */
export function listsOf(vocabulary: Vocabulary): readonly string[] {
  const facts = [...vocabulary.facts, ...vocabulary.collections.flatMap((one) => one.facts)];
  return [...new Set(facts.flatMap((fact) => (fact.list === null ? [] : [fact.list])))];
}

/** A firm as its `like`s and itself say. */
export function firmOf(content: Content, one: Case): Firm {
  const seen = new Set<string>();
  const chain: Firm[] = [];
  for (let at: Case | undefined = one; at && !seen.has(at.key); ) {
    seen.add(at.key);
    chain.unshift(at.firm);
    const { like }: Case = at;
    at = content.cases.find((other) => other.key === like);
  }
  return Object.assign({}, ...chain);
}

export function withMadeCases(content: Content, trial: Trial, vocabulary: Vocabulary, codes: Codes): Made {
  const deciding = content.clauses.filter((clause) => clause.kind === 'deciding');
  const items: ReadonlyArray<string | null> = content.items.length === 0 ? [null] : content.items.map((item) => item.key);
  let next = content;
  let made = 0;
  const left: string[] = [];
  const done = new Set<string>();
  for (const item of items) {
    const group = deciding.filter((clause) => clause.item === null || clause.item === item);
    const known = { vocabulary, codes, bound: Object.fromEntries(reachOf(content, item).map((one) => [one.variable, one.collection])) };
    const trees = group.map((clause) => ({ clause, condition: treeOf(clause, trial) }));
    const usable = trees.flatMap(({ clause, condition }) => (condition === null ? [] : [{ clause, condition }]));
    const met = usable.map(({ condition }) => ({ condition, meant: 'met' as const }));
    const firm = met.length === usable.length && usable.length === trees.length ? firmFor(met, known) : null;
    const wanted = group.filter((clause) => trial.uncovered.includes(clause.key) && !done.has(clause.key));
    if (firm === null) {
      left.push(...wanted.map((clause) => clause.key));
      continue;
    }
    const held = next.cases.find((one) => one.expects === 'yes' && one.item === item && trial.cases.some((result) => result.key === one.key && result.passes));
    const base = held ?? { ...newCase(freshKey('k', next.cases)), item, firm, expects: 'yes' as const, label: { zh: '全部符合', en: 'meets everything' } };
    if (!held) {
      next = { ...next, cases: [...next.cases, base] };
      made += 1;
    }
    for (const clause of wanted) {
      const changed = firmFor(usable.map((one) => ({ condition: one.condition, meant: one.clause.key === clause.key ? 'missed' as const : 'met' as const })), known);
      if (changed === null) {
        left.push(clause.key);
        continue;
      }
      done.add(clause.key);
      const name = clause.article ?? clause.key;
      const label = { zh: `只差${name}`, en: `fails only on ${name}` };
      next = { ...next, cases: [...next.cases, { ...newCase(freshKey('k', next.cases)), like: base.key, item, firm: differenceOf(changed, firmOf(next, base)), expects: 'no', fails_on: clause.key, label }] };
      made += 1;
    }
  }
  return { content: next, made, left: [...new Set(left)].filter((key) => !done.has(key)) };
}
