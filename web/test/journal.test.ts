/** What happened, in words: folds of the journal, names of its commands, whose word a change is, an account while it is typed. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FullRecord, Value } from '@/api/types';
import { told } from '@/blocks/told';
import { EMPTY, rebase, sameForm } from '@/features/administration/account';
import { COMMANDS, saidOf, VERBS } from '@/features/administration/journal';
import { commandOf } from '@/features/work/commands';
import { hasFacts, outranked, sourcesNow, withSource } from '@/features/work/source';

const change = (field: string, from: Value, to: Value) => ({ field, from, to });
const many = (count: number, from: Value) => Array.from({ length: count }, (_, at) => change(`field_${at}`, from, at + 1));

describe('an entry', () => {
  it('that makes something is one line, and counts what was filled in', () => {
    const made = told('enterprise.create', [change('name', null, '甲'), change('park', null, null), change('2025.revenue', null, 1)]);
    expect([made.created, made.folded, made.changes.map((one) => one.field)]).toEqual([true, true, ['name', '2025.revenue']]);
  });
  it('of more than six changes is one line, of six is not', () => {
    expect(told('enterprise.update', many(7, 1))).toMatchObject({ created: false, folded: true });
    expect(told('enterprise.update', many(6, 1))).toMatchObject({ created: false, folded: false });
  });
  it('that fills in what was unknown is a change, not a creation', () => expect(told('firm.answer', [change('smart_share', null, 1)])).toMatchObject({ created: false, folded: false }));
  it('without changes has nothing to open', () => expect(told('enterprise.import', [])).toEqual({ created: false, folded: false, changes: [] }));
});

function rust(dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return rust(path);
    return name.endsWith('.rs') ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('a command', () => {
  const crates = resolve(__dirname, '../../crates');
  it.runIf(existsSync(crates))('has words whenever the server or the console writes it', () => {
    const sources = ['app/src', 'cli/src'].flatMap((dir) => rust(join(crates, dir)));
    const written = new Set(sources.flatMap((text) => [...text.matchAll(/(?:Commit::new\([^"]*?|\.commit\()"([a-z_]+\.[a-z_]+)"/g)].map((found) => found[1] ?? '')));
    expect(written.size).toBeGreaterThan(10);
    expect([...written].filter((command) => !('own' in saidOf(command))).sort()).toEqual([]);
    expect(Object.keys(COMMANDS).filter((command) => !written.has(command))).toEqual([]);
    // What the flow shell does by itself is `<record>.<verb>`; commands of a flow have their words from the model.
    const shell = new Set(sources.flatMap((text) => [...text.matchAll(/\.commit_of\([^")]*"([a-z_]+)"/g)].map((found) => found[1] ?? '')));
    expect([...shell].filter((verb) => !VERBS.some((one) => one === verb))).toEqual([]);
  });
  it.each([['visit.create', 'create'], ['policy_clause.delete', 'delete'], ['visit.file', 'other']])('of a pack is read by its last word: %s', (command, verb) => expect(saidOf(command)).toEqual({ verb }));
  it('of a record says the same on its own page', () => expect(['park.update', 'demonstration.fill', 'firm.answer_undone', 'visit.file'].map(commandOf)).toEqual(['update', 'import', 'answer_undone', 'other']));
});

const note = (source: string, period: string | null = null) => ({ source, as_of: '2026-11-01', period, contested: false, stale: false, band: null });
const record: FullRecord = {
  record: 'enterprise', id: 'ent_1', version: 3, title: '甲', children: {}, can: { update: { allowed: true } },
  facts: { region: note('market'), revenue: note('tax', '2025') }, values: { name: '甲', region: '431302', certs: ['b', 'a'] }, years: { 2025: { revenue: 5 } },
};

describe('the source of a change', () => {
  it('is offered where there are facts', () => expect([hasFacts(record), hasFacts({ ...record, facts: {} }), hasFacts(null)]).toEqual([true, false, false]));
  it('is by default the one each touched fact has', () => {
    expect(sourcesNow(record, ['name', 'region', 'years.2025.revenue'])).toEqual(['market', 'tax']);
    expect(sourcesNow(record, ['years.2024.revenue'])).toEqual([]);
    expect(withSource({ values: { region: 'x' }, years: {} }, '')).toEqual({ values: { region: 'x' }, years: {} });
  });
  it('is sent when named', () => expect(withSource({ values: {}, years: {} }, 'tax')).toEqual({ values: {}, years: {}, source: 'tax' }));
  it('may be outranked: the value stays, and the reader is told of which', () => {
    const sent = { values: { region: '431371', name: '乙' }, years: { 2025: { revenue: 6 } } };
    expect(outranked(record, { ...sent, source: 'firm' })).toEqual(['region', 'years.2025.revenue']);
    expect(outranked(record, sent)).toEqual([]);
    expect(outranked({ ...record, values: { ...record.values, region: '431371' }, years: { 2025: { revenue: 6 } } }, { ...sent, source: 'firm' })).toEqual([]);
  });
});

describe('an account while it is typed', () => {
  const before = { ...EMPTY, login: 'he.yu', name: '贺屿', roles: ['park', 'officer'], region: '431300' };
  const typed = { ...before, name: '贺屿屿' };
  it('keeps what was typed and takes what somebody else wrote elsewhere', () => expect(rebase(before, typed, { ...before, name: '何屿', region: '431302' })).toEqual({ ...typed, region: '431302' }));
  it('is the same whatever the order of its roles', () => expect([sameForm(before, { ...before, roles: ['officer', 'park'] }), sameForm(before, typed)]).toEqual([true, false]));
});
