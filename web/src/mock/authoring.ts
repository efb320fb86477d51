/** Policies being written: one draft with clauses of every kind, one waiting for approval, and answers to what is typed. */
import type { AuthoringLine, Case, Clause, Condition, Content, FactWord, Finding, FirmLine, Op, PolicyHead, PolicyVersion, Trial, VersionLine, Vocabulary } from '../api/authoring';
import { routes as desk } from './desk.ts';
import { lists, model } from './model.ts';
import { personas } from './people.ts';
import { Incomplete, read, sentence, Unread, write } from './rules.ts';
import type { Answered, Handler, Routes } from './server.ts';

const COMPARE: readonly Op[] = ['==', '!=', '>=', '>', '<=', '<'];
const UNITS = { money: [['wan', '万元', '10,000 yuan'], ['yuan', '元', 'yuan'], ['yi', '亿元', '100 million yuan']], percent: [['percent', '%', '%']], area: [['mu', '亩', 'mu'], ['square_metres', '平方米', 'm²']] } as const;

function words(type: string): Pick<FactWord, 'type' | 'units' | 'ops'> {
  const unit = type === 'money' || type === 'percent' || type === 'area' ? UNITS[type].map(([code, zh, en]) => ({ code, label: { zh, en } })) : [];
  if (type === 'bool') return { type: 'bool', units: [], ops: ['is', 'is_not', 'known', 'unknown'] };
  if (type === 'code') return { type: 'code', units: [], ops: ['within', 'not_within', '==', '!=', 'in', 'not_in', 'known', 'unknown'] };
  if (type === 'set') return { type: 'set', units: [], ops: ['has_any', 'has_all', 'has_none', 'known', 'unknown'] };
  if (type === 'date') return { type: 'date', units: [], ops: [...COMPARE, 'known', 'unknown'] };
  if (type === 'text') return { type: 'text', units: [], ops: ['==', '!=', 'known', 'unknown'] };
  return { type: 'number', units: unit, ops: [...COMPARE, 'known', 'unknown'] };
}

const firm = model.records.find((one) => one.name === 'enterprise');
const fact = (name: string, zh: string, en: string, type: string, list: string | null = null): FactWord => ({ name, label: { zh, en }, unit: null, list, yearly: false, group: null, ...words(type) });

export const vocabulary: Vocabulary = {
  facts: (firm?.fields ?? []).filter((field) => !['ref', 'credit_code'].includes(field.type) && field.name !== 'name').map((field) => ({
    name: field.name, label: field.label, unit: field.unit, list: field.list, yearly: field.yearly, group: firm?.groups.find((one) => one.name === field.group)?.label ?? null, ...words(field.type),
  })),
  collections: [
    { name: 'projects', label: { zh: '项目', en: 'Project' }, facts: [fact('kind', '类别', 'Kind', 'text'), fact('equipment', '设备投资', 'Equipment', 'money'), fact('start', '开工日期', 'Start', 'date'), fact('filed', '已备案', 'On file', 'bool')] },
    { name: 'loans', label: { zh: '贷款', en: 'Loan' }, facts: [fact('amount', '金额', 'Amount', 'money'), fact('rate', '利率', 'Rate', 'percent')] },
  ],
  functions: [
    { name: 'share', signature: 'share(x, percent)', about: { zh: '某数的百分之几', en: 'a percentage of a number' }, example: 'share(rd_spend, percent(8))', result: '8 %' },
    { name: 'growth', signature: 'growth(x)', about: { zh: '比上年增长', en: 'growth on the year before' }, example: 'growth(revenue)', result: '12.5 %' },
  ],
  parameters: [{ name: 'city_cap', label: { zh: '市级单户上限', en: 'City cap per firm' }, value: { zh: '200 万元', en: '2 million yuan' } }],
  lists: [],
};

const clause = (key: string, article: string, zh: string, en: string, kind: Clause['kind'], when: string | null = null, item: string | null = null): Clause => ({ key, article, text: { zh, en }, kind, when, item, confidence: null });
const one = (key: string, zh: string, en: string, firmOf: Case['firm'], expects: Case['expects'], failsOn: string | null = null, like: string | null = null): Case => ({ key, like, label: { zh, en }, firm: firmOf, expects, fails_on: failsOn, item: null, amount: null });

