/** Claims of the persona's firm and of others: one being filled in, one under review, one returned; and the desk's inbox. */
import type { Leaf } from '../api/matches';
import type { Claim, ClaimClause, Material } from '../features/claims/wire';
import type { InboxItem } from '../features/inbox/wire';
import { both, commandsOf, flowOf, inputsOf, order, step, type Case, type Course } from './cases.ts';
import { sessionOf } from './people.ts';
import type { Answered, Routes } from './server.ts';

const WAN = 1_000_000;
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };

const course: Course = {
  record: 'claim',
  states: {
    draft: { label: both('草稿', 'Draft'), duty: 'firm', next: both('填好后提交', 'Fill in and submit') },
    submitted: { label: both('已提交待受理', 'Submitted'), duty: 'officer', next: both('政策专员 1 个工作日内受理', 'Taken on within 1 working day') },
    reviewing: { label: both('审核中', 'Under review'), duty: 'officer', next: both('人工核的条款判完后报复核', 'Once the clauses are judged it goes to the reviewer') },
    correcting: { label: both('待企业补正', 'Waiting for the firm'), duty: 'firm', next: both('10 个工作日内补正，时钟暂停', 'Complete it within 10 working days; the clock is paused') },
    deciding: { label: both('待复核', 'Waiting for the decision'), duty: 'reviewer', next: both('另一人复核后公示', 'Another person decides, then public notice') },
    notice: { label: both('公示中', 'Public notice'), duty: 'reviewer', next: both('公示 5 个工作日，无异议转拨付', 'After 5 working days without objection it is paid') },
    payable: { label: both('待拨付', 'To be paid'), duty: 'finance', next: both('财政列入付款批次', 'Finance puts it into a batch') },
    refused: { label: both('未通过', 'Refused'), duty: '', next: both('10 个工作日内可申请复查', 'Another look may be asked for within 10 working days') },
    withdrawn: { label: both('已撤回', 'Withdrawn'), duty: '', next: both('这次申报已结束', 'This claim is over') },
  },
  rules: [
    { name: 'submit', label: both('提交', 'Submit'), from: ['draft'], to: 'submitted', by: ['firm'], confirm: both('提交后事实按今天登记的为准，要提交吗？', 'Facts count as they are on file today. Submit?') },
    { name: 'sign_for', label: both('受理', 'Take on'), from: ['submitted'], to: 'reviewing', by: ['officer'] },
    { name: 'recommend', label: both('审核通过报复核', 'Recommend'), from: ['reviewing'], to: 'deciding', by: ['officer'] },
    { name: 'ask', label: both('要求补正', 'Ask for corrections'), from: ['reviewing'], to: 'correcting', by: ['officer'], needs: ['question'] },
    { name: 'resubmit', label: both('补正后提交', 'Resubmit'), from: ['correcting'], to: 'reviewing', by: ['firm'] },
    { name: 'approve', label: both('批准', 'Approve'), from: ['deciding'], to: 'notice', by: ['reviewer'], not: ['recommend'], confirm: both('批准后占用预算并开始公示，要批准吗？', 'Approving reserves the budget and begins the public notice. Approve?') },
    { name: 'send_back', label: both('退回审核', 'Send back'), from: ['deciding'], to: 'reviewing', by: ['reviewer'], needs: ['reason'] },
    { name: 'refuse', label: both('不予通过', 'Refuse'), from: ['reviewing', 'deciding'], to: 'refused', by: ['reviewer'], not: ['recommend'], needs: ['reason'] },
    { name: 'withdraw', label: both('撤回', 'Withdraw'), from: ['draft', 'submitted', 'reviewing', 'correcting', 'deciding'], to: 'withdrawn', by: ['firm'], confirm: both('撤回后本次申报结束，要撤回吗？', 'This ends the claim. Withdraw?') },
  ],
};

