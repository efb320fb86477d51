/** Registers as the desk keeps them: enterprises, clauses and parks that can be listed, changed and created in this run. */
import type { FullRecord, HistoryPage, Item, Value, Values } from '../api/types';
import { enterprise } from './firm.ts';
import { lists, model } from './model.ts';
import { policyRecord } from './records.ts';
import type { Answered, Handler, Routes } from './server.ts';

const WAN = 1_000_000;
const PLACES = ['431302', '431321', '431322', '431381', '431382', '431371'];
const TRADES = ['3240', '3511', '3571', '3073', '3130', '3982', '3251'];
const SIZES = ['large', 'medium', 'small', 'small', 'micro'];
const SIGNS = ['沅阶', '涟岳', '璟砾', '栩峰', '砚衡', '坤屿', '沅冶', '岑石', '汀洲', '岚谷'];
const KINDS = ['精密铸造', '机械', '陶瓷', '农机', '紧固件', '电子', '炉料', '新材料'];

const blank = { facts: {}, years: {}, children: {}, can: { update: { allowed: true } } } as const;
type Kept = Record<string, FullRecord>;

const parks: Kept = Object.fromEntries(
  [['park_01', '娄底经济技术开发区', 'Loudi Economic Development Zone', '431371', 32_000_000], ['park_02', '双峰经济开发区', 'Shuangfeng Development Zone', '431321', 11_000_000], ['park_03', '涟源高新技术产业开发区', 'Lianyuan High-tech Zone', '431382', 14_500_000]].map(
    ([id, zh, en, region, area]): [string, FullRecord] => {
      const name = { zh: String(zh), en: String(en) };
      return [String(id), { ...blank, record: 'park', id: String(id), version: 1, title: name, values: { name, region: region ?? null, planned_area: area ?? null } }];
    },
  ),
);

function firm(at: number): FullRecord {
  const region = PLACES[at % PLACES.length] ?? null;
  const name = `娄底${SIGNS[at % SIGNS.length] ?? ''}${KINDS[at % KINDS.length] ?? ''}有限公司`;
  const values: Values = {
    name, region, credit_code: `9143130${String(at).padStart(2, '0')}MA4L2C2X7`, industry: TRADES[at % TRADES.length] ?? null, park: at % 3 === 0 ? `park_0${(at % 9) / 3 + 1}` : null,
    size_class: SIZES[at % SIZES.length] ?? null, above_scale: at % 3 === 0, established: `${2001 + (at % 20)}-0${1 + (at % 9)}-12`, registered_capital: (200 + at * 37) * WAN, certs: at % 4 === 0 ? ['high_tech'] : [],
  };
  return { ...blank, record: 'enterprise', id: `ent_${at + 10}`, version: 1, title: name, values };
}

const firms: Kept = Object.fromEntries([
  ['ent_01', { ...enterprise, record: 'enterprise', can: { update: { allowed: true } } }],
  ...Array.from({ length: 128 }, (_, at): [string, FullRecord] => [firm(at).id, firm(at)]),
]);
const clauses: Kept = Object.fromEntries(
  (policyRecord('pol_01')?.children['policy_clause'] ?? []).map((item, at): [string, FullRecord] => [
    item.id,
    { ...blank, ...item, record: 'policy_clause', values: { ...item.values, policy: 'pol_01', when: at === 0 ? 'within(region, "431300") && above_scale' : null }, titles: { pol_01: '技术改造设备投资奖补' } },
  ]),
);
const kept: Readonly<Record<string, Kept>> = { enterprise: firms, policy_clause: clauses, park: parks };

const parents = new Map(lists.flatMap((list) => list.codes.map((code): [string, string | null] => [code.code, code.parent])));
function lies(value: Value | undefined, wanted: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((one) => wanted.includes(String(one)));
  let at: string | null = value === null || value === undefined ? null : String(value);
  while (at !== null) {
    if (wanted.includes(at)) return true;
    at = parents.get(at) ?? null;
  }
  return false;
}

const titles: Readonly<Record<string, string>> = { park_01: '娄底经济技术开发区', park_02: '双峰经济开发区', park_03: '涟源高新技术产业开发区', pol_01: '技术改造设备投资奖补' };

function compared(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'zh');
}

const listed: Handler = ({ query }, [record = '']) => {
  const rows = kept[record];
  if (!rows) return absent;
  const q = query.get('q') ?? '';
  const conditions = [...query.entries()].flatMap(([key, text]) => {
    const [kind = '', field = ''] = key.split('.');
    return ['where', 'from', 'to'].includes(kind) && text !== '' ? [{ kind, field, text }] : [];
  });
  const meets = (item: Item, except: string) =>
    conditions.every(({ kind, field, text }) => {
      const value = item.values[field];
      if (field === except) return true;
      if (kind === 'where') return lies(value, text.split(','));
      return kind === 'from' ? compared(value, typeof value === 'number' ? Number(text) : text) >= 0 : compared(value, typeof value === 'number' ? Number(text) : text) <= 0;
    });
  const found = Object.values(rows).filter((item) => q === '' || JSON.stringify(item.values).includes(q));
  const sort = query.get('sort') || model.records.find((one) => one.name === record)?.sort || '';
  const by = sort.replace('-', '');
  const all = found.filter((item) => meets(item, '')).sort((a, b) => compared(a.values[by], b.values[by]) * (sort.startsWith('-') ? -1 : 1));
  const from = Number(query.get('after') || 0);
  const limit = Number(query.get('limit') ?? 50);
  const facets = Object.fromEntries(
    (query.get('facets') ?? '').split(',').filter((one) => one !== '').map((facet) => {
      const counts = new Map<string, number>();
      for (const item of found.filter((one) => meets(one, facet))) {
        const code = item.values[facet];
        if (code !== null && code !== undefined) counts.set(String(code), (counts.get(String(code)) ?? 0) + 1);
      }
      return [facet, [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)];
    }),
  );
  return { status: 200, body: { items: all.slice(from, from + limit), total: all.length, next: from + limit < all.length ? String(from + limit) : null, facets, titles } };
};