const CONTENT: Content = {
  dates: { judged_year: null, cut_off: null },
  clauses: [
    clause('c1', '第一条', '为支持工业企业技术改造，制定本办法。', 'These measures support technical renewal.', 'information'),
    clause('c2', '第三条', '支持对象为在本市注册、纳税的规模以上工业企业。', 'Industrial firms above reporting size registered in the city.', 'deciding', 'within(region, "431300") && above_scale'),
    clause('c3', '第四条', '申报年度研发费用占营业收入的比例不低于 3 %，且营业收入不低于 2000 万元。', 'Research is at least 3 % of revenue, and revenue at least 20 million yuan.', 'deciding', 'rd_ratio >= percent(3) && revenue >= wan(2000)'),
    clause('c4', '第五条', '设备投资不低于 500 万元，且项目已备案。', 'Equipment of at least 5 million yuan in a filed project.', 'deciding', 'p.equipment >= wan(500) && p.filed', 'i1'),
    clause('c5', '第六条', '未列入严重失信主体名单，近 12 个月未发生重大安全、环保事故。', 'Not on the dishonesty list, no major incident within 12 months.', 'deciding', '!dishonest && !major_incident'),
    clause('c6', '第七条', '设备与备案的建设内容相符。', 'The equipment is what was filed.', 'person'),
    clause('c7', '第八条', '对建立研发准备金制度的企业优先支持。', '', 'deciding'),
    clause('c8', '第九条', '本办法自 2026 年 12 月 15 日起施行，有效期两年。', 'In force from 15 December 2026 for two years.', 'information'),
  ],
  items: [{ key: 'i1', label: { zh: '设备投资补助', en: 'Equipment grant' }, bind: { child: 'projects', variable: 'p' }, benefit: { kind: 'money', amount: 'share(p.equipment, percent(10))', cap: 'wan(200)', floor: null, round_down: null, ceiling: false, text: { zh: '按设备投资的 10 % 补助，最高 200 万元', en: '10 % of the equipment, up to 2 million yuan' }, certificate: null, times: null, payee: null } }],
  money: { choose: 'sum', firm_cap: 'wan(300)', year_cap: null, round_down: null, floor: null, against: [{ policy: '演工信发〔2026〕11 号', how: 'deduct', percent: null }], pool: { budget: 'wan(8000)', cut: 'proportional', rank: null, quota: null } },
  cases: [
    one('k1', '占比正好 3 %，设备 800 万元', 'exactly 3 %, equipment of 8 million', { region: '431302', above_scale: true, rd_ratio: 'percent(3)', revenue: 'wan(3000)', dishonest: false, major_incident: false, projects: [{ equipment: 'wan(800)', filed: true }] }, 'yes'),
    one('k2', '占比 2.99 %', '2.99 %', { rd_ratio: 'percent(2.99)' }, 'no', 'c3', 'k1'),
    one('k3', '营收未报', 'revenue not reported', { revenue: null }, 'yes', null, 'k1'),
  ],
};

const head = (id: string, zh: string, en: string, draft: boolean): PolicyHead => ({ id, title: { zh, en }, number: '演工信发〔2026〕31 号', issuer: { zh: '市工信局', en: 'City industry bureau' }, level: 'city', region: '431300', kind: 'subsidy', published: null, valid_from: '2026-12-15', valid_to: '2028-12-14', window_from: null, window_to: null, draft, synthetic: true });
const line = (number: number, state: VersionLine['state'], author: string, extra: Partial<VersionLine> = {}): VersionLine => ({ number, state, revision: 1, author, checked_by: null, approved_by: null, effective_from: null, effective_to: null, saved_by: author, saved_at: '2026-11-20T09:41:00+08:00', note: null, ...extra });

