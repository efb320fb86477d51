/** What the pages from decision to money decide on their own: runs, batches, returns, notices, objections, what leaves the house. */
import { describe, expect, it } from 'vitest';
import { inputOf } from '@/blocks/CommandBar';
import { standingOf } from '@/blocks/Signing';
import { flowWord } from '@/blocks/told';
import { checkBankFile, checkMail, isTarget, mailBody, mailForm, movedColumn, sampleOf, words, type BankColumn, type MailSettings } from '@/features/administration/outgoing';
import { agrees, budgetParts, isFrozen, isReserved, isTried, share, stepsDone } from '@/features/awards/run';
import { barOf, readTotal, sumOf, yearsOf } from '@/features/payments/budget';
import { drawnOf, grouped, isUsable, ordered } from '@/features/payments/batch';
import type { ReturnRow } from '@/features/payments/wire';
import { badge, byDay, leadsTo, unreadIn, waitBefore } from '@/features/notices/notices';
import type { Notice } from '@/features/notices/wire';
import { byPolicy, checkObjection, isOver, readKept } from '@/features/public-notice/notice';
import { model } from '@/mock/model';
import type { PublicNotice } from '@/features/public-notice/wire';

const WAN = 1_000_000;

describe('an award run', () => {
  it.each([['preparing', 0, false, false, false], ['freezing', 0, false, false, false], ['frozen', 1, true, false, false], ['tried', 2, true, true, false], ['signed', 3, true, true, false], ['granting', 4, true, true, true], ['granted', 5, true, true, true]] as const)('%s has %d steps behind it', (state, done, frozen, tried, reserved) =>
    expect([stepsDone(state), isFrozen(state), isTried(state), isReserved(state)]).toEqual([done, frozen, tried, reserved]));
  it('that was cancelled has no step ahead that is due', () => expect([0, 1, 4].map((at) => standingOf(at, stepsDone('cancelled')))).toEqual(['ahead', 'ahead', 'ahead']));
  it('shows what it asks of the budget, and what is lacking', () => {
    const budget = { id: 'bud', year: 2026, total: 1000 * WAN, spent: 300 * WAN, reserved: 200 * WAN, left: 500 * WAN };
    expect(budgetParts(budget, 400 * WAN, false)).toEqual({ spent: 30, reserved: 20, asked: 40, short: 0 });
    expect(budgetParts(budget, 600 * WAN, false).short).toBe(100 * WAN);
    // Beyond the total the bar shows all of it, so that the excess is seen.
    expect(budgetParts(budget, 1500 * WAN, false)).toEqual({ spent: 15, reserved: 10, asked: 75, short: 1000 * WAN });
    expect(budgetParts(budget, 400 * WAN, true)).toEqual({ spent: 30, reserved: 20, asked: 0, short: 0 });
    expect(budgetParts({ ...budget, spent: 1 }, 0, false).spent).toBe(0.5);
  });
  it('is not said to be whole before it is', () => expect([share(0, 0), share(1, 3), share(9_999, 10_000), share(10_000, 10_000)]).toEqual([0, 33, 99, 100]));
  it('agrees with what was signed only to the fen', () => {
    const run = { firms: 2, total: 500, created_count: 2, created_total: 500 };
    expect([agrees(run), agrees({ ...run, created_total: 499 }), agrees({ ...run, created_count: 1 })]).toEqual([true, false, false]);
  });
});

describe('a payment batch', () => {
  const listed = [{ id: 'a', amount: 3 }, { id: 'b', amount: 4 }];
  it('is of the whole policy while nothing is left out, beyond what is listed too', () => expect(drawnOf('pol', { count: 90, total: 900 }, listed, [])).toEqual({ count: 90, total: 900, body: { policy: 'pol' } }));
  it('holds only what is ticked otherwise', () => expect(drawnOf('pol', { count: 90, total: 900 }, listed, ['a'])).toEqual({ count: 1, total: 4, body: { claims: ['b'] } }));
  it('reads accounts aloud in fours, and leaves what is no number', () => expect([grouped('6216000000000001234'), grouped('1234'), grouped('娄底-01')]).toEqual(['6216 0000 0000 0001 234', '1234', '娄底-01']));
});

