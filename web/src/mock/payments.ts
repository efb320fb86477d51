/** Payable claims of two policies, a batch at the bank, and a recovery. */
import type { Batch, BatchState, Payable, Payment, Recovery, ReturnPreview } from '../features/payments/wire';
import { both, flowOf, inputsOf, order, step, type Case, type Course } from './cases.ts';
import type { Answered, Routes } from './server.ts';

const WAN = 1_000_000;
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };
const policy = { id: 'pol_01', title: both('技术改造设备投资奖补', 'Grant for equipment in technical renewal') };

const course: Course = {
  record: 'payment_batch',
  states: {
    drawn: { label: both('待一签', 'Awaiting the first signature'), duty: 'reviewer', next: both('第一人核对账号和金额后签署', 'The first person checks and signs') },
    signed: { label: both('待二签', 'Awaiting the second signature'), duty: 'leader', next: both('另一人签署后可导出银行文件', 'Once another has signed, the file can be taken') },
    released: { label: both('可交银行', 'Ready for the bank'), duty: 'finance', next: both('下载文件交银行', 'Hand the file to the bank') },
    sent: { label: both('已交银行', 'At the bank'), duty: 'finance', next: both('收到回单后上传', 'Give the bank’s return once it comes') },
    settled: { label: both('已结清', 'Settled'), duty: '', next: both('每一笔都有结果', 'Every payment has a result') },
    cancelled: { label: both('已取消', 'Cancelled'), duty: '', next: both('申报退回可付款', 'The claims are payable again') },
  },
  rules: [
    { name: 'sign_first', label: both('一签', 'First signature'), from: ['drawn'], to: 'signed', by: ['finance', 'reviewer', 'leader'], not: ['draw'], confirm: both('账号和金额都核对过，要签署吗？', 'Accounts and amounts are checked. Sign?') },
    { name: 'sign_second', label: both('二签', 'Second signature'), from: ['signed'], to: 'released', by: ['finance', 'reviewer', 'leader'], not: ['draw', 'sign_first'], confirm: both('签署后文件就能导出，要签署吗？', 'Once signed the file can be taken. Sign?') },
    { name: 'export', label: both('已交银行', 'Handed to the bank'), from: ['released'], to: 'sent', by: ['finance'], confirm: both('文件已交给银行了吗？之后批次不能取消。', 'Has the bank got the file? The batch cannot be cancelled then.') },
    { name: 'cancel', label: both('取消批次', 'Cancel'), from: ['drawn', 'signed', 'released'], to: 'cancelled', by: ['finance'], needs: ['reason'] },
  ],
};
const recovering: Course = {
  record: 'recovery',
  states: {
    open: { label: both('待核实', 'To be checked'), duty: 'officer', next: both('核实后发追回通知，或免予追回', 'Demand it, or waive it') },
    demanded: { label: both('已通知企业', 'Demanded'), duty: 'firm', next: both('企业 20 个工作日内退回', 'The firm returns it within 20 working days') },
    waived: { label: both('免予追回', 'Waived'), duty: '', next: both('不再追回', 'Not recovered') },
  },
  rules: [
    { name: 'demand', label: both('发追回通知', 'Demand it back'), from: ['open'], to: 'demanded', by: ['officer', 'leader'], confirm: both('通知企业退回 12 万元？', 'Tell the firm to return 120,000 yuan?') },
    { name: 'waive', label: both('免予追回', 'Waive'), from: ['open', 'demanded'], to: 'waived', by: ['reviewer'], needs: ['reason'] },
  ],
};

const cases: Record<string, Case> = {
  pay_01: { id: 'pay_01', state: 'sent', version: 6, steps: [step(course, 'draw', null, 'drawn', 'finance', '2026-11-16T09:02:00+08:00'), step(course, 'sign_first', 'drawn', 'signed', 'reviewer', '2026-11-16T11:20:00+08:00'), step(course, 'sign_second', 'signed', 'released', 'leader', '2026-11-17T08:41:00+08:00'), step(course, 'export', 'released', 'sent', 'finance', '2026-11-17T09:15:00+08:00')] },
  pay_02: { id: 'pay_02', state: 'drawn', version: 1, steps: [step(course, 'draw', null, 'drawn', 'finance', '2026-11-19T09:02:00+08:00')] },
};
const recoveries: Record<string, Case> = { rcv_01: { id: 'rcv_01', state: 'open', version: 1, steps: [step(recovering, 'found', null, 'open', '', '2026-11-18T02:00:00+08:00')] } };

