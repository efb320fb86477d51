/** The wire of public notice: who is to get what, until when anyone may object. Money is fen, days are YYYY-MM-DD. */
import type { Words } from '@/api/types';

export interface PublicNotice {
  /** Id of the claim; it stands in the address. */
  readonly claim: string;
  readonly number: string;
  readonly policy: { readonly id: string; readonly title: Words };
  readonly firm: Words;
  readonly amount: number;
  /** Last day on which an objection is taken. */
  readonly until: string;
}

export interface PublicNoticePage {
  readonly items: readonly PublicNotice[];
  readonly total: number;
  readonly next: string | null;
}

export interface Objection {
  readonly name: string;
  readonly contact: string;
  readonly reason: string;
}