interface Kept {
  readonly head: PolicyHead;
  versions: { line: VersionLine; content: Content }[];
}
const EMPTY: Content = { ...CONTENT, clauses: [], items: [], money: { ...CONTENT.money, firm_cap: null, against: [], pool: null }, cases: [] };
const kept: Record<string, Kept> = {
  pol_41: { head: head('pol_41', '工业企业技术改造奖补', 'Grant for technical renewal', false), versions: [{ line: line(3, 'draft', '彭砚秋'), content: CONTENT }, { line: line(2, 'in_force', '彭砚秋', { checked_by: '彭砚秋', approved_by: '文蔚', effective_from: '2026-03-01' }), content: CONTENT }, { line: line(1, 'superseded', '彭砚秋', { approved_by: '文蔚', effective_from: '2025-03-01', effective_to: '2026-03-01' }), content: CONTENT }] },
  pol_42: { head: head('pol_42', '园区企业用工补贴', 'Support for jobs in zones', true), versions: [{ line: line(1, 'checked', '贺屿', { checked_by: '贺屿' }), content: CONTENT }] },
};

const yes = { allowed: true } as const;
const no = (zh: string, en: string) => ({ allowed: false, reason: { zh, en } }) as const;
const nameOf = (persona: string | null) => personas.find((each) => each.key === persona)?.name ?? '彭砚秋';

function shown(policy: Kept, at: number, me: string): PolicyVersion {
  const found = policy.versions.find((each) => each.line.number === at) ?? policy.versions[0];
  if (!found) throw new Error('no version');
  const { state, author } = found.line;
  const over = no('这一版现在不能这样做', 'Not possible for this version now');
  const gate = trialOf(found.content).missing.length === 0 ? yes : no('还有没齐的', 'Something is still missing');
  return {
    ...found.line, policy: policy.head, content: found.content, base: policy.versions.find((each) => each.line.state === 'in_force' && each.line.number !== at)?.line.number ?? null,
    can: {
      save: state === 'draft' ? yes : over, check: state === 'draft' ? gate : over, approve: state !== 'checked' ? over : author === me ? no('起草的人不能批准自己写的', 'Whoever wrote it cannot approve it') : yes,
      return: state === 'checked' || state === 'scheduled' ? yes : over, discard: ['draft', 'checked', 'scheduled'].includes(state) ? yes : over, withdraw: state === 'in_force' ? yes : over,
    },
  };
}

const code = (list: string, of: string) => lists.find((each) => each.name === list)?.codes.find((each) => each.code === of)?.label ?? { zh: of, en: of };
const finding = (message: string, start: number, end: number): Finding => ({ code: 'type', severity: 'error', message: { zh: `没有“${message}”这个事实，或写法不对`, en: `“${message}” is no fact, or is not written like this` }, hint: null, start, end });
const hash = (text: string) => [...text].reduce((sum, c) => (sum * 33 + c.charCodeAt(0)) % 100_003, 7) / 100_003;

type Answer = 'yes' | 'no' | 'unknown';
function judge(node: Condition, of: string): Answer {
  if ('fact' in node) {
    const chance = hash(of + node.fact);
    if (chance > 0.93) return 'unknown';
    if (node.value && 'amount' in node.value) return (chance * (node.value.unit === 'percent' ? 9 : 6000) >= Number(node.value.amount)) === (node.op.startsWith('>') || node.op === '==') ? 'yes' : 'no';
    return chance < (node.op === 'is' ? 0.55 : 0.85) ? 'yes' : 'no';
  }
  if ('children' in node) return judge(node.where, of);
  if ('text' in node) return 'unknown';
  const parts = ('all' in node ? node.all : 'any' in node ? node.any : 'none' in node ? node.none : node.of).map((part) => judge(part, of));
  if ('all' in node) return parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes';
  if ('none' in node) return parts.includes('yes') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes';
  return parts.includes('yes') ? 'yes' : parts.includes('unknown') ? 'unknown' : 'no';
}

type Given = Omit<Content, 'clauses'> & { readonly clauses: ReadonlyArray<Clause & { readonly condition?: Condition }> };
const items = (() => {
  const asked = desk['GET /records/:record']?.({ method: 'GET', path: '', query: new URLSearchParams('limit=200'), body: null, persona: null }, ['enterprise']);
  const body: { readonly items: ReadonlyArray<{ readonly id: string; readonly title: string; readonly values: Readonly<Record<string, string>> }> } = JSON.parse(JSON.stringify(asked?.body ?? { items: [] }));
  return body.items;
})();

