/** Edits of a policy's document: clauses, items, cases. Keys are never used twice within one editing. */
import type { Case, Clause, ClauseKind, Content, Finding, Item, Money } from '@/api/authoring';

export const NO_MONEY: Money = { choose: 'sum', firm_cap: null, year_cap: null, round_down: null, floor: null, against: [], pool: null };

/** The server leaves nothing out, but an older document may. */
export function whole(content: Partial<Content>): Content {
  return {
    dates: { judged_year: content.dates?.judged_year ?? null, cut_off: content.dates?.cut_off ?? null },
    clauses: content.clauses ?? [],
    items: content.items ?? [],
    money: { ...NO_MONEY, ...content.money },
    cases: content.cases ?? [],
  };
}

/** `c4` after `c1`, `c3`; a removed part's key may come back by undo, so the highest ever counts. */
export function freshKey(letter: string, used: ReadonlyArray<{ readonly key: string }>): string {
  const highest = used.reduce((most, { key }) => Math.max(most, key.startsWith(letter) ? Number(key.slice(letter.length)) || 0 : 0), 0);
  return `${letter}${highest + 1}`;
}

export function newClause(key: string, article: string | null, zh: string, kind: ClauseKind = 'information'): Clause {
  return { key, article, text: { zh, en: '' }, kind, when: null, item: null, confidence: null };
}

export function newItem(key: string): Item {
  return {
    key, label: { zh: '', en: '' }, bind: null,
    benefit: { kind: 'money', amount: null, cap: null, floor: null, round_down: null, ceiling: false, text: { zh: '', en: '' }, certificate: null, times: null, payee: null },
  };
}

export function newCase(key: string): Case {
  return { key, like: null, label: { zh: '', en: '' }, firm: {}, expects: 'yes', fails_on: null, item: null, amount: null };
}

const SETS = /不低于|不少于|不超过|不高于|以上|以下|未列入|未发生|注册|属于|取得|达到|成立|持有|认定为|列入/;
const GIVES = /补助|补贴|奖励|给予|资助|贴息|本办法|本细则|施行|解释/;
const JUDGED = /审核|核实|核查|评审|真实|合规|相符|验收|现场/;

/** A first guess from the words of the law, so that the coverage shows what is still to be done; the author decides. */
export function guessKind(text: string): ClauseKind {
  if (GIVES.test(text) && !/支持对象|申报条件/.test(text)) return 'information';
  if (SETS.test(text)) return 'deciding';
  return JUDGED.test(text) ? 'person' : 'information';
}

/** Clauses cut from a pasted text, put after those there are. A sentence already there is passed over. */
export function withSplit(content: Content, pieces: ReadonlyArray<{ readonly article: string | null; readonly text: string }>): Content {
  const known = new Set(content.clauses.map((clause) => clause.text.zh.trim()));
  let clauses = content.clauses;
  for (const piece of pieces) {
    if (known.has(piece.text.trim())) continue;
    clauses = [...clauses, newClause(freshKey('c', clauses), piece.article, piece.text, guessKind(piece.text))];
  }
  return { ...content, clauses };
}

export function setClause(content: Content, key: string, change: Partial<Clause>): Content {
  return { ...content, clauses: content.clauses.map((clause) => (clause.key === key ? { ...clause, ...change } : clause)) };
}

export function setItem(content: Content, key: string, change: Partial<Item>): Content {
  return { ...content, items: content.items.map((item) => (item.key === key ? { ...item, ...change } : item)) };
}

export function setCase(content: Content, key: string, change: Partial<Case>): Content {
  return { ...content, cases: content.cases.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

export function moved<T extends { readonly key: string }>(all: readonly T[], key: string, by: -1 | 1): readonly T[] {
  const from = all.findIndex((one) => one.key === key);
  const to = from + by;
  const [mine, other] = [all[from], all[to]];
  if (mine === undefined || other === undefined) return all;
  return all.map((one, place) => (place === from ? other : place === to ? mine : one));
}

export function without<T extends { readonly key: string }>(all: readonly T[], key: string): readonly T[] {
  return all.filter((one) => one.key !== key);
}

/** Back where it stood; nothing when it is there. */
export function putBack<T extends { readonly key: string }>(all: readonly T[], one: T, place: number): readonly T[] {
  if (all.some((other) => other.key === one.key)) return all;
  return [...all.slice(0, place), one, ...all.slice(place)];
}

/** A row under way is no mistake: it lacks something yet. */
export function isUnfinished(finding: Pick<Finding, 'code'>): boolean {
  return finding.code === 'condition.incomplete';
}

/** The clause before or after, staying at the ends. */
export function neighbour(clauses: readonly Clause[], key: string, by: -1 | 1): string | undefined {
  const from = clauses.findIndex((clause) => clause.key === key);
  return clauses[Math.min(clauses.length - 1, Math.max(0, from + by))]?.key;
}

export interface Covered {
  readonly deciding: number;
  /** Deciding without an expression. */
  readonly open: number;
  readonly person: number;
  readonly information: number;
}

export function coveredBy(clauses: readonly Clause[]): Covered {
  const count = (wanted: (clause: Clause) => boolean) => clauses.filter(wanted).length;
  const has = (clause: Clause) => (clause.when ?? '').trim() !== '';
  return {
    deciding: count((clause) => clause.kind === 'deciding' && has(clause)),
    open: count((clause) => clause.kind === 'deciding' && !has(clause)),
    person: count((clause) => clause.kind === 'person'),
    information: count((clause) => clause.kind === 'information'),
  };
}

/** Parts of two documents that differ, as `part:key`; for the choice when two people wrote. */
export function differing(mine: Content, theirs: Content): readonly string[] {
  const keyed = (name: string, a: ReadonlyArray<{ readonly key: string }>, b: ReadonlyArray<{ readonly key: string }>): readonly string[] => {
    const keys = [...new Set([...a, ...b].map((one) => one.key))];
    const text = (all: ReadonlyArray<{ readonly key: string }>, key: string) => JSON.stringify(all.find((one) => one.key === key) ?? null);
    return keys.filter((key) => text(a, key) !== text(b, key)).map((key) => `${name}:${key}`);
  };
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...keyed('clause', mine.clauses, theirs.clauses),
    ...keyed('item', mine.items, theirs.items),
    ...keyed('case', mine.cases, theirs.cases),
    ...(same(mine.money, theirs.money) ? [] : ['money:']),
    ...(same(mine.dates, theirs.dates) ? [] : ['dates:']),
  ];
}
