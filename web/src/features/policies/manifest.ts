import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'policies',
  place: 'hall',
  routes: [
    { path: '/policies', frame: 'firm', open: true, load: () => import('./ShelfPage') },
    { path: '/policies/:id', frame: 'firm', open: true, load: () => import('./PolicyPage') },
  ],
};
