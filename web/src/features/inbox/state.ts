/** The inbox's address: whose cases, which clock, and the one that is open beside the list. */
import type { Query } from '@/lib/search';
import { GROUPS, type Group, type InboxItem, type InboxPage } from './wire';

export const SHOWS = ['desk', 'mine', 'pool', 'all'] as const;
export type Show = (typeof SHOWS)[number];

export interface InboxState {
  readonly show: Show;
  readonly group: Group | null;
  /** `record/id`. */
  readonly open: string;
}

export function parseInbox(search: string): InboxState {
  const params = new URLSearchParams(search);
  return { show: SHOWS.find((one) => one === params.get('show')) ?? 'desk', group: GROUPS.find((one) => one === params.get('group')) ?? null, open: params.get('open') ?? '' };
}

export function addressOf({ show, group, open }: InboxState): Query {
  return { show: show === 'desk' ? null : show, group, open: open === '' ? null : open };
}

export const caseKey = (item: Pick<InboxItem, 'record' | 'id'>): string => `${item.record}/${item.id}`;

/** The open case where it is listed, else the first; none of an empty list. */
export function openOf(items: readonly InboxItem[], open: string): InboxItem | undefined {
  return items.find((one) => caseKey(one) === open) ?? items[0];
}

/** One up or down from the open case, staying within the list. */
export function stepFrom(items: readonly InboxItem[], open: string, by: 1 | -1): InboxItem | undefined {
  const at = items.findIndex((one) => caseKey(one) === open);
  return items[Math.min(items.length - 1, Math.max(0, at === -1 ? 0 : at + by))];
}

export function totalOf(page: Pick<InboxPage, 'groups'>): number {
  return GROUPS.reduce((sum, group) => sum + page.groups[group], 0);
}
