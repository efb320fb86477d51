import type { Hall } from '../api/types';
import { card } from './policies.ts';
import type { Routes } from './server.ts';

const hall: Hall = {
  figures: [
    { id: 'firms', label: { zh: '入驻企业', en: 'Firms' }, value: 66905, unit: { zh: '家', en: '' }, note: { zh: '本月新增 412', en: '412 new this month' } },
    { id: 'policies', label: { zh: '现行政策', en: 'Policies in force' }, value: 2846, unit: { zh: '件', en: '' }, note: { zh: '收录 11,762 件', en: 'of 11,762 kept' } },
    { id: 'above_scale', label: { zh: '规模以上工业', en: 'Larger industrial firms' }, value: 1043, unit: { zh: '家', en: '' }, note: null },
    { id: 'high_tech', label: { zh: '高新技术企业', en: 'High-tech firms' }, value: 512, unit: { zh: '家', en: '' }, note: { zh: '有效期内', en: 'recognition in force' } },
    { id: 'rd_ratio', label: { zh: '研发投入强度', en: 'Research intensity' }, value: 2.31, unit: { zh: '%', en: '%' }, note: { zh: '2025 年', en: '2025' } },
    { id: 'parks', label: { zh: '园区', en: 'Parks' }, value: 7, unit: { zh: '个', en: '' }, note: null },
  ],
  policies: { total: 11762, in_force: 2846, new_this_week: 12, closing_this_month: 37, top: [card(0), card(9), card(1), card(2), card(6)], searches: ['技改补助', '稳岗返还', '高企认定', '研发费用', '标准厂房'] },
};

export const routes: Routes = { 'GET /hall': () => ({ status: 200, body: hall }) };
