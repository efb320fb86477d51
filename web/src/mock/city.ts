/** Figures, the map, and what an administrator looks after. */
import type { Text } from '../api/types';
import type { Answered, Routes } from './server.ts';

const both = (zh: string, en: string): Text => ({ zh, en });
const absent: Answered = { status: 404, body: { title: '没有找到', status: 404, code: 'not_found', detail: '没有这个数。' } };

const figures = [
  { id: 'firms', label: both('入驻企业', 'Firms'), unit: both('家', 'firms'), value: 66905, period: null, as_of: '2026-11-20', owner: '市市场监管局', definition: both('在娄底登记、没有注销的企业，含个体工商户转成的企业。', 'Firms registered in Loudi and not struck off.'), expression: 'count(enterprise) where within(region, "431300")' },
  { id: 'policies', label: both('现行有效政策', 'Policies in force'), unit: both('件', 'policies'), value: 2846, period: null, as_of: '2026-11-20', owner: null, definition: both('已施行且未失效的政策。', 'Policies that have begun and not ended.'), expression: 'count(policy) where valid_from <= today && (!known(valid_to) || valid_to >= today)' },
  { id: 'revenue', label: both('规模以上工业营收', 'Revenue of larger industry'), unit: both('亿元', 'hundred million yuan'), value: 1782.4, period: '2025', as_of: '2026-11-20', owner: '市统计局', definition: both('规模以上工业企业上年营业收入之和。', 'Revenue last year of firms above the reporting size.'), expression: 'sum(enterprise.revenue) where above_scale' },
];
const split = [['431302', '娄星区', 'Louxing', 21_420], ['431382', '涟源市', 'Lianyuan', 14_310], ['431321', '双峰县', 'Shuangfeng', 11_260], ['431322', '新化县', 'Xinhua', 10_940], ['431381', '冷水江市', 'Lengshuijiang', 8_975]] as const;

function opened(id: string): Answered {
  const figure = figures.find((one) => one.id === id);
  if (!figure) return absent;
  const record = id === 'policies' ? 'policy' : 'enterprise';
  return {
    status: 200,
    body: {
      ...figure,
      history: Array.from({ length: 20 }, (_, at) => ({ at: `2026-11-${String(at + 1).padStart(2, '0')}`, value: 66_500 + at * 21 })),
      split: split.map(([code, zh, en, value]) => ({ code, label: both(zh, en), value })),
      rows: {
        record, next: null, total: 3,
        items: record === 'policy' ? [] : [10, 11, 12].map((at) => ({ id: `ent_${at}`, version: 1, title: `娄底示例机械有限公司 ${at}`, values: { region: '431302', industry: '3511', size_class: 'small' } })),
      },
    },
  };
}

const CITIES = [['430800', '张家界市', 'Zhangjiajie', 0, 0], ['430700', '常德市', 'Changde', 1, 0], ['430600', '岳阳市', 'Yueyang', 3, 0], ['433100', '湘西州', 'Xiangxi', 0, 1], ['430900', '益阳市', 'Yiyang', 2, 1], ['430100', '长沙市', 'Changsha', 3, 1], ['431200', '怀化市', 'Huaihua', 0, 2], ['431300', '娄底市', 'Loudi', 1, 2], ['430300', '湘潭市', 'Xiangtan', 2, 2], ['430200', '株洲市', 'Zhuzhou', 3, 2], ['430500', '邵阳市', 'Shaoyang', 1, 3], ['430400', '衡阳市', 'Hengyang', 2, 3], ['431100', '永州市', 'Yongzhou', 1, 4], ['431000', '郴州市', 'Chenzhou', 2, 4]] as const;
const COUNTIES = [['431322', '新化县', 'Xinhua', 0, 0], ['431381', '冷水江市', 'Lengshuijiang', 0, 1], ['431382', '涟源市', 'Lianyuan', 1, 0], ['431302', '娄星区', 'Louxing', 2, 0], ['431321', '双峰县', 'Shuangfeng', 2, 1]] as const;
let shapes: unknown = null;

