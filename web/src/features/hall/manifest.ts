import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'hall',
  place: 'hall',
  routes: [{ path: '/', frame: 'public', open: true, load: () => import('./HallPage') }],
};
