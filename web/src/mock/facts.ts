/** Facts as such: what sources say of the one firm, its contests, conflicts and the dictionary. */
import type { Conflict, Contest, FactEntry, FactWord, FirmFact, FirmFacts } from '../api/facts';
import type { Text, Value } from '../api/types';
import type { Routes } from './server.ts';

const WAN = 1_000_000;
const both = (zh: string, en: string): Text => ({ zh, en });
const FIRM = { id: 'ent_01', title: '湖南澜砺合金材料有限公司' };
const word = (name: string, zh: string, en: string, rank: number, value: Value, shown: Text, as_of: string, counts: boolean): FactWord => ({ source: { name, label: both(zh, en) }, rank, value, shown, as_of, counts });

const tax = (value: number, zh: string, en: string) => [word('tax', '税务', 'Tax authority', 15, value, both(zh, en), '2026-05-31', true)];
const people = [
  word('insurance', '人社', 'Social security', 25, 312, both('312 人', '312 people'), '2026-10-31', true),
  word('firm', '企业自报', 'The firm itself', 80, 319, both('319 人', '319 people'), '2026-10-31', false),
];
const fact = (field: string, year: number | null, label: Text, words: readonly FactWord[], more: Partial<FirmFact> = {}): FirmFact => ({
  field, year, label, words, value: words[0]?.value ?? null, band: null, stale: false, conflicting: false, contested: false, own: words[0]?.source.name === 'firm', about: null, ...more,
});

const range = both('500 至 2000 万元', '5 to 20 million');
let facts: readonly FirmFact[] = [
  fact('revenue', 2025, both('营业收入', 'Revenue'), tax(28_667 * WAN, '2.8667 亿元', 'CNY 286.67 million')),
  fact('employees', 2025, both('从业人数', 'Employees'), people, { conflicting: true }),
  fact('rd_spend', 2025, both('研发费用', 'R&D spending'), [word('firm', '企业自报', 'The firm itself', 80, 1_000 * WAN, both('1,000 万元', 'CNY 10 million'), '2026-11-19', true)], { band: range }),
  fact('invention_patents', null, both('有效发明专利', 'Invention patents'), [word('science', '科技', 'Science and technology', 30, 1, both('1 件', '1'), '2024-01-10', true)], { stale: true }),
];

let contests: readonly Contest[] = [];
const claim = (field: string, year: number | null, claimed: Value, reason: string): Contest => {
  const now = facts.find((one) => one.field === field && one.year === year);
  const counts = now?.words[0];
  return {
    id: `ctst_${contests.length + 1}`, number: `YY-2026-00000${contests.length + 1}`, firm: FIRM, region: '431371', field, year,
    fact: both(`${year === null ? '' : `${year} 年`}${now?.label.zh ?? field}`, `${now?.label.en ?? field}${year === null ? '' : ` in ${year}`}`),
    on_file: counts?.shown ?? null, on_file_source: counts?.source.label ?? null, claimed: both(String(claimed), String(claimed)), claimed_value: claimed, reason, state: 'open', raised_on: '2026-11-20', answer: null, answered_on: null,
    can: { decide: { allowed: true } },
  };
};
const text = (body: unknown, key: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : '';
  return typeof value === 'string' ? value : '';
};
const year = (body: unknown): number | null => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'year') : null;
  return typeof value === 'number' ? value : null;
};
const sheet = (): FirmFacts => ({ day: '2026-11-20', facts, contests });