function trialOf(content: Given): Trial {
  const bound = Object.fromEntries(content.items.flatMap((item) => (item.bind ? [[item.bind.variable, item.bind.child]] : [])));
  const trees: { key: string; tree: Condition }[] = [];
  const answered = content.clauses.map((each) => {
    const base = { key: each.key, when: each.when ?? null, condition: null, sentence: null, findings: [], yes: null, no: null, unknown: null };
    if (each.kind !== 'deciding') return base;
    let when = each.when ?? '';
    try {
      if (each.condition) when = write(each.condition);
      if (when === '') return { ...base, when: null };
      const tree = read(when, vocabulary, bound);
      trees.push({ key: each.key, tree });
      const answers = items.map((item) => judge(tree, item.id));
      const count = (wanted: Answer) => answers.filter((answer) => answer === wanted).length;
      return { ...base, when, condition: tree, sentence: sentence(tree, vocabulary, bound, code), yes: count('yes'), no: count('no'), unknown: count('unknown') };
    } catch (error) {
      if (error instanceof Incomplete) return { ...base, when: null, findings: [{ ...finding('', 0, 0), code: 'condition.incomplete', message: { zh: '条件还没有写完', en: 'The condition is not complete yet' }, start: null, end: null }] };
      const at = error instanceof Unread ? error.at : when;
      const start = Math.max(0, when.indexOf(at));
      return { ...base, when, findings: [finding(at, start, start + at.length)] };
    }
  });
  const sound = answered.every((each) => each.findings.length === 0);
  const answers = items.map((item) => ({ item, all: trees.map(({ key, tree }) => ({ key, is: judge(tree, item.id) })) }));
  const misses = (of: (typeof answers)[number]) => of.all.filter((each) => each.is === 'no');
  const fits = answers.filter((of) => of.all.every((each) => each.is === 'yes'));
  const near = answers.filter((of) => misses(of).length === 1 && of.all.every((each) => each.is !== 'unknown'));
  const open = answers.filter((of) => misses(of).length === 0 && of.all.some((each) => each.is === 'unknown'));
  const named = (of: (typeof answers)[number]): FirmLine => ({ id: of.item.id, name: of.item.title, region: code('region', of.item.values['region'] ?? ''), amount_fen: misses(of).length === 0 ? Math.round(20 + hash(of.item.id) * 160) * 1_000_000 : null, clause: misses(of)[0]?.key ?? null });
  const groups = (field: string, list: string) => [...new Set(items.map((item) => item.values[field] ?? ''))].map((each) => {
    const count = (all: typeof answers) => all.filter((of) => of.item.values[field] === each).length;
    return { code: each, label: code(list, each), yes: count(fits), near: count(near), unknown: count(open) };
  }).sort((a, b) => b.yes - a.yes);
  const alone = trees.map(({ key }) => ({ clause: key, removes: near.filter((of) => misses(of)[0]?.key === key).length })).sort((a, b) => b.removes - a.removes)[0];
  const deciding = content.clauses.filter((each) => each.kind === 'deciding');
  const cases = content.cases.map((each) => ({ key: each.key, passes: each.key !== 'k3', answer: each.key === 'k3' ? 'unknown' as const : each.expects, amount_fen: each.expects === 'yes' && each.key !== 'k3' ? 80_000_000 : null, why: each.key === 'k3' ? { zh: '应为“符合”，结果是“无法判断”', en: 'expected "fits", the answer is "cannot be told"' } : null }));
  const uncovered = deciding.map((each) => each.key).filter((key) => !content.cases.some((each) => each.fails_on === key));
  const bare = answered.filter((each, at) => content.clauses[at]?.kind === 'deciding' && each.when === null).length;
  const missing = [
    ...(bare > 0 ? [{ zh: `${bare} 条判定条款还没有表达式`, en: `${bare} deciding clauses have no expression` }] : []),
    ...(uncovered.length > 0 ? [{ zh: `${uncovered.length} 条判定条款还没有只在它上面不符合的用例`, en: `${uncovered.length} deciding clauses have no case that fails on them alone` }] : []),
    ...(cases.some((each) => !each.passes) ? [{ zh: '1 个用例没有通过', en: '1 case does not pass' }] : []),
    ...(content.clauses.length === 0 ? [{ zh: '还没有条款', en: 'there is no clause yet' }] : []),
  ];
  const total = fits.reduce((sum, of) => sum + (named(of).amount_fen ?? 0), 0);
  return {
    counts: sound ? { yes: fits.length, near: near.length, unknown: open.length, no: answers.length - fits.length - open.length } : null,
    money: sound && content.items.length > 0 ? { total_fen: total, firms: fits.length, unknown_firms: open.length, ceiling: false } : null,
    pool: content.money.pool ? { budget_fen: 8_000_000_000, quota: null, asked_fen: total, granted_fen: 0, firms: 0, paid_share: null } : null,
    groups: { region: groups('region', 'region'), industry: groups('industry', 'industry'), size: groups('size_class', 'size_class') },
    names: { yes: fits.slice(0, 20).map(named), near: near.slice(0, 20).map(named), unknown: open.slice(0, 20).map(named) },
    against: sound ? { version: 2, gained: { count: 3, names: fits.slice(0, 3).map(named) }, lost: { count: 1, names: near.slice(0, 1).map(named) } } : null,
    strictest: sound && alone && alone.removes > 0 ? alone : null,
    most_missing: sound ? { field: 'rd_ratio', label: { zh: '研发占比', en: 'Research share' }, firms: open.length + 4 } : null,
    clauses: answered,
    items: content.items.map((item) => ({ key: item.key, sentence: { zh: '项目的设备投资不低于 500 万元，并且已备案', en: 'a project with equipment of at least 5 million yuan that is on file' }, amount_sentence: item.benefit.amount === null ? null : { zh: '项目设备投资的 10 %，至多 200 万元', en: '10 % of the equipment of the project, up to 2 million yuan' }, findings: [], firms: sound ? fits.length : null, money_fen: sound ? total : null })),
    findings: [], coverage: { deciding: deciding.length, expressed: trees.length, person: 1, information: 2 }, cases, uncovered, missing,
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}
function given(body: unknown): Given {
  const content: Given = JSON.parse(JSON.stringify(field(body, 'content') ?? EMPTY));
  return content;
}
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, code: 'not_found' } };