const NAMES = ['沅阶精密铸造', '涟岳机械', '璟砾陶瓷', '栩峰农机', '砚衡紧固件', '坤屿电子', '沅冶炉料', '岑石新材料'];
function payments(count: number, state: Payment['state']): readonly Payment[] {
  return Array.from({ length: count }, (_, at): Payment => {
    const name = `娄底${NAMES[at % NAMES.length] ?? ''}有限公司`;
    return { id: `pmt_${at}`, claim: { id: `clm_${at}`, number: `SB-2026-${118 + at}` }, firm: { id: `ent_${at + 10}`, title: name }, payee_name: name, payee_bank: '中国银行娄底分行', payee_account: `621600000000${String(1234 + at * 37).padStart(7, '0')}`, amount: (12 + at * 9) * WAN, state, reference: `ZF-2026-0000${41 + at}`, paid_on: null, failure: null };
  });
}
const tally = (of: readonly Payment[]) => ({ count: of.length, total: of.reduce((sum, one) => sum + one.amount, 0) });

let applied = false;
function batchOf(of: Case): Batch {
  const state: BatchState = (['drawn', 'signed', 'released', 'sent', 'settled', 'cancelled'] as const).find((one) => one === of.state) ?? 'drawn';
  const all = payments(of.id === 'pay_01' ? 8 : 3, of.id === 'pay_01' ? 'sent' : 'planned').map((one, at): Payment => (applied && of.id === 'pay_01' ? (at === 2 ? { ...one, state: 'failed', failure: '户名与账号不符' } : { ...one, state: 'paid', paid_on: '2026-11-19' }) : one));
  return {
    id: of.id, version: of.version, number: of.id === 'pay_01' ? 'FK-2026-7' : 'FK-2026-8', state, policy, ...tally(all), payments: all,
    signatures: of.steps.map((one) => ({ command: one.command, by_name: one.by_name ?? '', at: one.at })), paid: tally(all.filter((one) => one.state === 'paid')), failed: tally(all.filter((one) => one.state === 'failed')), open: tally(all.filter((one) => one.state !== 'paid' && one.state !== 'failed')),
    file: ['released', 'sent', 'settled'].includes(state), answer: state === 'sent',
  };
}

function preview(): ReturnPreview {
  const all = payments(8, 'sent');
  const rows = all.slice(0, 7).map((one, at) => ({ row: at + 2, reference: one.reference ?? '', firm: one.firm.title, amount: at === 4 ? one.amount - 100_000 : one.amount, expected: one.amount, result: at === 2 ? ('failed' as const) : ('paid' as const), reason: at === 2 ? '户名与账号不符' : null, difference: at === 4 ? both('回单金额比应付少 1,000 元，这一行不入账', 'The return says 1,000 yuan less; this line is not entered') : null, effect: at !== 4 }));
  return { rows: [...rows, { row: 9, reference: 'ZF-2026-000999', firm: null, amount: 5 * WAN, expected: null, result: 'paid', reason: null, difference: both('批次里没有这个付款编号', 'The batch has no such reference'), effect: false }], paid: tally(all.filter((_, at) => at < 7 && at !== 2 && at !== 4)), failed: tally(all.filter((_, at) => at === 2)), missing: tally(all.slice(7)), unchanged: 0, differences: 2 };
}

const payable: readonly Payable[] = [
  { policy, count: 5, total: 268 * WAN, oldest: '2026-11-23', automatic: 0 },
  { policy: { id: 'pol_08', title: both('首次升规企业奖励', 'Award for first passing the reporting threshold') }, count: 24, total: 240 * WAN, oldest: '2026-12-02', automatic: 24 },
];

const recovery: Recovery = {
  id: 'rcv_01', version: 1, number: 'ZH-2026-1', state: 'open', claim: { id: 'clm_0', number: 'SB-2025-31' }, firm: { id: 'ent_12', title: '娄底璟砾陶瓷有限公司' }, policy, paid: 86 * WAN, entitled: 74 * WAN, due: 12 * WAN, found_on: '2026-11-18',
  why: both('税务局更正了 2024 年设备发票额，按现在的资料应得 74 万元，多付 12 万元。', 'The tax bureau corrected the invoices of 2024; by the facts now 740,000 yuan was due, 120,000 too much was paid.'),
  changes: [{ field: both('设备投资额', 'Equipment'), period: 2024, frozen: both('1,075 万元', '10.75 million yuan'), now: both('925 万元', '9.25 million yuan'), source: both('市税务局', 'Tax bureau'), as_of: '2026-11-17' }], repaid_on: null, reason: null,
};

