import type { Feature } from '@/blocks/feature';

const AUTHORS = ['officer', 'administrator'];

export const feature: Feature = {
  key: 'authoring',
  place: 'work',
  routes: [
    { path: '/work/authoring', frame: 'desk', load: () => import('./AuthoringPage') },
    { path: '/work/authoring/new', frame: 'desk', load: () => import('./NewPolicyPage') },
    { path: '/work/authoring/:policy', frame: 'desk', load: () => import('./VersionsPage') },
    { path: '/work/authoring/:policy/:number', frame: 'desk', load: () => import('./EditorPage') },
  ],
  sub: [{ path: '/work/authoring', label: { zh: '政策编写', en: 'Policy writing' }, roles: AUTHORS, order: 20 }],
};
