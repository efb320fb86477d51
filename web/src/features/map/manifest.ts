import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'map',
  place: 'map',
  routes: [{ path: '/map', frame: 'desk', open: true, load: () => import('./MapPage') }],
};
