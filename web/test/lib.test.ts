/** Figures, money and dates as people read them. ␣ stands for the no-break space. */
import { describe, expect, it } from 'vitest';
import { article } from '@/lib/article';
import { clockOf, dayInWords, dayOf, daysBetween, logTime } from '@/lib/dates';
import { amount, fenFromWan, money } from '@/lib/money';
import { number, parseNumber, percent, signed } from '@/lib/numbers';
import { searchString, withSearch } from '@/lib/search';
import { say } from '@/lib/text';
import { measure } from '@/lib/units';

const show = (text: string): string => text.replace(/\u00a0/g, '␣');
const WAN = 1_000_000;

describe('numbers', () => {
  it.each([
    [0, 0, '0'], [1234567, 0, '1,234,567'], [-1234.5, 1, '−1,234.5'], [-0.04, 1, '0.0'], [999.96, 1, '1,000.0'],
  ])('%d with %d decimals is %s', (value, decimals, text) => expect(number(value, decimals)).toBe(text));
  it('says signs, and percent from basis points', () => {
    expect([signed(37), signed(-2.4, 1), signed(0)]).toEqual(['+37', '−2.4', '0']);
    expect([percent(300), percent(275), percent(10000)].map(show)).toEqual(['3␣%', '2.75␣%', '100␣%']);
  });
  it.each([
    ['1,200', 1200], ['１２３．５', 123.5], [' 3 000 ', 3000], ['−5', -5], ['.5', 0.5], ['12abc', null], ['', null], ['1.2.3', null],
  ])('reads %j as %s', (typed, value) => expect(parseNumber(typed)).toBe(value));
});

describe('money', () => {
  it.each([
    [160 * WAN, '160␣万元', '1.6␣million␣yuan'], [412_6000_00, '412.6␣万元', '4.13␣million␣yuan'], [8600_00, '8,600␣元', '8,600␣yuan'],
    [50 * WAN, '50␣万元', '500,000␣yuan'], [2_3800_0000_00, '2.38␣亿元', '238␣million␣yuan'], [9_999_99_00 * 10, '1,000␣万元', '10␣million␣yuan'], [1, '0.01␣元', '0.01␣yuan'],
  ])('%d fen', (fen, zh, en) => {
    expect(show(money(fen, 'zh'))).toBe(zh);
    expect(show(money(fen, 'en')).replace(/ /g, '␣')).toBe(en);
  });
  it('keeps decimals in columns and the exact yuan for hover', () => {
    expect(amount(160 * WAN, 'zh')).toMatchObject({ value: '160.0', unit: '万元' });
    expect(show(amount(2_3800_0000_00, 'zh').exact)).toBe('238,000,000␣元');
  });
  it('never rounds up to 10,000.0 万元', () => expect(show(money(9999_99_00_00, 'zh'))).toBe('1␣亿元'));
  it('takes 万元 from a person', () => expect(fenFromWan(28.67)).toBe(28_670_000));
});

describe('dates', () => {
  it('are words in sentences, with the year only when it differs', () => {
    expect(show(dayInWords('2026-11-30', 'zh', '2026-11-20'))).toBe('11␣月␣30␣日');
    expect(show(dayInWords('2027-05-31', 'zh', '2026-11-20'))).toBe('2027␣年␣5␣月␣31␣日');
    expect(show(dayInWords('2026-11-30', 'en', '2026-11-20'))).toBe('30␣November');
    expect(dayInWords('soon', 'zh')).toBe('soon');
  });
  it('counts days over a month and a leap day', () => {
    expect(daysBetween('2026-11-20', '2026-11-30')).toBe(10);
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-11-20', '2026-11-19')).toBe(-1);
    expect(daysBetween('2026-11-20', '')).toBeNull();
  });
  it('shows instants in the region’s time', () => {
    expect([dayOf('2026-11-19T23:30:00Z'), clockOf('2026-11-19T23:30:00Z')]).toEqual(['2026-11-20', '07:30']);
    expect(show(logTime('2026-11-20T08:41:00+08:00', '2026-11-24'))).toBe('11-20␣08:41');
  });
});

describe('articles', () => {
  it.each([
    ['第五条', 'Art.␣5'], ['第七条第二款', 'Art.␣7 para.␣2'], ['第二十一条（三）', 'Art.␣21 item␣3'], ['第一百零二条', 'Art.␣102'], ['附件 1', '附件 1'],
  ])('%s is %s', (zh, en) => {
    expect(show(article(zh, 'en'))).toBe(en);
    expect(article(zh, 'zh')).toBe(zh);
  });
});

describe('words', () => {
  it('falls back to the other language rather than to nothing', () => expect(say({ zh: '政策', en: '' }, 'en')).toBe('政策'));
  it('measures money units as people say them', () => {
    expect(show(measure(774, { zh: '万元', en: '' }, 'zh'))).toBe('774␣万元');
    expect(show(measure(28_670_000_00, { zh: '分', en: 'fen' }, 'zh'))).toBe('2,867␣万元');
    expect(show(measure(270, { zh: '基点', en: 'bp' }, 'zh'))).toBe('2.7␣%');
    expect(show(measure(2.7, { zh: '%', en: '%' }, 'zh'))).toBe('2.7␣%');
  });
  it('makes one address of one state', () => {
    expect(searchString({ b: 2, a: '', c: null, d: 'x y' })).toBe('b=2&d=x+y');
    expect(withSearch('/policies', {})).toBe('/policies');
  });
});
