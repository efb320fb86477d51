/** What can be said about the forms without asking the server. Keys name texts of the `sign-in` namespace. */
export const PASSWORD_MIN = 12;

export interface SetUp {
  readonly token: string;
  readonly login: string;
  readonly name: string;
  readonly password: string;
  readonly again: string;
}
export type SetUpKey = 'needToken' | 'needLogin' | 'needName' | 'needPassword' | 'needAgain';

export function checkSetUp(form: SetUp): Partial<Record<keyof SetUp, SetUpKey>> {
  return {
    ...(form.token.trim() === '' ? { token: 'needToken' } : {}),
    ...(/^[a-z0-9.-]{3,32}$/.test(form.login) ? {} : { login: 'needLogin' }),
    ...(form.name.trim() === '' ? { name: 'needName' } : {}),
    ...([...form.password].length < PASSWORD_MIN ? { password: 'needPassword' } : {}),
    ...(form.again === form.password ? {} : { again: 'needAgain' }),
  };
}

export interface Change {
  readonly old: string;
  readonly fresh: string;
  readonly again: string;
}
export type ChangeKey = 'needOld' | 'needFresh' | 'needAgain' | 'needOther';

export function checkChange(form: Change): Partial<Record<keyof Change, ChangeKey>> {
  return {
    ...(form.old === '' ? { old: 'needOld' } : {}),
    ...([...form.fresh].length < PASSWORD_MIN ? { fresh: 'needFresh' } : form.fresh === form.old ? { fresh: 'needOther' } : {}),
    ...(form.again === form.fresh ? {} : { again: 'needAgain' }),
  };
}

/** Where to go after signing in: only a path of this site, never another host; a firm's page only for a firm. */
export function destination(search: string, places: readonly string[]): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  if (!/^\/(?![/\\])/.test(next) || next.startsWith('/sign-in')) return '/start';
  if (next.startsWith('/my-firm') && !places.includes('my-firm')) {
    const policy = /^\/my-firm\/policies\/([^/?]+)/.exec(next)?.[1];
    return policy === undefined ? '/start' : `/policies/${policy}`;
  }
  return next;
}
