/** The wire of notices: what happened that concerns the reader. Instants are RFC 3339. */
import type { Text } from '@/api/types';

export interface Notice {
  readonly id: string;
  readonly text: Text;
  /** The record it is about; null when it is about none that can be opened. */
  readonly about: { readonly record: string; readonly id: string } | null;
  readonly at: string;
  readonly read_at: string | null;
}

export interface NoticePage {
  readonly items: readonly Notice[];
  /** All of the reader's unread notices, not only those of this page. */
  readonly unread: number;
  readonly next: string | null;
}
