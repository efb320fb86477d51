/** A firm's draft loses nothing; clauses are walked and judged in order; the inbox keeps its place. */
import { describe, expect, it } from 'vitest';
import type { FlowStep } from '@/api/flow';
import { afterJudging, nextJudgeable, overOf, questionOf, shares, stepsDone, tally, tellingSteps } from '@/features/claims/course';
import { changes, draftOf, grouped, keep, missingOf, readKept, rebase, unchanged, withMaterial, withoutMaterial } from '@/features/claims/draft';
import type { Claim, ClaimClause } from '@/features/claims/wire';
import { addressOf, openOf, parseInbox, stepFrom, totalOf } from '@/features/inbox/state';
import type { InboxItem, InboxPage } from '@/features/inbox/wire';
import { searchString } from '@/lib/search';
import { answer } from '@/mock/server';

const ask = <T>(path: string, persona: string): T => {
  const answered = answer({ method: 'GET', path, query: new URLSearchParams(), body: null, persona });
  const body: T = JSON.parse(JSON.stringify(answered.body));
  return body;
};
const claim = ask<Claim>('/claims/clm_01', 'firm');
const filed = draftOf(claim);

describe('a draft', () => {
  it('sends only what differs, trimmed', () => {
    expect(changes(filed, { ...filed, payee_account: ' 6216 ', note: '' })).toEqual({ payee_account: '6216' });
    expect(unchanged(changes(filed, { ...filed, contact: '  ' }))).toBe(true);
  });
  it('keeps what was typed and takes what somebody else saved beside it', () =>
    expect(rebase(filed, { ...filed, contact: '周岚' }, { ...filed, contact: '他人', payee_bank: '农行' })).toEqual({ ...filed, contact: '周岚', payee_bank: '农行' }));
  it('lists what is missing in the order of the page', () => {
    expect(missingOf(claim, filed)).toEqual([{ clause: 'match' }, { field: 'payee_account' }, { field: 'contact' }]);
    const given = { ...claim, wanted: claim.wanted.map((one) => ({ ...one, provided: true })) };
    expect(missingOf(given, { ...filed, payee_account: '1', contact: '周岚' })).toEqual([]);
  });
  it('adds and takes away one material of the whole list', () => {
    const on = [{ id: 'clmm_1', clause: 'match', name: '清单', note: null, file: 'att_1', provided_on: null }];
    expect(withMaterial(on, { name: '照片' })).toEqual([{ id: 'clmm_1', clause: 'match', name: '清单', file: 'att_1' }, { name: '照片' }]);
    expect(withoutMaterial(on, 'clmm_1')).toEqual([]);
  });
  it('outlives a reload until it is saved, and takes nothing strange from the window', () => {
    keep('clm_9', { note: '在写' });
    expect(readKept('clm_9')).toEqual({ note: '在写' });
    keep('clm_9', {});
    expect(readKept('clm_9')).toEqual({});
    sessionStorage.setItem('liangu.claim clm_9', '{"note":3,"else":"x"}');
    expect(readKept('clm_9')).toEqual({});
  });
  it('shows an account in groups of four', () => expect(grouped('62160000 00004417')).toBe('6216 0000 0000 4417'));
});

const one = (key: string, more: Partial<ClaimClause>): ClaimClause => ({ key, article: null, text: { zh: key, en: key }, kind: 'person', item: null, answer: 'unknown', facts: null, judged: null, judgeable: true, sentence: null, parts: [], materials: [], ...more });
const clauses = [one('a', { kind: 'deciding', answer: 'yes', judgeable: false }), one('b', {}), one('c', {}), one('d', { kind: 'information', answer: null, judgeable: false })];

describe('the clauses', () => {
  it('are counted by what counts; information is no answer, and what waits for a person is not unknown', () => expect(tally([...clauses, one('e', { kind: 'deciding', answer: 'unknown' })])).toEqual({ yes: 1, no: 0, unknown: 1, open: 2 }));
  it('are walked round, only those a person may judge', () => {
    expect([nextJudgeable(clauses, null, 1), nextJudgeable(clauses, 'b', 1), nextJudgeable(clauses, 'c', 1), nextJudgeable(clauses, 'b', -1)]).toEqual(['b', 'c', 'b', 'c']);
    expect(nextJudgeable([], null, 1)).toBeNull();
  });
  it('lead on to the next undecided one, and stay when there is none', () => {
    const judged = { answer: 'yes' as const, by_name: '', on: '', note: '' };
    expect(afterJudging([one('b', {}), one('c', { judged })], 'c')).toBe('b');
    expect(afterJudging([one('b', { judged }), one('c', { judged })], 'c')).toBe('c');
  });
});

describe('the way of a claim', () => {
  it('has its steps, or an end without a grant', () => expect([stepsDone('draft'), stepsDone('correcting'), stepsDone('paid'), stepsDone('refused'), overOf('refused'), overOf('paid')]).toEqual([0, 2, 6, null, 'refused', undefined]));
  it('shows the last question only while it waits for the firm', () => {
    const steps = ask<{ readonly steps: readonly FlowStep[] }>('/records/claim/clm_02/flow', 'firm').steps;
    expect(questionOf('correcting', steps)?.inputs['question']).toContain('第 3 台');
    expect(questionOf('reviewing', steps)).toBeUndefined();
  });
  it('tells only steps that change the amount', () => {
    const steps = (...fen: (number | null)[]) => fen.map((one) => ({ fen: one }));
    expect([tellingSteps(steps(200, 200), [200], 200), tellingSteps(steps(300, 200), [100, 200], 200), tellingSteps(steps(200, 150, 150), [200], 150)].map((all) => all.map((one) => one.fen))).toEqual([[], [300], [150]]);
  });
  it('draws a budget, also an empty one', () => expect([shares({ total: 200, reserved: 50, spent: 100 }), shares({ total: 0, reserved: 0, spent: 0 })]).toEqual([{ spent: 50, reserved: 25 }, { spent: 0, reserved: 0 }]));
});

describe('the inbox', () => {
  const page = ask<InboxPage>('/inbox', 'officer');
  it('has its address', () => {
    const state = parseInbox('?show=pool&group=overdue&open=claim/clm_11');
    expect(parseInbox(searchString(addressOf(state)))).toEqual(state);
    expect(parseInbox('?show=nonsense')).toEqual({ show: 'desk', group: null, open: '' });
  });
  it('opens what the address says where it is listed, else the most pressing', () => expect([openOf(page.items, 'claim/clm_12')?.id, openOf(page.items, 'claim/gone')?.id, openOf([], 'x')]).toEqual(['clm_12', 'clm_11', undefined]));
  it('is walked to its ends and no further', () => {
    const ids = (items: ReadonlyArray<InboxItem | undefined>) => items.map((item) => item?.id);
    expect(ids([stepFrom(page.items, 'claim/clm_11', 1), stepFrom(page.items, 'claim/clm_12', 1), stepFrom(page.items, 'claim/clm_11', -1)])).toEqual(['clm_12', 'clm_12', 'clm_11']);
  });
  it('counts all clocks', () => expect(totalOf(page)).toBe(page.items.length));
});
