/** What the pages decide on their own. */
import { describe, expect, it } from 'vitest';
import type { Matches, Question } from '@/api/matches';
import type { FieldModel } from '@/api/types';
import { treeOrder } from '@/blocks/codes';
import { statusOf } from '@/blocks/policy';
import { factGroups, recentYears } from '@/features/my-firm/facts';
import { parseAsk, pickQuestion, readAnswer } from '@/features/my-firm/question';
import { splitMissing } from '@/features/my-firm/rows';
import { verdictOf } from '@/features/my-firm/Verdict';
import { addressOf, parseState, questionOf, toggle } from '@/features/policies/state';
import { checkChange, checkSetUp, destination } from '@/features/sign-in/checks';
import { distanceShape } from '@/kit/Distance';
import { answer } from '@/mock/server';
import { model } from '@/mock/model';
import { searchString } from '@/lib/search';

const both = (zh: string) => ({ zh, en: zh });
const question = (more: Partial<Question>): Question => ({
  field: 'energy', year: 2025, label: both('用电'), prompt: both('用电？'), decides: { count: 1, money: 0 }, type: 'int', unit: null, list: null, choices: [], ...more,
});

function matchesOf(questions: readonly Question[]): Matches {
  const none = { count: 0, money: 0 };
  return {
    firm: { id: 'ent_1', title: '甲' }, as_of: '', sequence: 1, day: '2026-11-20', judged_year: 2025, in_force: 0, groups: { fits: none, near: none, unknown: none, no: { count: 0 } },
    question: questions[0] ?? null, questions, fits: [], near: [], unknown: [], reasons: [], known: [],
  };
}
const enterprise: readonly FieldModel[] = model.records.find((record) => record.name === 'enterprise')?.fields ?? [];

describe('the shelf’s address', () => {
  it('holds search, order and filters, and comes back the same', () => {
    const state = parseState('?q=技改&sort=amount&level=city,county&unknown=1', ['level', 'kind']);
    expect(state).toEqual({ q: '技改', sort: 'amount', filters: { level: ['city', 'county'] } });
    expect(parseState(searchString(addressOf(state)), ['level', 'kind'])).toEqual(state);
  });
  it('asks the server in its own words', () => {
    expect(questionOf({ q: '', sort: 'amount', filters: { level: ['city'] } }, ['level', 'kind'])).toEqual({ q: '', facets: 'level,kind', limit: 20, sort: '-amount_max', 'where.level': 'city' });
  });
  it('ticks and unticks', () => {
    const on = toggle({ q: '', sort: '', filters: {} }, 'level', 'city');
    expect(on.filters).toEqual({ level: ['city'] });
    expect(toggle(on, 'level', 'city').filters).toEqual({});
  });
});

describe('signing in', () => {
  it.each([
    ['?next=/policies/p1', '/policies/p1'], ['?next=//evil.example', '/start'], ['?next=https://evil.example', '/start'], ['?next=/%5Cevil.example', '/start'], ['?next=/sign-in', '/start'], ['', '/start'],
  ])('%s leads to %s', (search, path) => expect(destination(search, ['hall', 'my-firm'])).toBe(path));
  it('leads who has no firm to the policy itself', () => {
    expect(destination('?next=/my-firm/policies/p1', ['hall', 'work'])).toBe('/policies/p1');
    expect(destination('?next=/my-firm', ['hall', 'work'])).toBe('/start');
  });
  it('says what is missing in the set-up', () => {
    expect(checkSetUp({ token: '', login: 'Ab', name: ' ', password: 'short', again: 'other' })).toEqual({ token: 'needToken', login: 'needLogin', name: 'needName', password: 'needPassword', again: 'needAgain' });
    expect(checkSetUp({ token: 't', login: 'admin', name: '文', password: 'a long password', again: 'a long password' })).toEqual({});
  });
  it('wants a new password to be new', () => {
    expect(checkChange({ old: 'a long password', fresh: 'a long password', again: 'a long password' })).toEqual({ fresh: 'needOther' });
  });
});

