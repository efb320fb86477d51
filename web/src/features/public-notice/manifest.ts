import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'public-notice',
  place: 'hall',
  routes: [
    { path: '/public-notices', frame: 'firm', open: true, load: () => import('./PublicNoticesPage') },
    { path: '/public-notices/:claim', frame: 'firm', open: true, load: () => import('./ObjectionPage') },
  ],
};
