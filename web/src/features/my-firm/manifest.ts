import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'my-firm',
  place: 'my-firm',
  routes: [
    { path: '/my-firm', frame: 'firm', load: () => import('./MatchesPage') },
    { path: '/my-firm/groups/:group', frame: 'firm', load: () => import('./GroupPage') },
    { path: '/my-firm/policies/:policy', frame: 'firm', load: () => import('./AnswerPage') },
    { path: '/my-firm/facts', frame: 'firm', load: () => import('./FactsPage') },
    // The same views for an official who looks at a firm.
    { path: '/firms/:id/matches', frame: 'firm', place: 'work', load: () => import('./MatchesPage') },
    { path: '/firms/:id/matches/groups/:group', frame: 'firm', place: 'work', load: () => import('./GroupPage') },
    { path: '/firms/:id/matches/policies/:policy', frame: 'firm', place: 'work', load: () => import('./AnswerPage') },
  ],
  sub: [
    { path: '/my-firm', label: { zh: '适合我的', en: 'What fits us' }, order: 10 },
    { path: '/my-firm/facts', label: { zh: '我的资料', en: 'Our facts' }, order: 60 },
  ],
};
