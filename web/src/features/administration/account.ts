/** An account as a form, and the change that is sent: only what differs; null takes a belonging away. */
import type { ManagedAccount } from './wire';

export interface AccountForm {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly organisation: string;
  readonly firm: string;
  readonly park: string;
  readonly region: string;
}

export const EMPTY: AccountForm = { login: '', name: '', roles: [], organisation: '', firm: '', park: '', region: '' };

export function formOf(account: ManagedAccount): AccountForm {
  return {
    login: account.login, name: account.name, roles: account.roles, region: account.region ?? '',
    organisation: account.organisation?.id ?? '', firm: account.firm?.id ?? '', park: account.park?.id ?? '',
  };
}

/** What was typed, carried over to the account as it is now: a field nobody touched takes what is there. */
export function rebase(before: AccountForm, typed: AccountForm, now: AccountForm): AccountForm {
  const kept = <K extends keyof AccountForm>(key: K): AccountForm[K] => (same(before[key], typed[key]) ? now[key] : typed[key]);
  return { login: now.login, name: kept('name'), roles: kept('roles'), organisation: kept('organisation'), firm: kept('firm'), park: kept('park'), region: kept('region') };
}

export function sameForm(a: AccountForm, b: AccountForm): boolean {
  return a.name === b.name && same(a.roles, b.roles) && BELONGS.every((key) => a[key] === b[key]);
}

function same(a: string | readonly string[], b: string | readonly string[]): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : [...a].sort().join() === [...b].sort().join();
}

export type AccountMistake = 'needLogin' | 'needName' | 'needRole' | 'needFirm' | 'needPark';

/** What is missing, by field. A firm's role needs its firm, a park's its park: without them it sees nothing. */
export function checkAccount(form: AccountForm): Readonly<Partial<Record<keyof AccountForm, AccountMistake>>> {
  return {
    ...(/^[A-Za-z0-9._@-]{2,60}$/.test(form.login) ? {} : { login: 'needLogin' as const }),
    ...(form.name.trim() === '' ? { name: 'needName' as const } : {}),
    ...(form.roles.length === 0 ? { roles: 'needRole' as const } : {}),
    ...(form.roles.includes('firm') && form.firm === '' ? { firm: 'needFirm' as const } : {}),
    ...(form.roles.includes('park') && form.park === '' ? { park: 'needPark' as const } : {}),
  };
}

const BELONGS = ['organisation', 'firm', 'park', 'region'] as const;

export function newAccount(form: AccountForm): Readonly<Record<string, unknown>> {
  const belongs = BELONGS.filter((key) => form[key] !== '').map((key) => [key, form[key]] as const);
  return { login: form.login, name: form.name.trim(), roles: form.roles, ...Object.fromEntries(belongs) };
}

export function accountPatch(before: AccountForm, now: AccountForm): Readonly<Record<string, unknown>> {
  const belongs = BELONGS.filter((key) => before[key] !== now[key]).map((key) => [key, now[key] === '' ? null : now[key]] as const);
  return { ...(before.name === now.name ? {} : { name: now.name.trim() }), ...(same(before.roles, now.roles) ? {} : { roles: now.roles }), ...Object.fromEntries(belongs) };
}

/** 1.5 MB, 12 KB. */
export function bytesInWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} KB`;
}
