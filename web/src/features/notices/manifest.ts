import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'notices',
  place: 'hall',
  routes: [{ path: '/notices', frame: 'public', open: true, load: () => import('./NoticesPage') }],
};
