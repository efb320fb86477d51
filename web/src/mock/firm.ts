/** One firm's matches. Answers given in this run of the server are remembered and move the groups. */
import type { Clause, ClauseAnswer, GroupKey, Leaf, Matches, Near, PolicyAnswer, PolicyMatch, Question } from '../api/matches';
import type { FullRecord, Text } from '../api/types';
import { card, indexOf } from './policies.ts';
import { policyRecord } from './records.ts';
import type { Answered, Routes } from './server.ts';

const WAN = 1_000_000;
const both = (zh: string, en: string): Text => ({ zh, en });
const FIRM = { id: 'ent_01', title: '湖南澜砺合金材料有限公司' };

const QUESTIONS: readonly Question[] = [
  {
    field: 'smart_share', year: null, label: both('设备中数控或联网的占比', 'Share of networked equipment'),
    prompt: both('2026 年新购的设备里，带数控或联网功能的，按金额约占多少？', 'Of the equipment bought in 2026, what share by value is numerically controlled or networked?'),
    decides: { count: 4, money: 152 * WAN }, type: 'percent', unit: both('%', '%'), list: null,
    choices: [{ label: both('不到 30 %', 'Under 30 %'), value: 2000 }, { label: both('30 % 至 50 %', '30 % to 50 %'), value: 4000 }, { label: both('50 % 以上', 'Over 50 %'), value: 6000 }],
  },
  {
    field: 'university_contract', year: null, label: both('是否首次与高校签技术合同', 'First contract with a university'),
    prompt: both('今年是不是第一次与高校或科研院所签订技术合同？', 'Is this year the first time you signed a technology contract with a university or institute?'),
    decides: { count: 2, money: 65 * WAN }, type: 'bool', unit: null, list: null, choices: [{ label: both('是', 'Yes'), value: true }, { label: both('不是', 'No'), value: false }],
  },
  {
    field: 'energy', year: 2025, label: both('2025 年用电量', 'Electricity used in 2025'),
    prompt: both('2025 年一共用了多少电？', 'How much electricity did you use in 2025?'),
    decides: { count: 3, money: 80 * WAN }, type: 'int', unit: both('万千瓦时', '10,000 kWh'), list: null, choices: [],
  },
  {
    field: 'total_assets', year: 2025, label: both('2025 年末资产总额', 'Total assets at the end of 2025'),
    prompt: both('2025 年末的资产总额是多少？', 'What were your total assets at the end of 2025?'),
    decides: { count: 2, money: 30 * WAN }, type: 'money', unit: null, list: null, choices: [],
  },
];

function clause(number: number, answer: ClauseAnswer, zh: string, en: string, seen: Text | null) {
  return { number, sentence: both(zh, en), answer, seen };
}

function yes(at: number, money: number | null, clauses: PolicyMatch['clauses']): PolicyMatch {
  return { policy: card(at), answer: 'yes', money, clauses, near: null, unknown: [], contested: [] };
}

const RESEARCH: Near = {
  sentence: both('研发占比不低于 3 %', 'research share at least 3 %'), have: 2.7, need: 3, missing: 0.3, unit: both('%', '%'), time_cures: '2026-12-31',
  text: both('研发占比 2.7 %，需 3.0 %，还差 86 万元，12 月 31 日前', 'Research share is 2.7 %, 3.0 % is needed: 860,000 yuan short, by 31 December'),
};
const PATENTS: Near = {
  sentence: both('有效发明专利不少于 2 件', 'at least 2 invention patents'), have: 1, need: 2, missing: 1, unit: both('件', ''), time_cures: null,
  text: both('有效发明专利 1 件，需 2 件，还差 1 件', '1 invention patent in force, 2 needed: one short'),
};