const ordered: Handler = ({ body, persona, version }, [id = '', number = '', command = '']) => {
  const found = kept[id]?.versions.find((each) => each.line.number === Number(number));
  const policy = kept[id];
  if (!found || !policy) return absent;
  if (version !== found.line.revision) return { status: 412, body: { title: '别人先保存了', status: 412, code: 'stale' } };
  const me = nameOf(persona);
  const from = field(body, 'effective_from');
  const next: Partial<Record<string, Partial<VersionLine>>> = {
    check: { state: 'checked', checked_by: me }, approve: { state: typeof from === 'string' && from > '2026-11-20' ? 'scheduled' : 'in_force', approved_by: me, effective_from: typeof from === 'string' ? from : '2026-11-20' },
    return: { state: 'draft', checked_by: null }, discard: { state: 'discarded' }, withdraw: { state: 'withdrawn', effective_to: '2026-11-20' },
  };
  found.line = { ...found.line, ...next[command], revision: found.line.revision + 1 };
  return { status: 200, body: shown(policy, Number(number), me) };
};

const saved: Handler = ({ body, persona, version }, [id = '', number = '']) => {
  const policy = kept[id];
  const found = policy?.versions.find((each) => each.line.number === Number(number));
  if (!policy || !found) return absent;
  if (version !== found.line.revision) return { status: 412, body: { title: '别人先保存了', status: 412, code: 'stale', detail: '请选用哪一份。' } };
  found.content = given(body);
  found.line = { ...found.line, revision: found.line.revision + 1, saved_at: '2026-11-20T14:02:00+08:00', saved_by: nameOf(persona) };
  return { status: 200, body: shown(policy, Number(number), nameOf(persona)) };
};

const linesOf = (wanted: (line: VersionLine) => boolean, q: string): readonly AuthoringLine[] =>
  Object.values(kept).flatMap((policy) => policy.versions.filter((each) => wanted(each.line) && policy.head.title.zh.includes(q)).map((each) => ({ ...each.line, policy: policy.head })));

