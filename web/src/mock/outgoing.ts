/** What leaves the house: notices in the app, public notice, mail, webhooks, the bank's file. */
import type { BankFile, MailSettings, OutboxItem, Webhook } from '../features/administration/outgoing';
import type { Notice } from '../features/notices/wire';
import type { PublicNotice } from '../features/public-notice/wire';
import { both } from './cases.ts';
import type { Answered, Routes } from './server.ts';

const WAN = 1_000_000;
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };

const TOLD: ReadonlyArray<readonly [string, string, Notice['about'], string, boolean]> = [
  ['免申即享批次 MS-2026-7 到您这里，请第一人签署', 'Award run MS-2026-7 comes to you for the first signature', { record: 'award_run', id: 'awr_01' }, '2026-11-20T09:14:00+08:00', false],
  ['付款批次 FK-2026-8 等签署，还剩 2 个工作日', 'Batch FK-2026-8 awaits a signature, 2 working days left', { record: 'payment_batch', id: 'pay_02' }, '2026-11-20T08:30:00+08:00', false],
  ['对“首次升规企业奖励”公示的异议已提交，付款暂停', 'An objection to a public notice has come; payment is on hold', { record: 'claim', id: 'clm_0' }, '2026-11-19T16:02:00+08:00', false],
  ['追回 ZH-2026-1：税务局更正了 2024 年设备发票额', 'Recovery ZH-2026-1: the tax bureau corrected the invoices of 2024', { record: 'recovery', id: 'rcv_01' }, '2026-11-18T08:00:00+08:00', true],
  ['系统将于 11 月 21 日 20:00 升级，约 10 分钟', 'The system is updated on 21 November at 20:00 for about ten minutes', null, '2026-11-17T10:00:00+08:00', true],
];
let notices: readonly Notice[] = TOLD.map(([zh, en, about, at, read], n) => ({ id: `ntc_${n}`, text: both(zh, en), about, at, read_at: read ? '2026-11-19T10:00:00+08:00' : null }));
const NOW = '2026-11-20T10:24:00+08:00';

const PUBLIC: readonly PublicNotice[] = Array.from({ length: 9 }, (_, at): PublicNotice => ({
  claim: `clm_${at}`, number: `SB-2026-${118 + at}`, policy: at < 5 ? { id: 'pol_01', title: both('技术改造设备投资奖补', 'Grant for equipment in technical renewal') } : { id: 'pol_08', title: both('首次升规企业奖励', 'Award for first passing the reporting threshold') },
  firm: `娄底${['沅阶精密铸造', '涟岳机械', '璟砾陶瓷', '栩峰农机', '砚衡紧固件'][at % 5] ?? ''}有限公司`, amount: at < 5 ? (38 + at * 21) * WAN : 10 * WAN, until: at < 5 ? '2026-11-26' : '2026-11-24',
}));

let mail: MailSettings = { version: 2, active: true, host: 'smtp.example.gov.cn', port: 587, tls: 'starttls', user: 'liangu', has_password: true, from: '链谷 <liangu@example.gov.cn>' };
let hooks: readonly Webhook[] = [{ id: 'whk_01', version: 3, url: 'https://caizheng.example.gov.cn/liangu', topics: ['notice'], active: true, waiting: 2, last: { at: '2026-11-20T08:41:00+08:00', state: 'failed', error: both('对方 5 秒没有回应', 'no answer within 5 seconds') } }];
const outbox: readonly OutboxItem[] = [
  { id: 'out_4', topic: 'notice', target: 'https://caizheng.example.gov.cn/liangu', state: 'failed', attempts: 3, at: '2026-11-20T08:40:00+08:00', next_at: '2026-11-20T08:48:00+08:00', error: both('对方 5 秒没有回应', 'no answer within 5 seconds') },
  { id: 'out_3', topic: 'notice', target: 'mail', state: 'sent', attempts: 1, at: '2026-11-20T08:30:00+08:00', next_at: null, error: null },
  { id: 'out_2', topic: 'notice', target: 'mail', state: 'waiting', attempts: 0, at: '2026-11-20T08:30:00+08:00', next_at: null, error: null },
  { id: 'out_1', topic: 'notice', target: 'mail', state: 'given_up', attempts: 14, at: '2026-11-18T08:00:00+08:00', next_at: null, error: both('信箱不存在', 'no such mailbox') },
];
let bank: BankFile = {
  version: 1, encoding: 'gb18030', unit: 'yuan', header: true, paid_words: [], failed_words: [],
  columns: [['reference', '付款编号'], ['payee_name', '收款户名'], ['payee_bank', '开户行'], ['payee_account', '账号'], ['amount', '金额'], ['purpose', '用途']].map(([field = '', head = '']) => ({ field, head })),
  available: [['reference', '付款编号', 'Reference'], ['payee_name', '收款户名', 'Payee'], ['payee_bank', '开户银行', 'Bank'], ['payee_account', '银行账号', 'Account'], ['amount', '金额', 'Amount'], ['purpose', '用途', 'Purpose'], ['firm', '企业', 'Firm'], ['credit_code', '信用代码', 'Credit code'], ['claim', '申报编号', 'Claim'], ['policy', '政策', 'Policy'], ['batch', '批次', 'Batch']].map(([field = '', zh = '', en = '']) => ({ field, label: both(zh, en) })),
};