const FITS: readonly PolicyMatch[] = [
  yes(0, 160 * WAN, [
    clause(1, 'yes', '规模以上工业企业', 'industrial firm above the reporting size', both('在库，市统计局 10 月', 'listed, statistics bureau, October')),
    clause(2, 'yes', '设备投资 2,250 万元，需 500 万元', 'equipment 22.5 million yuan, 5 million needed', both('发票 15 张，税务 11-18', '15 invoices, tax bureau 11-18')),
    clause(3, 'yes', '项目已备案，在有效期内', 'project on file and valid', both('市发改委 2025-09-02', 'planning bureau 2025-09-02')),
    clause(4, 'yes', '近 12 个月无重大安全环保事故', 'no major incident in 12 months', both('应急、生态环境 11-19', 'emergency, environment 11-19')),
    clause(5, 'person', '设备与备案内容相符', 'equipment agrees with the filing', both('申报后由市工信局核', 'checked after application')),
  ]),
  yes(2, 19_4000_00, [clause(1, 'yes', '足额缴费 12 个月', '12 months paid in full', null), clause(2, 'yes', '裁员率 0.6 %，需低于 5.5 %', 'laid off 0.6 %, under 5.5 % needed', null), clause(3, 'yes', '中型企业，返还 60 %', 'medium firm, 60 % back', null)]),
  yes(3, 193_5000_00, [clause(1, 'yes', '查账征收', 'taxed on audited accounts', null), clause(2, 'yes', '研发费用 774 万元', 'research costs 7.74 million yuan', null), clause(3, 'yes', '不在负面行业', 'not in an excluded industry', null)]),
  yes(4, null, [clause(1, 'yes', '注册满一年', 'registered for a year', null)]),
];
const NEAR: readonly PolicyMatch[] = [
  { policy: card(1), answer: 'no', money: 68_8000_00, clauses: [clause(1, 'yes', '在娄底注册', 'registered in Loudi', null), clause(2, 'no', '研发占比不低于 3 %', 'research share at least 3 %', null)], near: RESEARCH, unknown: [], contested: [] },
  { policy: card(5), answer: 'no', money: 50 * WAN, clauses: [clause(1, 'no', '有效发明专利不少于 2 件', 'at least 2 invention patents', null)], near: PATENTS, unknown: [], contested: [] },
];
const UNKNOWN: readonly PolicyMatch[] = [
  { policy: card(6), answer: 'unknown', money: 30 * WAN, clauses: [clause(1, 'unknown', '单位产值能耗低于行业标准', 'energy per output under the standard', null)], near: null, unknown: [{ field: 'energy', year: 2025, label: both('2025 年用电量', 'Electricity used in 2025') }], contested: [] },
  { policy: card(8), answer: 'unknown', money: 65 * WAN, clauses: [clause(1, 'unknown', '首次签订技术合同', 'first technology contract', null)], near: null, unknown: [{ field: 'university_contract', year: null, label: both('是否首次与高校签技术合同', 'First contract with a university') }], contested: [] },
];
const NO: readonly PolicyMatch[] = Array.from({ length: 40 }, (_, at) => ({
  policy: card(7 + at * 2), answer: 'no' as const, money: null, clauses: [clause(1, 'no', at % 2 ? '在双峰县注册' : '纺织行业', at % 2 ? 'registered in Shuangfeng' : 'textile industry', at % 2 ? both('看到：娄底经开区', 'seen: Loudi development zone') : both('看到：有色金属合金制造', 'seen: non-ferrous alloys'))], near: null, unknown: [], contested: [],
}));
const GROUPS: Readonly<Record<GroupKey, readonly PolicyMatch[]>> = { fits: FITS, near: NEAR, unknown: UNKNOWN, no: NO };

let answers: readonly { readonly id: string; readonly field: string }[] = [];

function matches(): Matches {
  const open = QUESTIONS.filter((question) => !answers.some((one) => one.field === question.field));
  const done = QUESTIONS.filter((question) => !open.includes(question));
  const moved = done.reduce((sum, one) => sum + one.decides.count, 0);
  const money = done.reduce((sum, one) => sum + one.decides.money, 0);
  return {
    firm: FIRM, as_of: '2026-11-20T08:12:00+08:00', sequence: 7, day: '2026-11-20', judged_year: 2025, in_force: 2846,
    groups: { fits: { count: 14 + moved, money: 412_6000_00 + money }, near: { count: 6, money: 268_8000_00 }, unknown: { count: 11 - moved, money: 327 * WAN - money }, no: { count: 2815 } },
    question: open[0] ?? null, questions: open, fits: FITS.slice(0, 3), near: NEAR, unknown: UNKNOWN,
    reasons: [
      { key: 'region', label: both('不在适用的地区', 'Outside the region'), count: 1204 }, { key: 'industry', label: both('行业不符', 'Another industry'), count: 968 },
      { key: 'size', label: both('规模不符', 'Another size'), count: 331 }, { key: 'window', label: both('今年的申报期已过', 'Applications closed this year'), count: 197 }, { key: 'other', label: both('其他', 'Other'), count: 115 },
    ],
    known: [
      { field: 'credit_code', year: null, label: both('信用代码', 'Credit code'), value: '91431300MA4L2C2X7K', source: 'market', as_of: '2026-11-01', band: null },
      { field: 'region', year: null, label: both('所在', 'Where'), value: '431371', source: 'market', as_of: '2026-11-01', band: null },
      { field: 'industry', year: null, label: both('行业', 'Industry'), value: '3240', source: 'statistics', as_of: '2026-10-31', band: null },
      { field: 'size_class', year: null, label: both('划型', 'Size'), value: 'medium', source: 'statistics', as_of: '2026-10-31', band: null },
      { field: 'revenue', year: 2025, label: both('营收', 'Revenue'), value: 28_667_0000_00, source: 'tax', as_of: '2026-05-31', band: null },
      { field: 'employees', year: 2025, label: both('从业', 'Employees'), value: 312, source: 'insurance', as_of: '2026-10-31', band: null },
    ],
  };
}