const CONFLICTS: readonly Conflict[] = [{ firm: FIRM, region: '431371', field: 'employees', year: 2025, label: both('从业人数', 'Employees'), words: people, why: both('“人社”比“企业自报”优先。', '"Social security" has more standing than "The firm itself".') }];
const entry = (name: string, label: Text, more: Partial<FactEntry>): FactEntry => ({
  name, label, group: both('规模与经营', 'Scale and operation'), type: 'money', unit: null, grain: 'firm_year', collection: null, owner: both('税务局', 'Tax authority'), fresh_months: null, sensitivity: 'internal', about: null, policies: 0, firms: 66_905, filled: 0, stale: null, conflicts: 0, ...more,
});
const DICTIONARY: readonly FactEntry[] = [
  entry('revenue', both('营业收入', 'Revenue'), { about: both('会计年度利润表的营业收入合计。', 'Revenue in the income statement of the year.'), policies: 1204, filled: 58_112 }),
  entry('employees', both('从业人数', 'Employees'), { owner: both('统计局', 'Statistics bureau'), type: 'int', policies: 318, filled: 60_077, conflicts: 1 }),
  entry('credit_grade', both('公共信用等级', 'Public credit grade'), { group: both('信用与合规', 'Standing'), owner: both('信用管理部门', 'Credit information'), type: 'code', grain: 'firm', fresh_months: 6, policies: 92, filled: 54_800, stale: 12 }),
  entry('patents.kind', both('专利类型', 'Kind of patent'), { group: null, collection: both('专利', 'Patents'), owner: null, type: 'code', grain: 'item', policies: 41, firms: null, filled: null }),
];

export const routes: Routes = {
  'GET /facts': () => ({ status: 200, body: DICTIONARY }),
  'GET /facts/conflicts': ({ query }) => {
    const items = CONFLICTS.filter((one) => (query.get('field') ?? '') === '' || one.field === query.get('field'));
    return { status: 200, body: { items, total: items.length, next: null } };
  },
  'GET /facts/:fact': (_, [name]) => {
    const found = DICTIONARY.find((one) => one.name === name);
    if (!found) return { status: 404, body: { title: '没有找到', status: 404, detail: '没有这一项资料', code: 'not_found' } };
    return { status: 200, body: { fact: found, sources: [{ name: 'tax', label: both('税务', 'Tax authority'), rank: 15 }, { name: 'firm', label: both('企业自报', 'The firm itself'), rank: 80 }], read_by: [{ id: 'pol_01', title: '技术改造奖补' }], without: [{ id: 'ent_02', title: '娄底某机械有限公司' }] } };
  },
  'GET /firms/:id/facts': () => ({ status: 200, body: sheet() }),
  'DELETE /firms/:id/facts/:fact': (_, [, name]) => {
    facts = facts.filter((one) => one.field !== name || !one.own);
    return { status: 200, body: sheet() };
  },
  'POST /firms/:id/contests': ({ body }) => {
    const field = text(body, 'field');
    const claimed: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'claimed') : null;
    const raised = claim(field, year(body), typeof claimed === 'number' || typeof claimed === 'string' || typeof claimed === 'boolean' ? claimed : null, text(body, 'reason'));
    contests = [raised, ...contests];
    facts = facts.map((one) => (one.field === field && one.year === raised.year ? { ...one, contested: true } : one));
    return { status: 201, body: raised };
  },
  'POST /firms/:id/conflicts': () => ({ status: 200, body: { conflicting: false, words: [] } }),
  'GET /contests': ({ query }) => {
    const state = query.get('state') ?? 'open';
    const items = contests.filter((one) => state === 'all' || one.state === state);
    return { status: 200, body: { items, total: items.length, next: null } };
  },
  'POST /contests/:id/decide': ({ body }, [id]) => {
    const decided = text(body, 'decision') === 'uphold' ? ('upheld' as const) : ('rejected' as const);
    contests = contests.map((one) => (one.id === id ? { ...one, state: decided, answer: text(body, 'reason'), answered_on: '2026-11-20', can: { decide: { allowed: false, reason: both('已处理', 'Decided') } } } : one));
    const done = contests.find((one) => one.id === id);
    facts = facts.map((one) => (one.field === done?.field && one.year === done.year ? { ...one, contested: false } : one));
    return { status: 200, body: done };
  },
};
