/** What the pages of notices decide on their own: where a notice leads, how the days stand, when to try the line again. */
import { dayOf, daysBetween } from '@/lib/dates';
import type { Notice } from './wire';

/** Where a notice opens; '' when it is about nothing that has a page. */
export function leadsTo(about: Notice['about'], firm: boolean): string {
  if (about === null || about.record === '' || about.id === '') return '';
  const id = encodeURIComponent(about.id);
  if (!firm) return `/work/${about.record}/${id}`;
  if (about.record === 'claim') return `/my-firm/claims/${id}`;
  if (about.record === 'recovery') return `/my-firm/recoveries/${id}`;
  if (about.record === 'policy') return `/policies/${id}`;
  return '';
}

export interface Day {
  readonly day: string;
  readonly when: 'today' | 'yesterday' | 'earlier';
  readonly items: readonly Notice[];
}

/** Notices in the order given, a group for each day of the region. */
export function byDay(items: readonly Notice[], today: string): readonly Day[] {
  const days: { day: string; when: Day['when']; items: Notice[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else {
      const age = daysBetween(day, today);
      days.push({ day, when: age !== null && age <= 0 ? 'today' : age === 1 ? 'yesterday' : 'earlier', items: [item] });
    }
  }
  return days;
}

/** As it stands on the bell: no more than two figures. */
export function badge(unread: number): string {
  return unread > 99 ? '99+' : unread > 0 ? String(unread) : '';
}

const FIRST = 5_000;
const MOST = 300_000;

/** Milliseconds until the nth attempt (from 0) to open a line that the server closed; the browser itself mends a cut one. */
export function waitBefore(attempt: number): number {
  return Math.min(MOST, FIRST * 2 ** Math.min(attempt, 16));
}

/** The count that an event carries; null when it only says that something changed. */
export function unreadIn(data: string): number | null {
  try {
    const said: unknown = JSON.parse(data);
    const unread: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'unread') : null;
    return typeof unread === 'number' && Number.isInteger(unread) && unread >= 0 ? unread : null;
  } catch {
    return null;
  }
}
