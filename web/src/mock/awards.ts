/** One award run from its dry run on, one that is done, and the policies that may start one. */
import type { Budget, Line, Offer, Run, RunState } from '../features/awards/wire';
import { both, flowOf, inputsOf, order, step, type Case, type Course } from './cases.ts';
import type { Answered, Handler, Routes } from './server.ts';

const WAN = 1_000_000;
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };

const course: Course = {
  record: 'award_run',
  states: {
    preparing: { label: both('准备中', 'In preparation'), duty: 'officer', next: both('冻结名单', 'Freeze the list') },
    frozen: { label: both('已冻结', 'Frozen'), duty: 'officer', next: both('试算每家得多少', 'Try out what each receives') },
    tried: { label: both('已试算，待一签', 'Awaiting the first signature'), duty: 'reviewer', next: both('第一人核对后签署', 'The first person checks and signs') },
    signed: { label: both('待二签', 'Awaiting the second signature'), duty: 'reviewer', next: both('另一人签署后占用预算并发放', 'Once another has signed, money is reserved and granted') },
    granting: { label: both('兑现中', 'Being granted'), duty: 'officer', next: both('系统正在建申报', 'Claims are being made') },
    granted: { label: both('已兑现', 'Granted'), duty: '', next: both('企业确认收款账户', 'Firms confirm their accounts') },
    cancelled: { label: both('已取消', 'Cancelled'), duty: '', next: both('不再兑现', 'Nothing is granted') },
  },
  rules: [
    { name: 'freeze', label: both('冻结名单', 'Freeze'), from: ['preparing', 'tried'], to: 'frozen', by: ['officer'], confirm: both('按今天登记的资料冻结符合条件的企业，要冻结吗？', 'Firms that fit are frozen with the facts on file today. Freeze?') },
    { name: 'dry_run', label: both('试算', 'Dry run'), from: ['frozen'], to: 'tried', by: ['officer'] },
    { name: 'sign_first', label: both('一签', 'First signature'), from: ['tried'], to: 'signed', by: ['reviewer'], not: ['freeze', 'dry_run'], confirm: both('确认名单和金额无误，要签署吗？', 'Names and amounts are right. Sign?') },
    { name: 'sign_second', label: both('二签并兑现', 'Second signature'), from: ['signed'], to: 'granting', by: ['reviewer', 'leader'], not: ['freeze', 'dry_run', 'sign_first'], confirm: both('签署后占用预算并给每家企业生成办件，要签署吗？', 'Signing reserves the budget and makes a claim for every firm. Sign?') },
    { name: 'send_back', label: both('退回', 'Send back'), from: ['tried', 'signed'], to: 'frozen', by: ['reviewer', 'leader'], needs: ['reason'] },
    { name: 'cancel', label: both('取消批次', 'Cancel'), from: ['preparing', 'frozen', 'tried', 'signed'], to: 'cancelled', by: ['officer', 'reviewer'], needs: ['reason'], confirm: both('取消后这个批次不再兑现，要取消吗？', 'Nothing of this run will be granted. Cancel?') },
  ],
};

const cases: Record<string, Case> = {
  awr_01: { id: 'awr_01', state: 'tried', version: 4, steps: [step(course, 'begin', null, 'preparing', 'officer', '2026-11-12T09:02:00+08:00'), step(course, 'freeze', 'preparing', 'frozen', 'officer', '2026-11-12T09:10:00+08:00'), step(course, 'dry_run', 'frozen', 'tried', 'officer', '2026-11-12T09:14:00+08:00')] },
  awr_02: { id: 'awr_02', state: 'granted', version: 9, steps: [step(course, 'begin', null, 'preparing', 'officer', '2026-06-02T09:02:00+08:00'), step(course, 'freeze', 'preparing', 'frozen', 'officer', '2026-06-02T09:10:00+08:00'), step(course, 'sign_first', 'tried', 'signed', 'reviewer', '2026-06-03T15:20:00+08:00'), step(course, 'sign_second', 'signed', 'granting', 'leader', '2026-06-04T08:41:00+08:00')] },
};

const NAMES = ['沅阶精密铸造', '涟岳机械', '璟砾陶瓷', '栩峰农机', '砚衡紧固件', '坤屿电子', '沅冶炉料', '岑石新材料'];
const GRANTED = 62;
const REASONS = [['excluded', both('与“技术改造设备投资奖补”不能同时享受', 'excluded by “Grant for equipment in technical renewal”')], ['claimed', both('今年已经享受过', 'received this year already')], ['unknown', both('资料不全，判不了', 'facts are missing')]] as const;

const lines: readonly Line[] = Array.from({ length: GRANTED + 9 }, (_, at): Line => {
  const skipped = at % 8 === 7 && at < 72 ? REASONS[at % 3] : undefined;
  const full = (6 + (at % 7)) * WAN + at * 100;
  const cut = at % 5 === 0 && !skipped;
  return {
    firm: { id: `ent_${at + 10}`, title: `娄底${NAMES[at % NAMES.length] ?? ''}${at + 1} 号有限公司` }, region: at % 2 === 0 ? both('娄星区', 'Louxing') : both('涟源市', 'Lianyuan'),
    amount: skipped ? 0 : cut ? 5 * WAN : full, full, skipped: skipped?.[1] ?? null, note: cut ? both('按全年封顶减到 5 万元', 'cut to 50,000 yuan by the cap of the year') : null, claim: null,
  };
});
const given = lines.filter((one) => one.skipped === null);
const total = given.reduce((sum, one) => sum + one.amount, 0);
const budget: Budget = { id: 'bud_01', year: 2026, total: 1_200 * WAN, reserved: 180 * WAN, spent: 310 * WAN, left: 710 * WAN };

