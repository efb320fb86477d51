import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'claims',
  place: 'my-firm',
  routes: [
    { path: '/my-firm/claims', frame: 'firm', load: () => import('./ClaimsPage') },
    { path: '/my-firm/claims/:id', frame: 'firm', load: () => import('./ClaimPage') },
    { path: '/work/claim/:id', frame: 'desk', place: 'work', load: () => import('./ReviewPage') },
  ],
  sub: [{ path: '/my-firm/claims', label: { zh: '我的申报', en: 'Our claims' }, order: 30 }],
};
