/** What the desk decides on its own: lists and their addresses, forms and the wire, two people on one record. */
import { describe, expect, it } from 'vitest';
import type { FieldModel, FullRecord, RecordModel } from '@/api/types';
import { accountPatch, checkAccount, EMPTY as NOBODY } from '@/features/administration/account';
import { readShapes } from '@/features/administration/geojson';
import { shares, thinned } from '@/features/figures/Bars';
import { neighbour, shadeOf, within, type Region } from '@/features/map/regions';
import { drawingOf } from '@/features/map/shapes';
import { changedKeys, formYears, patchOf, setTyped, stateOf, toTyped, toWire } from '@/features/work/form';
import { addressOf, countConditions, direction, exportOf, nextRow, nextSort, parseList, questionOf, shownColumns, toggle } from '@/features/work/list';
import { areaIn, wireFigure } from '@/features/work/measures';
import { startOf } from '@/features/work/NewPage';
import { withRecent } from '@/features/work/recent';
import { mergeStale, withChoices } from '@/features/work/stale';
import { standing } from '@/features/work/undo';
import { registers } from '@/features/work/WorkPage';
import { narrowed } from '@/kit/Combobox';
import { csv } from '@/lib/csv';
import { searchString } from '@/lib/search';
import { model } from '@/mock/model';

