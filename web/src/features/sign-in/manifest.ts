import type { Feature } from '@/blocks/feature';

export const feature: Feature = {
  key: 'sign-in',
  place: 'hall',
  routes: [
    { path: '/sign-in', frame: 'public', open: true, load: () => import('./SignInPage') },
    { path: '/set-up', frame: 'public', open: true, load: () => import('./SetUpPage') },
    { path: '/password', frame: 'public', open: true, load: () => import('./PasswordPage') },
  ],
};