function map() {
  const region = (level: string, parent: string) => ([code, zh, en, x, y]: readonly [string, string, string, number, number], at: number) => ({
    code, name: both(zh, en), level, parent, tile: { x, y },
    counts: { firms: code === '431300' ? 66_905 : level === 'county' ? 8_000 + at * 3_300 : 900 * ((at * 7) % 11), policies: code === '431300' ? 812 : 20 + at * 9, parks: code === '431300' ? 7 : at % 3 },
  });
  return {
    regions: [{ code: '430000', name: both('湖南省', 'Hunan'), level: 'province', parent: null, tile: null, counts: { firms: 132_400, policies: 2_846, parks: 41 } }, ...CITIES.map(region('prefecture', '430000')), ...COUNTIES.map(region('county', '431300'))],
    parks: [
      { id: 'park_01', title: '娄底经济技术开发区', region: '431302', lead: '先进钢铁材料', feature: '电子信息' },
      { id: 'park_02', title: '双峰经济开发区', region: '431321', lead: '农机装备', feature: null },
      { id: 'park_03', title: '涟源高新技术产业开发区', region: '431382', lead: null, feature: null },
    ],
    shapes,
  };
}

interface Mocked {
  readonly id: string;
  readonly version: number;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
  readonly [more: string]: unknown;
}
const account = (id: string, login: string, name: string, role: string, more: Readonly<Record<string, unknown>> = {}): Mocked => ({
  id, version: 1, login, name, roles: [role], organisation: { id: 'org_01', name: '娄底市工业和信息化局' }, firm: null, park: null, region: '431300', disabled: false, must_change_password: false, has_password: true, ...more,
});
let accounts: readonly Mocked[] = [
  account('acc_administrator', 'administrator', '文蔚', 'administrator', { organisation: null }),
  account('acc_officer', 'officer', '彭砚秋', 'officer'),
  account('acc_firm', 'firm', '周岚', 'firm', { organisation: null, firm: { id: 'ent_01', name: '湖南澜砺合金材料有限公司' }, region: null }),
  account('acc_new', 'he.yu', '贺屿', 'park', { has_password: false, park: { id: 'park_01', name: '娄底经济技术开发区' } }),
  account('acc_old', 'li.shan', '黎杉', 'leader', { disabled: true }),
];

const filled = (fields: Readonly<Record<string, unknown>>) => Object.entries(fields).map(([field, to]) => ({ field, from: null, to }));
const person = (login: string, name: string, role: string) => filled({ login, name, password: false, roles: [role], firm: null, organisation: '01jd8', region: '431300', park: null, disabled: false, must_change: true });
const entries = [
  { sequence: 4187, at: '2026-11-20T09:41:00+08:00', actor: { name: '彭砚秋' }, command: 'enterprise.update', record: 'enterprise', id: 'ent_01', changes: [{ field: 'size_class', from: 'small', to: 'medium' }] },
  { sequence: 4186, at: '2026-11-20T09:12:00+08:00', actor: { name: '文蔚' }, command: 'account.update', record: 'account', id: 'acc_old', changes: [{ field: 'disabled', from: false, to: true }, { field: 'roles', from: ['officer'], to: ['leader', 'officer'] }, { field: 'region', from: null, to: '431302' }, { field: 'organisation', from: '01jd7', to: '01jd8' }] },
  { sequence: 4185, at: '2026-11-20T09:10:00+08:00', actor: { name: '文蔚' }, command: 'account.one_time_password', record: 'account', id: 'acc_new', changes: [{ field: 'password', from: false, to: true }] },
  { sequence: 4184, at: '2026-11-20T09:09:00+08:00', actor: { name: '文蔚' }, command: 'account.create', record: 'account', id: 'acc_new', changes: person('he.yu', '贺屿', 'park') },
  { sequence: 4183, at: '2026-11-20T08:30:00+08:00', actor: { name: '周岚' }, command: 'firm.answer', record: 'enterprise', id: 'ent_01', changes: [{ field: 'smart_share', from: null, to: 4200 }] },
  { sequence: 4182, at: '2026-11-20T08:20:00+08:00', actor: { name: '彭砚秋' }, command: 'policy_clause.delete', record: 'policy_clause', id: 'cla_9', changes: [] },
  { sequence: 4181, at: '2026-11-20T08:10:00+08:00', actor: { name: '彭砚秋' }, command: 'visit.file', record: 'visit', id: 'id_8', changes: [] },
  { sequence: 12, at: '2026-11-01T08:00:00+08:00', actor: null, command: 'demonstration.fill', record: 'enterprise', id: 'ent_01', changes: filled({ name: '湖南澜砺合金材料有限公司', credit_code: '91431300MA4L2C2X7K', region: '431371', industry: '3240', established: '2014-06-18', registered_capital: 5_000_000_000, size_class: 'medium', above_scale: true }) },
  { sequence: 2, at: '2026-11-01T07:59:00+08:00', actor: null, command: 'installation.initialise', record: 'document', id: 'id_00000000', changes: [{ field: 'installation/settings', from: null, to: { name: both('娄底', 'Loudi'), region: '431300' } }] },
];