describe('the question', () => {
  const first = question({});
  const second = question({ field: 'smart_share', year: null });
  it('is the first, then the next when skipped, around again at the end', () => {
    const matches = matchesOf([first, second]);
    expect([0, 1, 2].map((skipped) => pickQuestion(matches, '', skipped, [])?.field)).toEqual(['energy', 'smart_share', 'energy']);
  });
  it('is the one asked for, even when nobody asks it yet', () => {
    expect(pickQuestion(matchesOf([first, second]), 'smart_share', 0, [])).toBe(second);
    expect(pickQuestion(matchesOf([]), 'revenue', 0, enterprise)).toMatchObject({ field: 'revenue', year: 2025, type: 'money' });
    expect(pickQuestion(matchesOf([]), '', 0, enterprise)).toBeNull();
  });
  it('reads addresses strictly', () => {
    expect(parseAsk('energy:2025')).toEqual({ field: 'energy', year: 2025 });
    expect(parseAsk('energy:20')).toBeNull();
    expect(parseAsk('<script>')).toBeNull();
  });
  it.each([
    ['money', '1,200.5', 1_200_500_000], ['percent', '2.7', 270], ['int', '12.6', 13], ['area', '40', 40],
  ] as const)('%s typed as %s', (type, typed, value) => expect(readAnswer(question({ type }), typed, [])).toEqual({ value }));
  it('refuses what is no answer', () => {
    expect(readAnswer(question({}), 'many', [])).toEqual({ wrong: 'needNumber' });
    expect(readAnswer(question({}), '-3', [])).toEqual({ wrong: 'tooSmall' });
    expect(readAnswer(question({ type: 'code' }), '', [])).toEqual({ wrong: 'needChoice' });
  });
});

describe('a near miss', () => {
  it('draws what is there, what is missing and what is needed', () => {
    expect(distanceShape(2.7, 3)).toEqual({ solid: 72, gapFrom: 72, gapTo: 80, tick: 80 });
    expect(distanceShape(0, 2)).toEqual({ solid: 0, gapFrom: 0, gapTo: 80, tick: 80 });
  });
  it('draws the excess when there is too much', () => expect(distanceShape(130, 100)).toEqual({ solid: 61.5, gapFrom: 61.5, gapTo: 80, tick: 61.5 }));
  it('lets what is missing stand out', () => {
    expect(splitMissing('发明专利 1 件，需 2 件，还差 1 件，明年前')).toEqual(['发明专利 1 件，需 2 件，', '还差 1 件', '，明年前']);
    expect(splitMissing('needed: 3%; missing: 860,000 yuan; closes 2026-12-31')[1]).toBe('missing: 860,000 yuan');
    expect(splitMissing('nothing')).toEqual(['nothing', '', '']);
  });
  it('is a verdict of its own', () => {
    const near = { sentence: both(''), have: 1, need: 2, missing: 1, unit: null, time_cures: null, text: both('') };
    expect([verdictOf({ answer: 'no', near }), verdictOf({ answer: 'no', near: null }), verdictOf({ answer: 'unknown', near: null })]).toEqual(['near', 'no', 'unknown']);
  });
});

describe('facts', () => {
  const own = model.records.find((record) => record.name === 'enterprise');
  it('stand in the model’s groups, found by name, newest years first', () => {
    if (!own) throw new Error('no enterprise in the fixtures');
    const record = { values: { name: '甲', region: '431300' }, years: { 2023: { revenue: 1 }, 2025: { revenue: 3 }, 2024: { revenue: 2 } } };
    expect(factGroups(own, record, '').map((group) => [group.name, group.plain.length, group.yearly.length])).toEqual([['identity', 2, 0], ['scale', 0, 1]]);
    expect(factGroups(own, record, '收入').map((group) => group.name)).toEqual(['scale']);
    expect(recentYears(record)).toEqual(['2025', '2024', '2023']);
  });
});

describe('codes and life', () => {
  const code = (name: string, parent: string | null) => ({ code: name, parent, label: both(name) });
  it('puts a tree in reading order', () => {
    const placed = treeOrder([code('b', null), code('b2', 'b'), code('a', 'gone'), code('b1', 'b'), code('b21', 'b2')]);
    expect(placed.map(({ code: { code: name }, depth }) => `${depth} ${name}`)).toEqual(['0 b', '1 b2', '2 b21', '1 b1', '0 a']);
  });
  it.each([
    [{}, 'in_force'], [{ valid_to: '2026-11-20' }, 'in_force'], [{ valid_to: '2026-11-19' }, 'ended'], [{ window_to: '2026-11-19', valid_to: '2030-01-01' }, 'ended'], [{ window_from: '2026-12-01' }, 'upcoming'],
  ] as const)('dates %j are %s', (values, status) => expect(statusOf({ values }, '2026-11-20')).toBe(status));
});

describe('fixtures', () => {
  it('refuse an unknown path as the server would', () => {
    expect(answer({ method: 'GET', path: '/nowhere', query: new URLSearchParams(), body: undefined, persona: null }).status).toBe(404);
  });
});
