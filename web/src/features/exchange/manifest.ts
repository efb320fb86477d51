import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'exchange',
  place: 'work',
  routes: [
    { path: '/work/import', frame: 'desk', load: () => import('./ImportsPage') },
    { path: '/work/import/:id', frame: 'desk', load: () => import('./ImportPage') },
  ],
  sub: [{ path: '/work/import', label: { zh: '导入', en: 'Import' }, roles: ['officer', 'administrator'], order: 30 }],
};
