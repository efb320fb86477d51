import type { Feature } from '@/blocks/feature';

const OFFICES = ['officer', 'reviewer', 'finance', 'park', 'leader', 'administrator'];
const IN_CHARGE = ['officer', 'reviewer', 'administrator'];

export const feature: Feature = {
  key: 'facts',
  place: 'work',
  routes: [
    { path: '/work/facts', frame: 'desk', load: () => import('./DictionaryPage') },
    { path: '/work/facts/:fact', frame: 'desk', load: () => import('./FactPage') },
    { path: '/work/conflicts', frame: 'desk', load: () => import('./ConflictsPage') },
    { path: '/work/contests', frame: 'desk', load: () => import('./ContestsPage') },
  ],
  sub: [
    { path: '/work/facts', label: { zh: '资料目录', en: 'Facts' }, roles: OFFICES, order: 60 },
    { path: '/work/contests', label: { zh: '资料异议', en: 'Contested facts' }, roles: IN_CHARGE, order: 62 },
    { path: '/work/conflicts', label: { zh: '说法不一', en: 'Conflicts' }, roles: OFFICES, order: 64 },
  ],
};
