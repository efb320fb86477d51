import type { Feature } from '@/blocks/feature';

const OFFICES = ['officer', 'reviewer', 'finance', 'leader', 'administrator'];

export const feature: Feature = {
  key: 'awards',
  place: 'work',
  routes: [
    { path: '/work/award_run', frame: 'desk', load: () => import('./RunsPage') },
    { path: '/work/award_run/new', frame: 'desk', load: () => import('./NewRunPage') },
    { path: '/work/award_run/:id', frame: 'desk', load: () => import('./RunPage') },
  ],
  sub: [{ path: '/work/award_run', label: { zh: '免申即享', en: 'Awards without application' }, roles: OFFICES, order: 22 }],
};