export const routes: Routes = {
  'GET /figures': () => ({ status: 200, body: figures }),
  'GET /figures/:id': (_, [id = '']) => opened(id),
  'GET /map': () => ({ status: 200, body: map() }),
  'PUT /map/shapes': ({ body }) => {
    shapes = body;
    return { status: 204 };
  },
  'GET /accounts': () => ({ status: 200, body: { items: accounts, next: null } }),
  'GET /accounts/:id': (_, [id]) => {
    const found = accounts.find((one) => one.id === id);
    return found ? { status: 200, body: found } : absent;
  },
  'GET /accounts/:id/history': () => ({ status: 200, body: { items: [{ ...entries[1], record: undefined, id: undefined }], next: null } }),
  'POST /accounts': ({ body }) => {
    const made = { ...account(`acc_${accounts.length}`, '', '', 'officer', { has_password: false }), ...(typeof body === 'object' ? body : {}), organisation: null, firm: null, park: null };
    accounts = [...accounts, made];
    return { status: 201, body: made };
  },
  'PATCH /accounts/:id': ({ body, version }, [id]) => {
    const now = accounts.find((one) => one.id === id);
    if (now && version !== now.version) return { status: 412, body: { title: '别人先保存了', status: 412, code: 'stale', detail: '请核对后再保存。', current: now } };
    accounts = accounts.map((one) => (one.id === id ? { ...one, ...(typeof body === 'object' ? body : {}), version: one.version + 1 } : one));
    return { status: 200, body: accounts.find((one) => one.id === id) };
  },
  'POST /accounts/:id/password': (_, [id]) => {
    accounts = accounts.map((one) => (one.id === id ? { ...one, has_password: true, must_change_password: true, version: one.version + 1 } : one));
    return { status: 200, body: { password: 'lian-shui-8842-qing' } };
  },
  'GET /administration': () => ({
    status: 200,
    body: {
      packs: [{ name: 'registry', label: both('登记', 'Registry'), version: '1.0' }, { name: 'policy', label: both('政策', 'Policies'), version: '1.0' }],
      journal: { last_sequence: 4187 },
      calendar: [{ year: 2025, published: true, notice: '国办发明电〔2024〕12号' }, { year: 2026, published: true, notice: '国办发明电〔2025〕7号' }, { year: 2027, published: false, notice: null }],
      database: { kind: 'SQLite', size_bytes: 318_400_000 }, last_backup: '2026-11-12T03:00:00+08:00',
      matching: { rows: 66_905, policies: 2_844, refused: [{ id: 'pol_07', title: '绿色工厂奖励', reason: '第 2 行：企业没有字段“green_level”' }], loaded_in_ms: 412, sequence: 4187 },
    },
  }),
  'GET /administration/journal': () => ({ status: 200, body: { items: entries, next: null } }),
};
