import type { FullRecord, Item, ItemPage, Value } from '../api/types';
import { lists, model } from './model.ts';
import { indexOf, itemOf, TOTAL } from './policies.ts';
import type { Answered, Routes } from './server.ts';

const policies: readonly Item[] = Array.from({ length: TOTAL }, (_, at) => itemOf(at));

const parents = new Map(lists.flatMap((list) => list.codes.map((code): [string, string | null] => [code.code, code.parent])));
function within(code: Value | undefined, wanted: readonly string[]): boolean {
  let at = typeof code === 'string' ? code : null;
  while (at !== null) {
    if (wanted.includes(at)) return true;
    at = parents.get(at) ?? null;
  }
  return false;
}

function search(query: URLSearchParams): ItemPage {
  const q = query.get('q') ?? '';
  const filters = [...query.entries()].flatMap(([key, value]) => (key.startsWith('where.') ? [{ field: key.slice(6), wanted: value.split(',') }] : []));
  const keep = (item: Item, except: string) =>
    (q === '' || JSON.stringify(item).includes(q)) && filters.every(({ field, wanted }) => field === except || within(item.values[field], wanted));
  const all = policies.filter((item) => keep(item, ''));
  const from = Number(query.get('after') || 0);
  const limit = Number(query.get('limit') ?? 20);
  const facets: Record<string, { code: string; count: number }[]> = {};
  for (const facet of (query.get('facets') ?? '').split(',').filter((name) => name !== '')) {
    const counts = new Map<string, number>();
    for (const item of policies.filter((one) => keep(one, facet))) {
      const code = item.values[facet];
      if (typeof code === 'string') counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    facets[facet] = [...counts].map(([code, count]) => ({ code, count }));
  }
  return { items: all.slice(from, from + limit), total: all.length, next: from + limit < all.length ? String(from + limit) : null, facets };
}

const CLAUSES: ReadonlyArray<readonly [string, string, string, string]> = [
  ['第五条', '在娄底市注册、纳税的规模以上工业企业，可以申请本奖补。', 'Industrial firms above the reporting size, registered and paying tax in Loudi, may apply.', 'deciding'],
  ['第六条', '同一项目的设备投资，不含税不少于 500 万元，项目已备案且在备案有效期内。', 'Equipment of one project costs at least 5 million yuan before tax; the project is on file and the filing is valid.', 'deciding'],
  ['第六条', '企业为省级专精特新中小企业，或者近两年营业收入均为正增长。', 'The firm is a provincial specialised small firm, or its revenue grew in each of the last two years.', 'deciding'],
  ['第八条', '近 12 个月未发生重大安全、环保事故，未列入严重失信主体名单。', 'No major safety or environmental incident in 12 months, and not on the dishonesty list.', 'deciding'],
  ['第十一条', '设备与备案的建设内容相符，由市工信局核验。', 'The equipment agrees with the filed project; the bureau verifies.', 'person'],
  ['第十二条', '资金不足时，按同一比例核减。', 'When funds do not suffice, all awards are reduced by one ratio.', 'information'],
];

export function policyRecord(id: string): FullRecord | null {
  const item = policies[indexOf(id)];
  if (!item) return null;
  const clauses = CLAUSES.map(([article, zh, en, kind], at): Item => ({ id: `cla_${at}`, version: 1, title: article, values: { position: at + 1, article, text: { zh, en }, kind } }));
  return { ...item, record: 'policy', facts: {}, years: {}, children: { policy_clause: clauses }, can: { update: { allowed: false, reason: { zh: '只有政策干部能改', en: 'Only policy officers may change it' } } } };
}

const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, detail: '它可能已被撤下，或您的账号看不到它。', code: 'not_found' } };

export const routes: Routes = {
  'GET /model': () => ({ status: 200, body: model }),
  'GET /lists/:list': (_, [name]) => {
    const found = lists.find((list) => list.name === name);
    return found ? { status: 200, body: found } : absent;
  },
  'GET /records/policy': ({ query }) => ({ status: 200, body: search(query) }),
  'GET /records/policy/export': () => ({ status: 200, type: 'text/csv', body: '\ufeff名称,文号\r\n' }),
  'GET /records/policy/:id': (_, [id]) => {
    const found = policyRecord(id ?? '');
    return found ? { status: 200, body: found } : absent;
  },
  'GET /policies/:id/firms': () => ({
    status: 200,
    body: {
      counts: { yes: 386, near: 414, unknown: 148, no: 65957 },
      by_region: [{ code: '431302', label: { zh: '娄星区', en: 'Louxing' }, yes: 121 }, { code: '431371', label: { zh: '娄底经开区', en: 'Loudi development zone' }, yes: 74 }, { code: '431382', label: { zh: '涟源市', en: 'Lianyuan' }, yes: 68 }, { code: '431321', label: { zh: '双峰县', en: 'Shuangfeng' }, yes: 49 }],
      items: [], next: null,
    },
  }),
};