const page = (items: readonly unknown[], titles: Readonly<Record<string, string>> = {}): Answered => ({ status: 200, body: { items, total: items.length, next: null, facets: {}, titles } });
const known = (all: Readonly<Record<string, Case>>, id: string | undefined, then: (of: Case) => Answered): Answered => {
  const of = all[id ?? ''];
  return of ? then(of) : absent;
};
const listed = (all: Readonly<Record<string, Case>>, query: URLSearchParams): readonly Case[] => {
  const states = (query.get('where.state') ?? '').split(',').filter((one) => one !== '');
  return Object.values(all).filter((one) => states.length === 0 || states.includes(one.state));
};
const moved = (which: Course, of: Case, command: string | undefined, persona: string | null, body: unknown): Answered => {
  const why = order(which, of, command ?? '', persona, inputsOf(body));
  return why === null ? { status: 200, body: { id: of.id, version: of.version } } : { status: 409, body: { title: '没有办成', status: 409, detail: why.zh, code: 'two_persons' } };
};

export const routes: Routes = {
  'GET /budgets': () => ({ status: 200, body: [{ id: 'bud_01', version: 1, policy, year: 2026, total: 1_200 * WAN, reserved: 180 * WAN, spent: 310 * WAN, left: 710 * WAN }] }),
  'GET /payments/payable': () => ({ status: 200, body: payable }),
  'GET /records/payment_batch': ({ query }) =>
    page(listed(cases, query).map((one) => ({ id: one.id, version: one.version, title: batchOf(one).number, values: { number: batchOf(one).number, policy: policy.id, state: one.state, count: batchOf(one).count, total: batchOf(one).total, promised: '2026-11-24', holder_name: one.state === 'sent' ? '梁叙' : null, closed_at: null } })), { [policy.id]: policy.title.zh }),
  'GET /records/claim': () => page(payments(5, 'planned').map((one) => ({ id: one.claim.id, version: 3, title: one.claim.number, values: { number: one.claim.number, enterprise: one.firm.id, amount: one.amount, payee_name: one.payee_name, payee_bank: one.payee_bank, payee_account: one.payee_account, state: 'payable' } })), Object.fromEntries(payments(5, 'planned').map((one) => [one.firm.id, String(one.firm.title)]))),
  'POST /payment-batches': () => ({ status: 201, body: batchOf(cases['pay_02'] ?? { id: 'pay_02', state: 'drawn', version: 1, steps: [] }) }),
  'GET /payment-batches/:id': (_, [id]) => known(cases, id, (of) => ({ status: 200, body: batchOf(of) })),
  'GET /payment-batches/:id/file': () => ({ status: 200, type: 'text/csv', body: '付款编号,收款户名,账号,金额\r\n' }),
  'POST /payment-batches/:id/return/preview': () => ({ status: 200, body: preview() }),
  'POST /payment-batches/:id/return': (_, [id]) =>
    known(cases, id, (of) => {
      applied = true;
      of.state = 'settled';
      of.version += 1;
      return { status: 200, body: batchOf(of) };
    }),
  'GET /records/payment_batch/:id/flow': ({ persona }, [id]) => known(cases, id, (of) => ({ status: 200, body: flowOf(course, of, persona) })),
  'POST /records/payment_batch/:id/commands/:command': ({ persona, body }, [id, command]) => known(cases, id, (of) => moved(course, of, command, persona, body)),
  'GET /records/recovery': ({ query }) => page(listed(recoveries, query).map((one) => ({ id: one.id, version: one.version, title: recovery.number, values: { number: recovery.number, enterprise: recovery.firm.id, state: one.state, due: recovery.due, promised: '2026-11-28', holder_name: null, closed_at: null } })), { ent_12: '娄底璟砾陶瓷有限公司' }),
  'GET /recoveries/:id': (_, [id]) => known(recoveries, id, (of) => ({ status: 200, body: { ...recovery, version: of.version, state: of.state } })),
  'GET /records/recovery/:id/flow': ({ persona }, [id]) => known(recoveries, id, (of) => ({ status: 200, body: flowOf(recovering, of, persona) })),
  'POST /records/recovery/:id/commands/:command': ({ persona, body }, [id, command]) => known(recoveries, id, (of) => moved(recovering, of, command, persona, body)),
};