export const routes: Routes = {
  'GET /events': () => ({ status: 200, type: 'text/event-stream', body: 'retry: 600000\n\n' }),
  'GET /notices': ({ query, persona }) => {
    if (persona === null) return { status: 401, body: { title: '请先登录', status: 401, code: 'signed_out' } };
    const unread = notices.filter((one) => one.read_at === null);
    return { status: 200, body: { items: query.get('unread') === 'true' ? unread : notices, unread: unread.length, next: null } };
  },
  'POST /notices/read': () => {
    notices = notices.map((one) => ({ ...one, read_at: one.read_at ?? NOW }));
    return { status: 204 };
  },
  'POST /notices/:id/read': (_, [id]) => {
    notices = notices.map((one) => (one.id === id ? { ...one, read_at: one.read_at ?? NOW } : one));
    return { status: 204 };
  },
  'GET /settings/my-mail': () => ({ status: 200, body: { version: 1, address: 'peng@example.gov.cn' } }),
  'PUT /settings/my-mail': ({ body }) => ({ status: 200, body: { version: 2, address: null, ...(typeof body === 'object' ? body : {}) } }),
  'GET /public-notices': ({ query }) => {
    const q = query.get('q') ?? '';
    const items = PUBLIC.filter((one) => q === '' || JSON.stringify(one).includes(q));
    return { status: 200, body: { items, total: items.length, next: null } };
  },
  'GET /public-notices/:claim': (_, [claim]) => {
    const found = PUBLIC.find((one) => one.claim === claim);
    return found ? { status: 200, body: found } : absent;
  },
  'POST /public-notices/:claim/objections': () => ({ status: 201, body: { id: 'obj_01' } }),
  'GET /settings/mail': () => ({ status: 200, body: mail }),
  'PUT /settings/mail': ({ body }) => {
    mail = { ...mail, ...(typeof body === 'object' ? body : {}), version: mail.version + 1 };
    return { status: 200, body: mail };
  },
  'POST /settings/mail/try': () => ({ status: 200, body: { ok: false, error: both('535 用户名或密码不对', '535 wrong user name or password') } }),
  'GET /webhooks': () => ({ status: 200, body: { items: hooks, topics: [{ name: 'notice', label: both('给人的通知', 'Notices') }, { name: 'claim', label: both('申报进展', 'Claims') }, { name: 'payment', label: both('付款结果', 'Payments') }] } }),
  'POST /webhooks': ({ body }) => {
    const made: Webhook = { id: `whk_0${hooks.length + 1}`, version: 1, url: '', topics: [], active: true, waiting: 0, last: null, ...(typeof body === 'object' ? body : {}) };
    hooks = [...hooks, made];
    return { status: 201, body: { ...made, secret: 'whsec_7f3a9d20c41b5e86a0d2f19c' } };
  },
  'PATCH /webhooks/:id': ({ body }, [id]) => {
    hooks = hooks.map((one) => (one.id === id ? { ...one, ...(typeof body === 'object' ? body : {}), version: one.version + 1 } : one));
    const found = hooks.find((one) => one.id === id);
    return found ? { status: 200, body: found } : absent;
  },
  'DELETE /webhooks/:id': (_, [id]) => {
    hooks = hooks.filter((one) => one.id !== id);
    return { status: 204 };
  },
  'POST /webhooks/:id/try': () => ({ status: 200, body: { ok: true, status: 200, error: null } }),
  'GET /outbox': () => ({ status: 200, body: { items: outbox, next: null } }),
  'GET /settings/bank-file': () => ({ status: 200, body: bank }),
  'PUT /settings/bank-file': ({ body }) => {
    bank = { ...bank, ...(typeof body === 'object' ? body : {}), version: bank.version + 1 };
    return { status: 200, body: bank };
  },
};