const said = (command: string, from: string | null, to: string, by: string, at: string, inputs = {}) => step(course, command, from, to, by, at, inputs);
const submitted = [said('submit', 'draft', 'submitted', 'firm', '2026-11-16T09:14:00+08:00')];
const reviewing = [...submitted, said('sign_for', 'submitted', 'reviewing', 'officer', '2026-11-16T11:02:00+08:00')];
const cases: Record<string, Case> = {
  clm_01: { id: 'clm_01', state: 'draft', version: 1, steps: [] },
  clm_02: { id: 'clm_02', state: 'correcting', version: 6, steps: [...reviewing, said('ask', 'reviewing', 'correcting', 'officer', '2026-11-18T10:05:00+08:00', { question: '设备清单里第 3 台的铭牌照片看不清，请重拍。' })] },
  clm_11: { id: 'clm_11', state: 'reviewing', version: 4, steps: reviewing },
  clm_12: { id: 'clm_12', state: 'submitted', version: 2, steps: submitted },
  clm_13: { id: 'clm_13', state: 'deciding', version: 5, steps: [...reviewing, said('recommend', 'reviewing', 'deciding', 'officer', '2026-11-19T15:30:00+08:00')] },
};
const FIRMS: Readonly<Record<string, { readonly id: string; readonly title: string }>> = { clm_11: { id: 'ent_13', title: '娄底涟岳机械有限公司' }, clm_12: { id: 'ent_14', title: '新化璟砾陶瓷有限公司' }, clm_13: { id: 'ent_15', title: '双峰栩峰农机有限公司' } };
const OWN = { id: 'ent_01', title: '湖南澜砺合金材料有限公司' };

const leaf = (sentence: string, english: string, seen: string, source: string, as_of: string): Leaf => ({
  sentence: both(sentence, english), answer: 'yes', field: null, year: null, seen: both(seen, seen), source: { name: source, label: both(source, source) }, as_of, contested: false, stale: false, have: null, need: null, missing: null, unit: null, joiner: null, parts: [],
});
const clause = (key: string, article: string, text: string, english: string, parts: readonly Leaf[], person = false): ClaimClause => ({
  key, article, text: both(text, english), kind: person ? 'person' : 'deciding', item: null, answer: person ? 'unknown' : 'yes', facts: person ? null : 'yes', judged: null, judgeable: person, sentence: null, parts, materials: [],
});
const CLAUSES: readonly ClaimClause[] = [
  clause('scale', '第五条', '在本市注册的规模以上工业企业', 'An industrial firm above the reporting threshold, registered here', [leaf('规上', 'Above the threshold', '在库', '市统计局', '2026-10-31')]),
  clause('investment', '第六条', '设备投资不少于 500 万元', 'Equipment of at least 5 million yuan', [leaf('设备投资不少于 500 万元', 'Equipment of at least 5 million yuan', '2,250 万元', '市税务局', '2026-11-18')]),
  clause('match', '第十一条', '设备与备案的建设内容相符', 'The equipment agrees with what was filed', [], true),
  clause('running', '第十二条', '设备已安装并投入使用', 'The equipment is installed and in use', [], true),
];

interface Typed { payee: NonNullable<Claim['payee']>; note: string | null; materials: Material[]; judged: Record<string, NonNullable<ClaimClause['judged']>> }
const typed: Record<string, Typed> = {};
function typedOf(id: string): Typed {
  return (typed[id] ??= { payee: { name: FIRMS[id]?.title ?? OWN.title, bank: '中国银行娄底分行', account: id === 'clm_01' ? null : '6216000000004417', contact: id === 'clm_01' ? null : '周岚 0738-8312000' }, note: null, materials: id === 'clm_01' ? [] : [{ id: 'clmm_1', clause: 'match', name: '设备清单.pdf', note: null, file: 'att_1', provided_on: '2026-11-16' }], judged: {} });
}

