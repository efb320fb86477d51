/** The types of features held against the document the server generates, as `api/held.ts` holds the shared ones. */
import type { Holds, Lacking, Sent } from '@/api/held';
import type * as outgoing from '@/features/administration/outgoing';
import type * as awards from '@/features/awards/wire';
import type * as claims from '@/features/claims/wire';
import type * as inbox from '@/features/inbox/wire';
import type * as notices from '@/features/notices/wire';
import type * as payments from '@/features/payments/wire';
import type * as publicNotice from '@/features/public-notice/wire';

/** One line a type; a missing field is named in the compiler's error. */
export type Held =
  | Holds<Lacking<claims.Claim, Sent['ClaimView']>>
  | Holds<Lacking<inbox.InboxPage, Sent['Inbox']>>
  | Holds<Lacking<awards.Run, Sent['AwardRun']>>
  | Holds<Lacking<awards.LinePage, Sent['AwardLines']>>
  | Holds<Lacking<awards.Offer, Sent['AwardOffer']>>
  | Holds<Lacking<payments.Batch, Sent['PaymentBatchView']>>
  | Holds<Lacking<payments.ReturnPreview, Sent['BankAnswer']>>
  | Holds<Lacking<payments.BudgetLine, Sent['BudgetLine']>>
  | Holds<Lacking<payments.Recovery, Sent['RecoveryView']>>
  | Holds<Lacking<notices.NoticePage, Sent['NoticePage']>>
  | Holds<Lacking<publicNotice.PublicNoticePage, Sent['PublicNotices']>>
  | Holds<Lacking<outgoing.MailSettings, Sent['MailSettings']>>
  | Holds<Lacking<outgoing.Webhooks, Sent['WebhookPage']>>
  | Holds<Lacking<outgoing.OutboxItem, Sent['OutboxItem']>>
  | Holds<Lacking<outgoing.BankFile, Sent['BankFileSettings']>>;
