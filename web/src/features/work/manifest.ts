import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'work',
  place: 'work',
  routes: [
    { path: '/work/records', frame: 'desk', load: () => import('./WorkPage') },
    { path: '/work/:record', frame: 'desk', load: () => import('./ListPage') },
    { path: '/work/:record/new', frame: 'desk', load: () => import('./NewPage') },
    { path: '/work/:record/:id', frame: 'desk', load: () => import('./DetailPage') },
    { path: '/work/:record/:id/edit', frame: 'desk', load: () => import('./EditPage') },
  ],
  sub: [{ path: '/work/records', label: { zh: '登记簿', en: 'Registers' }, order: 10 }],
};
