import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'figures',
  place: 'hall',
  routes: [
    { path: '/figures', frame: 'public', open: true, load: () => import('./FiguresPage') },
    { path: '/figures/:id', frame: 'public', open: true, load: () => import('./FigurePage') },
  ],
};
