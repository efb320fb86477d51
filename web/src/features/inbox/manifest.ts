import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'inbox',
  place: 'work',
  routes: [{ path: '/work', frame: 'desk', load: () => import('./InboxPage') }],
  sub: [{ path: '/work', label: { zh: '收件箱', en: 'Inbox' }, order: 5 }],
};
