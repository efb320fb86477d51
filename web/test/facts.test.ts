import { describe, expect, it } from 'vitest';
import type { FactEntry } from '@/api/facts';
import { chosen, distinct } from '@/features/facts/choose';
import { answer } from '@/mock/server';

const both = (zh: string, en: string) => ({ zh, en });
const entry = (name: string, zh: string, en: string, more: Partial<FactEntry> = {}): FactEntry => ({
  name, label: both(zh, en), group: both('规模', 'Scale'), type: 'money', unit: null, grain: 'firm_year', collection: null, owner: both('税务局', 'Tax authority'), fresh_months: null, sensitivity: 'internal', about: null, policies: 0, firms: 4, filled: 3, stale: null, conflicts: 0, ...more,
});
const FACTS = [
  entry('revenue', '营业收入', 'Revenue', { about: both('会计年度利润表的合计', 'In the income statement') }),
  entry('employees', '从业人数', 'Employees', { owner: both('统计局', 'Statistics bureau') }),
  entry('patents.kind', '专利类型', 'Kind of patent', { group: null, collection: both('专利', 'Patents'), owner: null }),
];
const names = (facts: readonly FactEntry[]) => facts.map((fact) => fact.name);

describe('the dictionary', () => {
  it('is found by label, definition and name, in either language', () => {
    expect(names(chosen(FACTS, { find: '收入', group: '', owner: '' }, 'zh'))).toEqual(['revenue']);
    expect(names(chosen(FACTS, { find: 'income STATEMENT', group: '', owner: '' }, 'zh'))).toEqual(['revenue']);
    expect(names(chosen(FACTS, { find: 'patents.', group: '', owner: '' }, 'en'))).toEqual(['patents.kind']);
  });
  it('is cut by group or collection and by owner', () => {
    expect(distinct(FACTS.map((fact) => fact.collection ?? fact.group), 'zh')).toEqual(['规模', '专利']);
    expect(names(chosen(FACTS, { find: '', group: '专利', owner: '' }, 'zh'))).toEqual(['patents.kind']);
    expect(names(chosen(FACTS, { find: '', group: '', owner: 'Statistics bureau' }, 'en'))).toEqual(['employees']);
  });
});

describe('the fixtures of facts', () => {
  it('mark a contested fact until it is decided', () => {
    const ask = (method: string, path: string, body?: unknown) => answer({ method, path, query: new URLSearchParams(), body, persona: 'firm' });
    expect(ask('POST', '/firms/ent_01/contests', { field: 'revenue', year: 2025, claimed: 1, reason: '审计' }).status).toBe(201);
    expect(JSON.stringify(ask('GET', '/firms/ent_01/facts').body)).toContain('"contested":true');
    expect(ask('POST', '/contests/ctst_1/decide', { decision: 'uphold', reason: '已核对' }).status).toBe(200);
    expect(JSON.stringify(ask('GET', '/firms/ent_01/facts').body)).not.toContain('"contested":true');
  });
});