const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };

function part(body: unknown, name: string): Record<string, Value> {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function years(body: unknown): Record<string, Record<string, Value>> {
  return Object.fromEntries(Object.keys(part(body, 'years')).map((year) => [year, part(part(body, 'years'), year)]));
}

/** What the server finds wrong with a rule. */
function faults(values: Values): readonly { readonly field: string; readonly code: string; readonly message: string }[] {
  const { when } = values;
  if (typeof when !== 'string' || !when.includes('employes')) return [];
  return [{ field: 'when', code: 'rule', message: `第 1 行第 ${when.indexOf('employes') + 1} 列：企业没有字段“employes”，是不是“employees”？` }];
}

function made(of: FullRecord): HistoryPage['items'][number]['changes'] {
  const yearly = Object.entries(of.years).flatMap(([year, values]) => Object.entries(values).map(([name, to]) => ({ field: `${year}.${name}`, from: null, to })));
  return [...Object.entries(of.values).map(([field, to]) => ({ field, from: null, to })), ...yearly];
}

let sequence = 400;
const past: Record<string, HistoryPage['items'][number][]> = {
  ent_01: [{ sequence: 317, at: '2026-11-18T09:41:00+08:00', actor: { name: '彭砚秋' }, command: 'enterprise.update', changes: [{ field: 'size_class', from: 'small', to: 'medium' }, { field: '2025.revenue', from: null, to: 28_667_0000_00 }] }, { sequence: 12, at: '2026-03-02T15:20:00+08:00', actor: null, command: 'enterprise.import', changes: made(enterprise) }],
};

const patched: Handler = ({ body, version }, [record = '', id = '']) => {
  const now = kept[record]?.[id];
  if (!now) return absent;
  if (version !== now.version) return { status: 412, body: { title: '别人先保存了', status: 412, code: 'stale', detail: '请核对后再保存。', current: now } };
  const values = part(body, 'values');
  const wrong = faults(values);
  if (wrong.length > 0) return { status: 422, body: { title: '没有保存', status: 422, code: 'validation', detail: '有 1 处要改。', errors: wrong } };
  const changed = years(body);
  const merged = Object.fromEntries([...new Set([...Object.keys(now.years), ...Object.keys(changed)])].map((year) => [year, { ...now.years[year], ...changed[year] }]));
  const source = typeof body === 'object' && body !== null ? Reflect.get(body, 'source') : undefined;
  const notes = Object.fromEntries(typeof source === 'string' ? [...Object.keys(values), ...Object.values(changed).flatMap(Object.keys)].filter((name) => now.facts[name]).map((name) => [name, { source, as_of: '2026-11-20', period: null, contested: false, stale: false, band: null }]) : []);
  const after: FullRecord = { ...now, version: now.version + 1, facts: { ...now.facts, ...notes }, values: { ...now.values, ...values }, years: merged, title: typeof values['name'] === 'string' ? values['name'] : now.title };
  (kept[record] ?? {})[id] = after;
  (past[id] ??= []).unshift({ sequence: (sequence += 1), at: '2026-11-20T10:00:00+08:00', actor: { name: '彭砚秋' }, command: `${record}.update`, changes: Object.entries(values).map(([field, to]) => ({ field, from: now.values[field] ?? null, to })) });
  return { status: 200, body: after };
};

const csv: Answered = { status: 200, type: 'text/csv', body: '\ufeff名称\r\n' };

export const routes: Routes = {
  'GET /records/:record': listed,
  'GET /records/:record/export': () => csv,
  'GET /records/enterprise/:id': (_, [id = '']) => id === 'export' ? csv : (firms[id] ? { status: 200, body: firms[id] } : absent),
  'GET /records/:record/:id': (_, [record = '', id = '']) => (kept[record]?.[id] ? { status: 200, body: kept[record][id] } : absent),
  'GET /records/:record/:id/history': (_, [, id = '']) => ({ status: 200, body: { items: past[id] ?? [], next: null } }),
  'PATCH /records/:record/:id': patched,
  'POST /records/:record': ({ body }, [record = '']) => {
    const values = part(body, 'values');
    const wrong = faults(values);
    if (wrong.length > 0) return { status: 422, body: { title: '没有新建', status: 422, code: 'validation', detail: '有 1 处要改。', errors: wrong } };
    const id = `${record}_${(sequence += 1)}`;
    const fresh: FullRecord = { ...blank, record, id, version: 1, title: String(values['name'] ?? values['article'] ?? id), values, years: years(body) };
    (kept[record] ?? {})[id] = fresh;
    past[id] = [{ sequence, at: '2026-11-20T10:00:00+08:00', actor: { name: '彭砚秋' }, command: `${record}.create`, changes: made(fresh) }];
    return { status: 201, body: fresh };
  },
  'GET /reference/:record': ({ query }, [record = '']) => ({
    status: 200,
    body: Object.values(kept[record] ?? {}).filter((one) => JSON.stringify(one.title).includes(query.get('q') ?? '')).slice(0, 20).map((one) => ({ id: one.id, title: one.title })),
  }),
};
