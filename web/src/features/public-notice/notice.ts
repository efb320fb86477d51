/** What the pages of public notice decide on their own: notices by policy, and whether an objection can be sent. */
import { daysBetween } from '@/lib/dates';
import type { Objection, PublicNotice } from './wire';

export interface PolicyGroup {
  readonly policy: PublicNotice['policy'];
  readonly items: readonly PublicNotice[];
  readonly total: number;
  /** The earliest day on which one of them ends. */
  readonly until: string;
}

/** In the order in which the policies first appear. */
export function byPolicy(items: readonly PublicNotice[]): readonly PolicyGroup[] {
  const groups = new Map<string, PublicNotice[]>();
  for (const item of items) groups.set(item.policy.id, [...(groups.get(item.policy.id) ?? []), item]);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return [{ policy: first.policy, items: own, total: own.reduce((sum, one) => sum + one.amount, 0), until: own.map((one) => one.until).sort()[0] ?? first.until }];
  });
}

/** The last day itself still counts. */
export function isOver(until: string, today: string): boolean {
  const left = daysBetween(today, until);
  return left !== null && left < 0;
}

export const EMPTY: Objection = { name: '', contact: '', reason: '' };
/** Characters of a reason, as the server takes it. */
export const REASON_MOST = 2000;

export type Mistaken = 'needName' | 'needContact' | 'needReason' | 'tooLong';

export function checkObjection(typed: Objection): Partial<Record<keyof Objection, Mistaken>> {
  const reason = typed.reason.trim();
  return {
    ...(typed.name.trim() === '' ? { name: 'needName' as const } : {}),
    ...(typed.contact.trim().length < 5 ? { contact: 'needContact' as const } : {}),
    ...(reason.length < 10 ? { reason: 'needReason' as const } : reason.length > REASON_MOST ? { reason: 'tooLong' as const } : {}),
  };
}

/** What was typed and kept in this window; anything else kept there counts as nothing. */
export function readKept(kept: string | null): Objection {
  if (kept === null) return EMPTY;
  try {
    const found: unknown = JSON.parse(kept);
    const text = (name: string): string => {
      const value: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, name) : '';
      return typeof value === 'string' ? value : '';
    };
    return { name: text('name'), contact: text('contact'), reason: text('reason') };
  } catch {
    return EMPTY;
  }
}