describe('the bank’s return', () => {
  const row = (more: Partial<ReturnRow>): ReturnRow => ({ row: 2, reference: '', firm: null, amount: 1, expected: 1, result: 'paid', reason: null, difference: null, effect: true, ...more });
  it('puts what needs a look first', () =>
    expect(ordered([row({ row: 2 }), row({ row: 3, result: 'failed' }), row({ row: 4, difference: { zh: '少', en: 'less' } }), row({ row: 5, result: 'unknown' })]).map((one) => one.row)).toEqual([4, 5, 3, 2]));
  it('is of no use when no line fits', () => {
    const none = { count: 0, total: 0 };
    const preview = { rows: [], paid: none, failed: none, missing: none, unchanged: 0, differences: 3 };
    expect([isUsable(preview), isUsable({ ...preview, failed: { count: 1, total: 5 } })]).toEqual([false, true]);
  });
});

describe('notices', () => {
  const notice = (at: string): Notice => ({ id: at, text: { zh: '', en: '' }, about: null, at, read_at: null });
  it('lead a firm to its own pages, an office to the desk, and nowhere where there is no page', () => {
    const about = { record: 'claim', id: 'clm_1' };
    expect([leadsTo(about, true), leadsTo(about, false), leadsTo({ record: 'recovery', id: 'r 1' }, false), leadsTo({ record: 'recovery', id: 'r' }, true), leadsTo({ record: 'visit', id: 'v' }, true), leadsTo(null, false)]).toEqual(['/my-firm/claims/clm_1', '/work/claim/clm_1', '/work/recovery/r%201', '/my-firm/recoveries/r', '', '']);
  });
  it('stand by the region’s day', () =>
    expect(byDay([notice('2026-11-19T16:30:00Z'), notice('2026-11-20T00:10:00+08:00'), notice('2026-11-19T23:00:00+08:00'), notice('2025-01-01T00:00:00Z')], '2026-11-20').map((day) => [day.day, day.when, day.items.length])).toEqual([['2026-11-20', 'today', 2], ['2026-11-19', 'yesterday', 1], ['2025-01-01', 'earlier', 1]]));
  it('are counted on the bell in two figures', () => expect([0, 7, 99, 100].map(badge)).toEqual(['', '7', '99', '99+']));
  it('believe an event only when it counts', () => expect([unreadIn('{"unread":3}'), unreadIn('{"unread":-1}'), unreadIn('{"unread":"3"}'), unreadIn('ok'), unreadIn('null')]).toEqual([3, null, null, null, null]));
  it('try the line again ever more slowly', () => expect([0, 1, 2, 10, 99].map(waitBefore)).toEqual([5_000, 10_000, 20_000, 300_000, 300_000]));
});

describe('public notice', () => {
  const of = (policy: string, amount: number, until: string): PublicNotice => ({ claim: `${policy}${amount}`, number: '', policy: { id: policy, title: policy }, firm: '', amount, until });
  it('is grouped by policy with its sum and the day on which the first ends', () =>
    expect(byPolicy([of('a', 5, '2026-11-26'), of('b', 1, '2026-11-24'), of('a', 7, '2026-11-25')]).map((group) => [group.policy.id, group.total, group.until])).toEqual([['a', 12, '2026-11-25'], ['b', 1, '2026-11-24']]));
  it('lasts through its last day', () => expect([isOver('2026-11-20', '2026-11-20'), isOver('2026-11-19', '2026-11-20'), isOver('', '2026-11-20')]).toEqual([false, true, false]));
  it('takes an objection that can be checked', () => {
    expect(checkObjection({ name: ' ', contact: '12', reason: '不对' })).toEqual({ name: 'needName', contact: 'needContact', reason: 'needReason' });
    expect(checkObjection({ name: '李', contact: '13800000000', reason: '这家企业去年已经停产了' })).toEqual({});
    expect(checkObjection({ name: '李', contact: '13800000000', reason: '长'.repeat(2001) })).toEqual({ reason: 'tooLong' });
  });
  it('finds again what was typed, and nothing in what is foreign', () => {
    expect(readKept('{"name":"李","contact":1,"reason":"理由"}')).toEqual({ name: '李', contact: '', reason: '理由' });
    expect([readKept(null).name, readKept('no').reason, readKept('[]').contact]).toEqual(['', '', '']);
  });
});