function claimOf(of: Case, persona: string | null): Claim {
  const state = of.state;
  const has = typedOf(of.id);
  const may = (when: boolean, zh: string, en: string) => (when ? { allowed: true as const } : { allowed: false as const, reason: both(zh, en) });
  const clauses = CLAUSES.map((one): ClaimClause => {
    const judged = has.judged[one.key] ?? null;
    return { ...one, judged, answer: judged?.answer ?? one.answer, materials: has.materials.filter((material) => material.clause === one.key).map((material) => material.id) };
  });
  const open = clauses.some((one) => one.answer === 'unknown');
  return {
    id: of.id, version: of.version, number: `SB-2026-0000${of.id.slice(-2)}`, state, state_label: course.states[state]?.label ?? both(state, state), policy: { id: 'pol_01', title: both('技术改造设备投资奖补', 'Grant for equipment in technical renewal') }, policy_number: '娄工信发〔2026〕11 号', policy_version: 1,
    firm: FIRMS[of.id] ?? OWN, region: '431300', origin: 'application', period: 2026, submitted_on: state === 'draft' ? null : '2026-11-16', decided_on: null, notice_until: null, paid_on: null, note: has.note, reason: null, answer: clauses.some((one) => one.answer === 'no') ? 'no' : open ? 'unknown' : 'yes', frozen_on: state === 'draft' ? null : '2026-11-16', judged_as_of: '2026-11-20',
    clauses, items: [{ key: 'equipment', label: both('设备投资补助', 'Equipment grant'), text: both('按设备投资的 8% 补助', '8% of the equipment'), claimed: true, answer: 'yes', amount: 180 * WAN, formula: both('2,250 万元 × 8%', '22.5 million yuan × 8%'), records: [] }],
    money: { steps: [{ label: both('减：同一项目经开区已付', 'Less: paid already by the zone'), fen: -20 * WAN }], computed: 160 * WAN, decided: state === 'notice' || state === 'payable' ? 160 * WAN : null, ceiling: open, is_money: true },
    wanted: [{ clause: 'match', label: both('设备清单，含照片和铭牌', 'List of the equipment, with pictures and plates'), why: both('第十一条要由人核对设备与备案是否相符。', 'A person compares the equipment with what was filed (Art. 11).'), fields: [], required: true, provided: has.materials.some((material) => material.clause === 'match') }],
    materials: has.materials, payee: persona === 'leader' ? null : has.payee, budget: persona === 'firm' ? null : { id: 'bud_1', year: 2026, total: 4000 * WAN, reserved: 912 * WAN, spent: 2000 * WAN, left: 1088 * WAN }, objections: [], decision: null,
    can: { edit: may(persona === 'firm' && (state === 'draft' || state === 'correcting'), '现在不能改', 'It cannot be changed now'), judge: may(persona === 'officer' && state === 'reviewing', '由审核人判断', 'The officer in charge judges'), object: may(state === 'notice', '公示时才能提', 'Only during public notice') },
  };
}

function text(body: unknown, name: string): string | null {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : null;
}
function saved(of: Case, body: unknown): void {
  const has = typedOf(of.id);
  has.payee = { name: text(body, 'payee_name') ?? has.payee.name, bank: text(body, 'payee_bank') ?? has.payee.bank, account: text(body, 'payee_account') ?? has.payee.account, contact: text(body, 'contact') ?? has.payee.contact };
  has.note = text(body, 'note') ?? has.note;
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'materials') : undefined;
  if (Array.isArray(list)) has.materials = list.map((one: unknown, at): Material => ({ id: text(one, 'id') ?? `clmm_${at + 10}`, clause: text(one, 'clause'), name: text(one, 'name') ?? '', note: text(one, 'note'), file: text(one, 'file'), provided_on: '2026-11-20' }));
  of.version += 1;
}

const known = (id: string | undefined, then: (of: Case) => Answered): Answered => {
  const of = cases[id ?? ''];
  return of ? then(of) : absent;
};

