import type { Feature } from '@/blocks/feature';

const PAYS = ['finance', 'reviewer', 'leader', 'administrator'];
const BUDGETS = ['finance', 'leader', 'administrator'];
const RECOVERS = ['officer', 'reviewer', 'finance', 'leader', 'administrator'];

export const feature: Feature = {
  key: 'payments',
  place: 'work',
  routes: [
    { path: '/work/payment_batch', frame: 'desk', load: () => import('./PaymentsPage') },
    { path: '/work/payment_batch/new', frame: 'desk', load: () => import('./DrawPage') },
    { path: '/work/payment_batch/:id', frame: 'desk', load: () => import('./BatchPage') },
    { path: '/work/recovery', frame: 'desk', load: () => import('./RecoveriesPage') },
    { path: '/work/budget', frame: 'desk', load: () => import('./BudgetsPage') },
    { path: '/my-firm/recoveries/:id', frame: 'firm', place: 'my-firm', load: () => import('./RecoveryPage') },
    { path: '/work/recovery/:id', frame: 'desk', load: () => import('./RecoveryPage') },
  ],
  sub: [
    { path: '/work/payment_batch', label: { zh: '付款', en: 'Payments' }, roles: PAYS, order: 24 },
    { path: '/work/budget', label: { zh: '预算', en: 'Budgets' }, roles: BUDGETS, order: 23 },
    { path: '/work/recovery', label: { zh: '追回', en: 'Recoveries' }, roles: RECOVERS, order: 26 },
  ],
};