const policies: readonly { readonly id: string; readonly title: ReturnType<typeof both> }[] = [{ id: 'pol_03', title: both('失业保险稳岗返还', 'Return of unemployment insurance to employers who keep jobs') }, { id: 'pol_08', title: both('首次升规企业奖励', 'Award for first passing the reporting threshold') }, { id: 'pol_07', title: both('绿色工厂奖励', 'Green factory award') }];

function runOf(of: Case): Run {
  const state: RunState = of.state === 'granting' ? 'granted' : (['preparing', 'frozen', 'tried', 'signed', 'granted', 'cancelled'] as const).find((one) => one === of.state) ?? 'preparing';
  const tried = state !== 'preparing' && state !== 'frozen';
  const policy = policies[of.id === 'awr_02' ? 1 : 0] ?? { id: 'pol_03', title: both('失业保险稳岗返还', 'Return of unemployment insurance') };
  return {
    id: of.id, version: of.version, number: of.id === 'awr_02' ? 'MS-2026-2' : 'MS-2026-7', policy, policy_version: 2, region: both('娄底市', 'Loudi'), day: state === 'preparing' ? null : '2026-11-12', state, state_label: course.states[state]?.label ?? both(state, state),
    candidates: state === 'preparing' ? null : lines.length, progress: 0, firms: tried ? given.length : null, total: tried ? total : null, skipped: tried ? lines.length - given.length : null,
    skipped_by: tried ? REASONS.map(([code, reason]) => ({ code, reason, count: lines.filter((one) => one.skipped === reason).length })) : [],
    refused: null, moved: null, budget: state === 'granted' ? { ...budget, reserved: budget.reserved + total, left: budget.left - total } : budget, created_count: state === 'granted' ? given.length : 0, created_total: state === 'granted' ? total : 0,
    signatures: of.steps.filter((one) => ['freeze', 'dry_run', 'sign_first', 'sign_second'].includes(one.command)).map((one) => ({ command: one.command, by_name: one.by_name ?? '', at: one.at })),
  };
}

const offers: readonly Offer[] = [
  { policy: policies[1] ?? { id: '', title: '' }, ready: true, why: null, firms: 24, budget: { ...budget, id: 'bud_02', left: 240 * WAN }, open_run: null },
  { policy: policies[0] ?? { id: '', title: '' }, ready: false, why: both('这项政策已有一批在办。', 'A run of this policy is under way.'), firms: 71, budget, open_run: { id: 'awr_01', number: 'MS-2026-7' } },
  { policy: policies[2] ?? { id: '', title: '' }, ready: false, why: both('第九条“设备与备案相符”要人工核，先写成规则或改为说明。', 'Article 9 is left to a person; write it as a rule or make it informational.'), firms: 12, budget: null, open_run: null },
];

const listed: Handler = ({ query }) => {
  const states = (query.get('where.state') ?? '').split(',').filter((one) => one !== '');
  const found = Object.values(cases).filter((one) => states.length === 0 || states.includes(one.state));
  const items = found.map((one) => {
    const run = runOf(one);
    return { id: one.id, version: one.version, title: run.number ?? one.id, values: { number: run.number, policy: run.policy.id, state: one.state, candidates: run.candidates, total: run.total, promised: one.state === 'granted' ? null : '2026-11-24', holder_name: null, closed_at: one.state === 'granted' ? '2026-06-04T09:00:00+08:00' : null } };
  });
  return { status: 200, body: { items, total: items.length, next: null, facets: {}, titles: Object.fromEntries(policies.map((one) => [one.id, one.title.zh])) } };
};

const pageOf: Handler = ({ query }) => {
  const show = query.get('show') ?? 'all';
  const q = query.get('q') ?? '';
  const found = lines.filter((one) => (show === 'all' || (show === 'skipped') === (one.skipped !== null)) && String(one.firm.title).includes(q));
  const from = Number(query.get('after') || 0);
  const limit = Number(query.get('limit') ?? 50);
  return { status: 200, body: { items: found.slice(from, from + limit), total: found.length, next: from + limit < found.length ? String(from + limit) : null } };
};

const known = (id: string | undefined, then: (of: Case) => Answered): Answered => {
  const of = cases[id ?? ''];
  return of ? then(of) : absent;
};

export const routes: Routes = {
  'GET /records/award_run': listed,
  'GET /award-runs/policies': () => ({ status: 200, body: { items: offers } }),
  'POST /award-runs': () => {
    cases['awr_03'] = { id: 'awr_03', state: 'preparing', version: 1, steps: [step(course, 'begin', null, 'preparing', 'officer', '2026-11-20T10:20:00+08:00')] };
    return { status: 201, body: runOf(cases['awr_03']) };
  },
  'GET /award-runs/:id': (_, [id]) => known(id, (of) => ({ status: 200, body: runOf(of) })),
  'GET /award-runs/:id/lines': pageOf,
  'GET /award-runs/:id/export': () => ({ status: 200, type: 'text/csv', body: '\ufeff企业,金额\r\n' }),
  'GET /records/award_run/:id/flow': ({ persona }, [id]) => known(id, (of) => ({ status: 200, body: flowOf(course, of, persona) })),
  'POST /records/award_run/:id/commands/:command': ({ persona, body }, [id, command]) =>
    known(id, (of) => {
      const why = order(course, of, command ?? '', persona, inputsOf(body));
      return why === null ? { status: 200, body: runOf(of) } : { status: 409, body: { title: '没有办成', status: 409, detail: why.zh, code: 'two_persons' } };
    }),
};