const LAMPS: Readonly<Record<string, InboxItem['lamp']>> = { clm_11: { colour: 'red', days: -1, words: both('超 1 个工作日', '1 working day over') }, clm_12: { colour: 'amber', days: 0, words: both('今天到期', 'Due today') } };
function itemOf(of: Case, persona: string | null): InboxItem {
  const claim = claimOf(of, persona);
  const flow = flowOf(course, of, persona);
  return { record: 'claim', id: of.id, version: of.version, number: claim.number, title: '技术改造设备投资奖补', firm: { id: claim.firm.id, title: claim.firm.title }, state: of.state, state_label: claim.state_label, entered_at: null, lamp: flow.lamp.colour === 'done' ? flow.lamp : (LAMPS[of.id] ?? flow.lamp), promised: flow.promised, provisional: false, holder_name: null, mine: course.states[of.state]?.duty === persona, unassigned: of.state === 'submitted', commands: commandsOf(course, of, persona) };
}
const groupOf = (item: InboxItem) => (item.lamp.colour === 'red' ? 'overdue' : item.lamp.days === 0 ? 'today' : item.lamp.colour === 'paused' ? 'paused' : 'soon');
const SHOWN: Readonly<Record<string, (item: InboxItem) => boolean>> = {
  desk: (item) => item.mine, mine: (item) => item.mine && !item.unassigned, pool: (item) => item.mine && item.unassigned, all: (item) => item.lamp.colour !== 'done', todo: (item) => item.mine, running: (item) => !item.mine && item.lamp.colour !== 'done', done: (item) => item.lamp.colour === 'done',
};

function inbox(query: URLSearchParams, persona: string | null): Answered {
  const firm = sessionOf(persona).account?.firm?.id;
  const show = query.get('show') ?? (firm === undefined ? 'desk' : 'todo');
  const all = Object.values(cases).map((of) => itemOf(of, persona)).filter((item) => (firm === undefined ? item.state !== 'draft' : item.firm?.id === firm) && (SHOWN[show]?.(item) ?? true));
  const groups = { overdue: 0, today: 0, soon: 0, later: 0, paused: 0 };
  for (const item of all) groups[groupOf(item)] += 1;
  const group = query.get('group');
  return { status: 200, body: { show, groups, items: all.filter((item) => group === null || group === '' || groupOf(item) === group), next: null } };
}

export const routes: Routes = {
  'GET /inbox': ({ query, persona }) => inbox(query, persona),
  'POST /firms/:id/claims': ({ persona }) => known('clm_01', (of) => ({ status: 201, body: claimOf(of, persona) })),
  'GET /claims/:id': ({ persona }, [id]) => known(id, (of) => ({ status: 200, body: claimOf(of, persona) })),
  'PUT /claims/:id': ({ persona, body, version }, [id]) =>
    known(id, (of) => {
      if (version !== undefined && version !== of.version) return { status: 409, body: { title: '有人先保存了', status: 409, detail: '请再试一次。', code: 'stale' } };
      saved(of, body);
      return { status: 200, body: claimOf(of, persona) };
    }),
  'POST /claims/:id/judge': ({ persona, body }, [id]) =>
    known(id, (of) => {
      const { judged } = typedOf(of.id);
      const key = text(body, 'clause') ?? '';
      const answer = text(body, 'answer');
      if (answer === 'yes' || answer === 'no') judged[key] = { answer, by_name: '彭砚秋', on: '2026-11-20', note: text(body, 'note') ?? '' };
      else delete judged[key];
      of.version += 1;
      return { status: 200, body: claimOf(of, persona) };
    }),
  'POST /records/claim/:id/files': ({ query }) => ({ status: 201, body: { id: 'att_9', name: query.get('name') ?? '文件', size: 1024, created_at: '2026-11-20T10:00:00+08:00' } }),
  'GET /records/claim/:id/flow': ({ persona }, [id]) => known(id, (of) => ({ status: 200, body: flowOf(course, of, persona) })),
  'POST /records/claim/:id/commands/:command': ({ persona, body }, [id, command]) =>
    known(id, (of) => {
      const why = order(course, of, command ?? '', persona, inputsOf(body));
      return why === null ? { status: 200, body: { id: of.id, version: of.version } } : { status: 409, body: { title: '没有办成', status: 409, detail: why.zh, code: 'other_state' } };
    }),
};