describe('what leaves the house', () => {
  const kept: MailSettings = { version: 1, active: true, host: 'smtp.example.cn', port: 587, tls: 'starttls', user: 'u', has_password: true, from: 'Liangu <a@example.cn>' };
  it('keeps the password unless another is typed', () => {
    expect(mailBody(mailForm(kept))).not.toHaveProperty('password');
    expect(mailBody({ ...mailForm(kept), password: 'x', host: ' h ' })).toMatchObject({ password: 'x', host: 'h', port: 587 });
  });
  it('checks mail that is on, and lets mail that is off be unfinished', () => {
    expect(checkMail({ ...mailForm(kept), host: 'http://smtp', port: '70000', from: 'nobody' })).toEqual({ host: 'needHost', port: 'needPort', from: 'needFrom' });
    expect(checkMail({ ...mailForm(kept), active: false, host: '', port: '', from: '' })).toEqual({});
    expect(checkMail(mailForm(kept))).toEqual({});
  });
  it.each([['https://a.cn/hook', true], ['http://10.0.0.2:80/', true], ['ftp://a.cn', false], ['javascript:alert(1)', false], ['https://user:pass@a.cn', false], ['a.cn', false]])('%s is a target: %s', (url, is) => expect(isTarget(url)).toBe(is));
  const columns: readonly BankColumn[] = ['reference', 'payee_name', 'payee_account', 'amount'].map((field) => ({ field, head: field }));
  it('names what the bank’s file lacks', () => {
    expect(checkBankFile(columns)).toBeNull();
    expect(checkBankFile(columns.slice(1))).toEqual({ mistake: 'needField', what: 'reference' });
    expect(checkBankFile(columns.map((one) => (one.field === 'amount' ? { ...one, head: ' ' } : one)))).toEqual({ mistake: 'needHead', what: 'amount' });
    expect(checkBankFile(columns.map((one) => (one.field === 'amount' ? { ...one, head: 'reference ' } : one)))).toEqual({ mistake: 'sameHead', what: 'reference' });
  });
  it('leaves a column at the ends where it is', () => expect([movedColumn(columns, 0, -1), movedColumn(columns, 3, 1)]).toEqual([columns, columns]));
  it('swaps a column with its neighbour', () => expect(movedColumn(columns, 0, 1).map((one) => one.field)).toEqual(['payee_name', 'reference', 'payee_account', 'amount']));
  it('shows amounts in the unit chosen', () => expect([sampleOf({ field: 'amount', head: '' }, 'yuan'), sampleOf({ field: 'amount', head: '' }, 'fen')]).toEqual(['1600000.00', '160000000']));
  it('reads a bank’s words however they are set apart', () => expect(words(' 成功，已付、 paid,')).toEqual(['成功', '已付', 'paid']));
});

describe('budgets', () => {
  const line = (year: number, total: number, reserved: number, spent: number) => ({ id: `b${year}`, version: 1, policy: { id: 'p', title: '甲' }, year, total, reserved, spent, left: total - reserved - spent });
  it('have a chip for each year and for this one', () => expect(yearsOf([line(2024, 1, 0, 0), line(2025, 1, 0, 0), line(2024, 2, 0, 0)], 2026)).toEqual([2026, 2025, 2024]));
  it('add up and are drawn to scale', () => {
    expect(sumOf([line(2026, 100, 10, 20), line(2026, 50, 0, 50)])).toEqual({ total: 150, reserved: 10, spent: 70, left: 70 });
    expect([barOf(line(2026, 200, 50, 100)), barOf(line(2026, 0, 0, 0))]).toEqual([{ reserved: 25, spent: 50 }, { reserved: 0, spent: 0 }]);
  });
  it.each([['1,200.5', 1_200_500_000], [' 3 ', 3_000_000], ['', null], ['-1', null], ['x', null]] as const)('read %j as a total', (typed, fen) => expect(readTotal(typed)).toBe(fen));
});

describe('what a command takes', () => {
  it.each([['amount', '12.5', '12500000'], ['amount', '1，000', '1000000000'], ['amount', 'much', null], ['amount', '-1', null], ['reason', ' 已核 ', '已核']] as const)('%s %j is sent as %j', (name, typed, sent) => expect(inputOf(name, typed)).toBe(sent));
});

describe('the journal', () => {
  it('says a command of a flow as the flow does', () => {
    const submit = { name: 'submit', label: { zh: '提交', en: 'Submit' } };
    const records = model.records.map((one) => ({ ...one, flow: { states: [], commands: [submit] } }));
    const [first] = records;
    expect([flowWord(records, `${first?.name ?? ''}.submit`)?.zh, flowWord(records, `${first?.name ?? ''}.update`), flowWord(model.records, 'claim.submit')]).toEqual(['提交', undefined, undefined]);
  });
});
