/** Imports as the desk sees them: a draft with its preview, and one that is done. */
import type { Routes } from './server.ts';

const both = (zh: string, en: string) => ({ zh, en });
const progress = { rows: 5, done: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, bad: 0, batches: 0 };
const column = (head: string, field: string | null, year: number | null = null, unit = 'yuan') => ({ head, field, year, unit });
const plan = {
  sheet: 0,
  head_row: 2,
  columns: [column('企业名称', 'name'), column('统一社会信用代码', 'credit_code'), column('2025年营业收入（万元）', 'revenue', 2025, 'wan'), column('备注', null)],
  existing: 'skip',
  source: 'market_regulation',
  as_of: '2026-11-20',
};
const draft = { id: 'imp_01', version: 1, record: 'enterprise', name: '涟源企业.xlsx', size: 20480, sheets: [{ name: '企业', hidden: false }], stage: 'draft', plan, progress, why: null, created_at: '2026-11-20T09:00:00+08:00', ended_at: null };
const done = { ...draft, id: 'imp_02', version: 4, name: '双峰企业.csv', stage: 'done', progress: { ...progress, done: 5, created: 3, skipped: 1, bad: 1, batches: 1 }, ended_at: '2026-11-20T09:01:00+08:00' };
const good = { problems: 0, first: null, first_row: null };
const cell = (text: string, shown: string | null = text, problem: ReturnType<typeof both> | null = null) => ({ text, shown: shown === null ? null : both(shown, shown), problem });
const wrong = both('“约三百”不是数；请只写数字。', '"约三百" is not a number; write digits only.');
const preview = {
  columns: [good, good, { problems: 1, first: wrong, first_row: 4 }, good],
  rows: [
    { row: 3, action: 'create', cells: [cell('涟源甲机械有限公司'), cell('91431382MA4L2C2X7A'), cell('1234.5', '1,234.5 万元'), cell('', null)], problems: [] },
    { row: 4, action: 'bad', cells: [cell('涟源乙机械有限公司'), cell('91431382MA4L2C2X8B'), cell('约三百', null, wrong), cell('', null)], problems: [] },
  ],
  checked: 5,
  bad: 1,
  missing: [both('注册地', 'Region of registration')],
  fields: [
    { field: 'name', label: both('企业名称', 'Name'), yearly: false, money: false, required: true },
    { field: 'credit_code', label: both('统一社会信用代码', 'Unified social credit code'), yearly: false, money: false, required: true },
    { field: 'revenue', label: both('营业收入', 'Revenue'), yearly: true, money: true, required: false },
  ],
};

export const routes: Routes = {
  'GET /imports': () => ({ status: 200, body: { imports: [done, draft], records: [{ id: 'enterprise', name: '企业' }, { id: 'policy', name: '政策' }], file_bytes: 67_108_864 } }),
  'POST /imports': () => ({ status: 201, body: draft }),
  'GET /imports/:id': (_, [id]) => ({ status: 200, body: id === 'imp_02' ? done : draft }),
  'PUT /imports/:id/plan': ({ body }) => ({ status: 200, body: { ...draft, version: 2, plan: body } }),
  'GET /imports/:id/preview': () => ({ status: 200, body: preview }),
  'POST /imports/:id/start': () => ({ status: 200, body: { ...draft, version: 3, stage: 'running' } }),
  'POST /imports/:id/cancel': () => ({ status: 200, body: { ...draft, version: 3, stage: 'cancelled' } }),
  'DELETE /imports/:id': () => ({ status: 204 }),
  'GET /records/:record/:id/files': () => ({ status: 200, body: [{ id: 'file_01', name: '政策原文.pdf', media_type: 'application/pdf', size: 345_678, created_at: '2026-11-20T09:00:00+08:00' }] }),
};