function articles(text: string): ReadonlyArray<{ readonly article: string | null; readonly text: string }> {
  return text.split(/\n+/).map((each) => each.trim()).filter((each) => each !== '').map((each) => {
    const found = /^(第[一二三四五六七八九十百]+条)[\s　]*(.*)$/.exec(each);
    return found ? { article: found[1] ?? null, text: found[2] ?? '' } : { article: null, text: each };
  });
}

export const routes: Routes = {
  'GET /policies/authoring': ({ query, persona }) => {
    const q = query.get('q') ?? '';
    const me = nameOf(persona);
    return { status: 200, body: { mine: linesOf((each) => each.state === 'draft' && each.author === me, q), waiting: linesOf((each) => each.state === 'checked', q), others: linesOf((each) => each.state === 'draft' && each.author !== me, q), scheduled: linesOf((each) => each.state === 'scheduled', q), recent: linesOf((each) => ['in_force', 'superseded', 'withdrawn'].includes(each.state), q) } };
  },
  'GET /policies/vocabulary': () => ({ status: 200, body: vocabulary }),
  'POST /policies/split': ({ body }) => ({ status: 200, body: { clauses: articles(String(field(body, 'text') ?? '')) } }),
  'POST /policies': ({ body, persona }) => {
    const id = `pol_n${Object.keys(kept).length}`;
    const title = field(body, 'title');
    const policy: Kept = { head: { ...head(id, String(field(title, 'zh')), String(field(title, 'en')), true), number: null }, versions: [{ line: line(1, 'draft', nameOf(persona)), content: EMPTY }] };
    kept[id] = policy;
    return { status: 201, body: shown(policy, 1, nameOf(persona)) };
  },
  'GET /policies/:id/versions': (_, [id = '']) => {
    const policy = kept[id];
    if (!policy) return absent;
    const open = policy.versions.find((each) => ['draft', 'checked', 'scheduled'].includes(each.line.state));
    return { status: 200, body: { policy: policy.head, versions: policy.versions.map((each) => each.line), can: { open: open ? no(`第 ${open.line.number} 版正在起草，先完成或弃用它`, `Version ${open.line.number} is being written; finish or discard it first`) : yes } } };
  },
  'POST /policies/:id/versions': ({ persona }, [id = '']) => {
    const policy = kept[id];
    const latest = policy?.versions[0];
    if (!policy || !latest) return absent;
    policy.versions.unshift({ line: line(latest.line.number + 1, 'draft', nameOf(persona)), content: latest.content });
    return { status: 201, body: shown(policy, latest.line.number + 1, nameOf(persona)) };
  },
  'GET /policies/:id/versions/:number': ({ persona }, [id = '', number = '']) => (kept[id] ? { status: 200, body: shown(kept[id], Number(number), nameOf(persona)) } : absent),
  'PUT /policies/:id/versions/:number': saved,
  'POST /policies/:id/versions/:number/trial': ({ body }) => ({ status: 200, body: trialOf(given(body)) }),
  'POST /policies/:id/versions/:number/commands/:command': ordered,
  'GET /policies/:id/versions/:number/difference': () => ({
    status: 200,
    body: { from: 2, differences: [
      { change: 'changed', part: 'clause', key: 'c3', label: CONTENT.clauses[2]?.text, before: { zh: '研发占比不低于 3.5 %', en: 'Research share is at least 3.5 %' }, after: { zh: '研发占比不低于 3 %，并且营业收入不低于 2000 万元', en: 'Research share is at least 3 %, and revenue at least 20 million yuan' } },
      { change: 'added', part: 'clause', key: 'c7', label: CONTENT.clauses[6]?.text, before: null, after: { zh: '对建立研发准备金制度的企业优先支持。', en: 'Firms with a research reserve come first.' } },
    ] },
  }),
  'GET /policies/:id/withdrawal': () => ({ status: 200, body: { firms: 31, money_fen: 2_600_000_000, names: items.slice(0, 12).map((item) => ({ id: item.id, name: item.title, region: null, amount_fen: null, clause: null })), policies: [{ id: 'pol_10', title: { zh: '设备更新贷款贴息', en: 'Interest on loans for equipment' } }] } }),
};