const EMPTY: Leaf = { sentence: both('', ''), answer: 'yes', field: null, year: null, seen: null, source: null, as_of: null, contested: false, stale: false, have: null, need: null, missing: null, unit: null, joiner: null, parts: [] };
const leaf = (more: Partial<Leaf>): Leaf => ({ ...EMPTY, ...more });
const source = (name: string, zh: string, en: string) => ({ name, label: both(zh, en) });

function clauses(at: number): readonly Clause[] {
  const near = at % 12 === 1;
  const unknown = at % 12 === 6 || at % 12 === 8;
  const no = at % 12 === 7;
  return [
    { number: 1, article: '第五条', text: both('在娄底市注册、纳税的规模以上工业企业', 'Industrial firms above the reporting size, registered and taxed in Loudi'), kind: 'deciding', answer: no ? 'no' : 'yes', sentence: null, parts: [leaf({ answer: no ? 'no' : 'yes', sentence: both('所在地在娄底市', 'region within Loudi'), field: 'region', seen: both('娄底经开区', 'Loudi development zone'), source: source('market', '市市场监管局', 'Market regulation bureau'), as_of: '2026-10-31' })] },
    { number: 2, article: '第六条', text: both('满足下面任意一项', 'Any one of these'), kind: 'deciding', answer: near ? 'near' : 'yes', sentence: null, parts: [
      leaf({ joiner: 'any', answer: near ? 'near' : 'yes', sentence: both('满足任意一项', 'any of'), parts: [
        leaf({ answer: 'no', sentence: both('省级专精特新中小企业', 'provincial specialised small firm'), field: 'certs', seen: both('未认定', 'not recognised'), source: source('science', '省工信厅', 'Provincial industry department'), as_of: '2026-09-30' }),
        leaf(near
          ? { answer: 'near', sentence: both('研发占比不低于 3 %', 'research share at least 3 %'), field: 'rd_ratio', year: 2025, seen: both('2.7 %', '2.7 %'), source: source('tax', '市税务局', 'Tax bureau'), as_of: '2026-05-31', have: 2.7, need: 3, missing: 0.3, unit: both('%', '%') }
          : { joiner: 'all', answer: 'yes', sentence: both('近两年营收都增长', 'revenue grew in both years'), parts: [
              leaf({ sentence: both('2024 年增长', 'grew in 2024'), year: 2024, seen: both('8.4 %', '8.4 %'), source: source('tax', '市税务局', 'Tax bureau'), as_of: '2025-05-31' }),
              leaf({ sentence: both('2025 年增长', 'grew in 2025'), year: 2025, seen: both('11.2 %', '11.2 %'), source: source('tax', '市税务局', 'Tax bureau'), as_of: '2026-05-31' }),
            ] }),
      ] }),
    ] },
    { number: 3, article: '第六条', text: both('同一项目的设备投资不少于 500 万元', 'Equipment of one project at least 5 million yuan'), kind: 'deciding', answer: 'yes', sentence: null, parts: [leaf({ sentence: both('设备投资不少于 500 万元', 'equipment at least 5 million yuan'), field: 'equipment_investment', year: 2025, seen: both('2,250 万元，15 张发票', '22.5 million yuan, 15 invoices'), source: source('tax', '市税务局', 'Tax bureau'), as_of: '2026-11-18' })] },
    { number: 4, article: '第七条', text: both('数控或联网设备占设备投资不低于 30 %', 'At least 30 % of the equipment is numerically controlled or networked'), kind: 'deciding', answer: unknown ? 'unknown' : 'yes', sentence: null, parts: [leaf({ answer: unknown ? 'unknown' : 'yes', sentence: both('占比不低于 30 %', 'share at least 30 %'), field: 'smart_share', seen: unknown ? null : both('41 %', '41 %'), source: unknown ? null : source('firm', '您填的', 'You'), as_of: unknown ? null : '2026-11-20' })] },
    { number: 5, article: '第十一条', text: both('设备与备案的建设内容相符', 'The equipment agrees with the filed project'), kind: 'person', answer: 'person', sentence: both('申报后由市工信局技改科核，10 个工作日内', 'checked after application by the bureau within 10 working days'), parts: [] },
    { number: 6, article: '第十二条', text: both('资金不足时，按同一比例核减', 'When funds do not suffice all awards are reduced by one ratio'), kind: 'information', answer: 'information', sentence: null, parts: [] },
  ];
}

