/** The wire of the inbox: what waits, the most pressing first. */
import type { FlowCommand, FlowLamp } from '@/api/flow';
import type { Text, Words } from '@/api/types';

export const GROUPS = ['overdue', 'today', 'soon', 'later', 'paused'] as const;
export type Group = (typeof GROUPS)[number];

export interface InboxItem {
  readonly record: string;
  readonly id: string;
  readonly version: number;
  readonly number: string | null;
  readonly title: string;
  readonly firm: { readonly id: string; readonly title: Words } | null;
  readonly state: string;
  readonly state_label: Text;
  readonly entered_at: string | null;
  readonly lamp: FlowLamp;
  readonly promised: string | null;
  readonly provisional: boolean;
  readonly holder_name: string | null;
  /** This reader has the duty. */
  readonly mine: boolean;
  /** Nobody of the role has taken it. */
  readonly unassigned: boolean;
  readonly commands: readonly FlowCommand[];
}

export interface InboxPage {
  readonly show: string;
  readonly groups: Readonly<Record<Group, number>>;
  readonly items: readonly InboxItem[];
  readonly next: string | null;
}