function recordModel(name: string): RecordModel {
  const found = model.records.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name} in the fixtures`);
  return found;
}
const enterprise = recordModel('enterprise');
function field(name: string, more: Partial<FieldModel> = {}): FieldModel {
  const found = [...enterprise.fields, ...recordModel('policy_clause').fields].find((one) => one.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return { ...found, ...more };
}

describe('a list’s address', () => {
  const search = '?q=合金&sort=-registered_capital&where.region=431302,431371&where.above_scale=true&from.established=2005-01-01&cols=region,revenue,land_area&where.nonsense=1&other=2';
  const state = parseList(search, enterprise);
  it('is read strictly by the model', () => {
    expect(state).toEqual({
      q: '合金', sort: '-registered_capital', where: { region: ['431302', '431371'], above_scale: ['true'] }, ranges: { established: { from: '2005-01-01', to: '' } },
      // A yearly field is no column.
      columns: ['region', 'land_area'],
    });
    expect(countConditions(state)).toBe(4);
  });
  it('comes back the same', () => expect(parseList(searchString(addressOf(state)), enterprise)).toEqual(state));
  it('asks the server in its own names, and exports the same rows', () => {
    expect(questionOf(state, enterprise)).toMatchObject({ q: '合金', sort: '-registered_capital', 'where.region': '431302,431371', 'from.established': '2005-01-01', facets: 'size_class,above_scale', limit: 50 });
    expect(Object.keys(exportOf(state))).not.toContain('limit');
    expect(Object.keys(exportOf(state))).not.toContain('facets');
  });
  it('drops an order the server would refuse', () => expect(parseList('?sort=-credit_code', enterprise).sort).toBe(''));
  it('shows the title first, whatever is chosen', () => expect(shownColumns(enterprise, state).map((one) => one.name)).toEqual(['name', 'region', 'land_area']));
  it('turns an order around, then lets it go', () => {
    const none = { ...state, q: '', sort: '' };
    expect(direction(none, enterprise, 'name')).toBe('ascending');
    const once = nextSort(none, enterprise, 'region');
    const twice = nextSort(once, enterprise, 'region');
    expect([once.sort, twice.sort, nextSort(twice, enterprise, 'region').sort]).toEqual(['region', '-region', '']);
  });
  it('ticks and unticks', () => expect(toggle(toggle(state, 'size_class', 'small'), 'size_class', 'small').where).toEqual(state.where));
  it.each([['j', -1, 0], ['ArrowDown', 2, 2], ['k', 0, 0], ['Home', 2, 0], ['x', 1, null]] as const)('%s from row %s goes to %s of three', (key, at, to) => expect(nextRow(key, at, 3)).toBe(to));
});

describe('a field, typed and on the wire', () => {
  it.each([
    ['registered_capital', 50_000_000_00, '5000', '5,000.5', 500_050_000_0],
    ['rd_ratio', 270, '2.7', '3.25', 325],
    ['employees', 312, '312', '3 000', 3000],
    ['land_area', 48_620, '48620', '30 亩', 20_000],
    ['established', '2014-06-18', '2014-06-18', '2015-01-02', '2015-01-02'],
    ['above_scale', true, 'true', 'false', false],
  ] as const)('%s %s shows %s; %s is sent as %s', (name, wire, shown, typed, sent) => {
    expect(toTyped(field(name), wire)).toBe(shown);
    expect(toWire(field(name), typed)).toEqual({ value: sent });
  });
  it('keeps both languages, and does not repeat Chinese as English', () => {
    expect(toTyped(field('text'), { zh: '条', en: '条' })).toEqual({ zh: '条', en: '' });
    expect(toWire(field('text'), { zh: ' 条 ', en: '' })).toEqual({ value: { zh: '条', en: '条' } });
    expect(toWire(field('text'), { zh: '', en: 'only' })).toEqual({ wrong: 'needZh' });
  });
  it('says what is wrong', () => {
    expect(toWire(field('employees'), 'many')).toEqual({ wrong: 'needNumber' });
    expect(toWire(field('employees'), '1.5')).toEqual({ wrong: 'needWhole' });
    expect(toWire(field('name'), '  ')).toEqual({ wrong: 'required' });
    expect(toWire(field('name', { limit: 2 }), '三个字')).toEqual({ wrong: 'tooLong' });
    expect(wireFigure('money', '99999999999999')).toEqual({ wrong: 'tooLarge' });
  });
  it('empties to unknown', () => expect(toWire(field('established'), '')).toEqual({ value: null }));
  it('measures land in either unit', () => {
    expect(areaIn('20000', 'mu')).toBe('30 亩');
    expect(areaIn('30 亩', 'm2')).toBe('20000');
  });
});

const RECORD: FullRecord = {
  record: 'enterprise', id: 'ent_1', version: 3, title: '甲', facts: {}, children: {}, can: { update: { allowed: true } },
  values: { name: '甲', region: '431302', registered_capital: 123_456_789, certs: ['high_tech'] }, years: { 2025: { revenue: 1_234_567 } },
};
const before = stateOf(enterprise, RECORD, ['2025', '2024']);

describe('a form', () => {
  it('sends only what was touched, so that odd amounts survive', () => {
    expect(patchOf(enterprise, before, before, false)).toEqual({ patch: { values: {}, years: {} } });
    const now = setTyped(setTyped(before, 'region', '431371'), 'years.2024.revenue', '12');
    expect(patchOf(enterprise, before, now, false)).toEqual({ patch: { values: { region: '431371' }, years: { 2024: { revenue: 12_000_000 } } } });
  });
  it('names every mistake, in the order of the form', () => {
    const now = setTyped(setTyped(before, 'years.2025.employees', 'x'), 'name', '');
    expect(patchOf(enterprise, before, now, false)).toEqual({ mistypings: [{ key: 'name', wrong: 'required' }, { key: 'years.2025.employees', wrong: 'needNumber' }] });
  });
  it('asks a new record for what it must have', () => {
    const start = startOf(enterprise, '?region=431302&name=', []);
    expect(patchOf(enterprise, start, start, true)).toEqual({ mistypings: [{ key: 'name', wrong: 'required' }] });
  });
  it('takes the parent from the address', () => expect(startOf(recordModel('policy_clause'), '?policy=pol_01&when=x', []).values).toMatchObject({ policy: 'pol_01', when: '' }));
  it('is unchanged by a year opened and left empty', () => expect(changedKeys(before, setTyped(before, 'years.2019.revenue', ''))).toEqual([]));
  it('offers recent years and those that are there', () => expect(formYears(2026, ['2021', '2025'])).toEqual(['2026', '2025', '2024', '2021']));
  it('remembers what stood before, unknown included', () =>
    expect(standing(RECORD, { values: { region: 'x', established: 'y' }, years: { 2025: { revenue: 1 }, 2024: { revenue: 2 } } })).toEqual({ values: { region: '431302', established: null }, years: { 2025: { revenue: 1_234_567 }, 2024: { revenue: null } } }));
});

describe('two people on one record', () => {
  const mine = setTyped(setTyped(setTyped(before, 'region', '431371'), 'name', '乙'), 'years.2025.revenue', '9');
  const now: FullRecord = { ...RECORD, version: 4, values: { ...RECORD.values, region: '431382', name: '乙', industry: '3240' } };
  const merge = mergeStale(enterprise, before, mine, now);
  it('argue only where both changed to different values', () => {
    expect(merge.conflicts).toEqual([{ key: 'region', mine: '431371', theirs: '431382' }]);
    expect(merge.taken).toEqual(['industry']);
    expect(merge.version).toBe(4);
  });
  it('save again against what is there now: mine by default, theirs when chosen', () => {
    const keep = withChoices(merge, {});
    expect(patchOf(enterprise, merge.base, keep, false)).toEqual({ patch: { values: { region: '431371' }, years: { 2025: { revenue: 9_000_000 } } } });
    expect(patchOf(enterprise, merge.base, withChoices(merge, { region: 'theirs' }), false)).toEqual({ patch: { values: {}, years: { 2025: { revenue: 9_000_000 } } } });
  });
});

describe('small things of the desk', () => {
  it('lists registers with their children below', () => expect(registers(model).map(({ own, children }) => [own.name, children.map((one) => one.name)])).toEqual([['policy', ['policy_clause']], ['enterprise', []], ['park', []]]));
  it('keeps each recent record once, the newest first', () => {
    const one = (id: string) => ({ record: 'enterprise', id, title: id });
    expect(withRecent([one('a'), one('b')], one('b')).map((recent) => recent.id)).toEqual(['b', 'a']);
  });
  it('narrows by words or by the start of a code', () => {
    const options = [{ value: '3240', label: '有色金属合金制造' }, { value: '3511', label: '矿山机械制造' }];
    expect([narrowed(options, '机械'), narrowed(options, '32'), narrowed(options, '')].map((list) => list.length)).toEqual([1, 1, 2]);
  });
});

describe('figures', () => {
  it('share out widths by the largest', () => expect(shares([5, 10, 0])).toEqual([50, 100, 0]));
  it('thin out days and keep the newest', () => expect(thinned([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]));
  it('write no formula into a spreadsheet', () => expect(csv([['=1+1', 2], ['a,"b"', null]])).toBe('\ufeff\'=1+1,2\r\n"a,""b""",\r\n'));
});

describe('the map', () => {
  const region = (code: string, parent: string | null, x: number, y: number): Region => ({ code, parent, name: { zh: code, en: code }, level: 'county', tile: { x, y }, counts: { firms: 1, policies: 1, parks: 1 } });
  const [a, b, c] = [region('a', 'p', 0, 0), region('b', 'p', 2, 0), region('c', 'a', 0, 1)];
  it('shades by rank, so that one giant leaves the rest apart', () => expect([0, 1, 2, 3, 1000].map((value) => shadeOf(value, [0, 1, 2, 3, 1000]))).toEqual([0, 1, 2, 3, 4]));
  it('moves over gaps, and stops at the edge', () => {
    expect(neighbour([a, b, c], a, 'ArrowRight')?.code).toBe('b');
    expect(neighbour([a, b, c], a, 'ArrowLeft')).toBeNull();
  });
  it('knows what lies within', () => expect([...within([a, b, c], 'a')]).toEqual(['a', 'c']));
  it('draws a square of the equator as a square, north up', () => {
    const geo = { type: 'FeatureCollection', features: [{ properties: { adcode: 431300 }, geometry: { type: 'Polygon', coordinates: [[[0, -1], [2, -1], [2, 1], [0, 1], [0, -1]]] } }] };
    const drawing = drawingOf(geo, new Set(['431300']), 100);
    expect(drawing?.height).toBe(100);
    expect(drawing?.shapes[0]).toMatchObject({ code: '431300', at: [50, 50], path: 'M0 100L100 100L100 0L0 0L0 100Z' });
    expect(drawingOf(geo, new Set(['430100']), 100)).toBeNull();
  });
  it.each([['{', 'notJson'], ['[]', 'notCollection'], ['{"type":"FeatureCollection","features":[]}', 'empty'], ['{"type":"FeatureCollection","features":[{}]}', 'noCodes']])('names what is wrong with %s', (text, fault) => expect(readShapes(text)).toEqual({ fault }));
});

describe('an account', () => {
  const officer = { ...NOBODY, login: 'he.yu', name: '贺屿', roles: ['officer'], region: '431300' };
  it('must have what its role needs', () => {
    expect(checkAccount(officer)).toEqual({});
    expect(checkAccount({ ...officer, login: '贺', roles: ['firm', 'park'] })).toEqual({ login: 'needLogin', firm: 'needFirm', park: 'needPark' });
  });
  it('sends only what changed, and null for what is taken away', () => {
    expect(accountPatch(officer, { ...officer, region: '', roles: ['leader'] })).toEqual({ roles: ['leader'], region: null });
    expect(accountPatch(officer, officer)).toEqual({});
  });
});