function policyAnswer(id: string): PolicyAnswer | null {
  const at = indexOf(id);
  const item = policyRecord(id);
  if (!item) return null;
  const list = clauses(at);
  const count = (answer: ClauseAnswer) => list.filter((one) => one.answer === answer).length;
  const near = count('near') > 0;
  return {
    policy: card(at), item, answer: near || count('no') > 0 ? 'no' : count('unknown') > 0 ? 'unknown' : 'yes', near: near ? RESEARCH : null,
    summary: { yes: count('yes'), no: count('no') + count('near'), unknown: count('unknown'), person: 1, info: 1 }, clauses: list,
    steps: [
      { label: both('您提交', 'You apply'), within: both('今天就可以', 'today') }, { label: both('市工信局受理', 'Accepted by the bureau'), within: both('3 个工作日', '3 working days') },
      { label: both('核验设备', 'Equipment verified'), within: both('10 个工作日', '10 working days') }, { label: both('公示', 'Published'), within: both('5 个工作日', '5 working days') }, { label: both('到账', 'Paid'), within: both('7 个工作日', '7 working days') },
    ],
    benefits: null,
  };
}

const note = (name: string, as_of: string | null, contested = false) => ({ source: name, as_of, period: null, contested, stale: false, band: null });
export const enterprise: FullRecord = {
  id: 'ent_01', version: 7, title: FIRM.title, record: 'enterprise', children: {}, can: { update: { allowed: false, reason: both('由部门提供', 'kept by departments') } },
  values: { name: FIRM.title, credit_code: '91431300MA4L2C2X7K', region: '431371', industry: '3240', established: '2014-06-18', registered_capital: 5000 * WAN, size_class: 'medium', above_scale: true, land_area: 48_620, invention_patents: 1, certs: ['high_tech', 'innovative'], smart_share: null, dishonest: false, major_incident: false },
  years: {
    2025: { revenue: 28_667 * WAN, tax_paid: 1_204 * WAN, employees: 312, rd_spend: 774 * WAN, rd_ratio: 270 }, 2024: { revenue: 25_780 * WAN, tax_paid: 1_088 * WAN, employees: 305, rd_spend: 690 * WAN, rd_ratio: 268 },
    2023: { revenue: 23_782 * WAN, tax_paid: null, employees: 291, rd_spend: 615 * WAN, rd_ratio: 259 },
  },
  facts: {
    name: note('market', '2026-11-01'), credit_code: note('market', '2026-11-01'), region: note('market', '2026-11-01'), industry: note('statistics', '2026-10-31'), established: note('market', '2026-11-01'), registered_capital: note('market', '2026-11-01'),
    size_class: note('statistics', '2026-10-31'), above_scale: note('statistics', '2026-10-31'), revenue: note('tax', '2026-05-31'), tax_paid: note('tax', '2026-05-31'), employees: note('insurance', '2026-10-31', true), land_area: note('market', '2025-12-31'),
    rd_spend: note('tax', '2026-05-31'), rd_ratio: note('tax', '2026-05-31'), invention_patents: note('science', '2026-11-10'), certs: note('science', '2026-09-30'), dishonest: note('market', '2026-11-19'), major_incident: note('market', '2026-11-19'),
  },
};

const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '没有这家企业。', code: 'not_found' } };
const said = (body: unknown, name: string): unknown => (typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined);

export const routes: Routes = {
  'GET /firms/:id/matches': (_, [id]) => (id === FIRM.id ? { status: 200, body: matches() } : absent),
  'GET /firms/:id/matches/groups/:group': ({ query }, [, group]) => {
    const all = group === 'fits' || group === 'near' || group === 'unknown' || group === 'no' ? GROUPS[group] : [];
    const from = Number(query.get('after') || 0);
    return { status: 200, body: { items: all.slice(from, from + 20), total: all.length, next: from + 20 < all.length ? String(from + 20) : null } };
  },
  'GET /firms/:id/matches/:policy': (_, [, policy]) => {
    const found = policyAnswer(policy ?? '');
    return found ? { status: 200, body: found } : absent;
  },
  'POST /firms/:id/answers': ({ body }) => {
    const field = String(said(body, 'field'));
    if (said(body, 'value') === null) return { status: 422, body: { title: '没有记下', status: 422, code: 'validation', detail: '请填一个数。', errors: [{ field: 'value', code: 'required', message: '请填一个数' }] } };
    const id = `ans_${answers.length + 1}`;
    answers = [...answers, { id, field }];
    return { status: 200, body: { matches: matches(), gained: field === 'smart_share' ? [card(9), card(10)] : [], lost: [], answer_id: id } };
  },
  'DELETE /firms/:id/answers/:answer': (_, [, id]) => {
    answers = answers.filter((one) => one.id !== id);
    return { status: 200, body: { matches: matches(), gained: [], lost: [card(9), card(10)], answer_id: id } };
  },
  'GET /records/enterprise/:id': (_, [id]) => (id === FIRM.id ? { status: 200, body: enterprise } : absent),
};
