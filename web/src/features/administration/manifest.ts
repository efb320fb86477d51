import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'administration',
  place: 'administration',
  routes: [
    { path: '/administration', frame: 'desk', load: () => import('./OverviewPage') },
    { path: '/administration/accounts', frame: 'desk', load: () => import('./AccountsPage') },
    { path: '/administration/accounts/new', frame: 'desk', load: () => import('./NewAccountPage') },
    { path: '/administration/accounts/:id', frame: 'desk', load: () => import('./AccountPage') },
    { path: '/administration/journal', frame: 'desk', load: () => import('./JournalPage') },
    { path: '/administration/map', frame: 'desk', load: () => import('./ShapesPage') },
    { path: '/administration/mail', frame: 'desk', load: () => import('./MailPage') },
    { path: '/administration/webhooks', frame: 'desk', load: () => import('./WebhooksPage') },
    { path: '/administration/bank-file', frame: 'desk', load: () => import('./BankFilePage') },
  ],
  sub: [
    { path: '/administration', label: { zh: '概况', en: 'Overview' }, order: 10 },
    { path: '/administration/accounts', label: { zh: '账号', en: 'Accounts' }, order: 20 },
    { path: '/administration/journal', label: { zh: '日志', en: 'Journal' }, order: 30 },
    { path: '/administration/map', label: { zh: '地图', en: 'Map shapes' }, order: 40 },
    { path: '/administration/mail', label: { zh: '邮件', en: 'Mail' }, order: 50 },
    { path: '/administration/webhooks', label: { zh: '消息推送', en: 'Webhooks' }, order: 60 },
    { path: '/administration/bank-file', label: { zh: '银行文件', en: 'Bank file' }, order: 70 },
  ],
};
