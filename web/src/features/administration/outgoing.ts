/** The wire of what leaves the house: mail, webhooks, the bank's file and the outbox; and what their forms decide. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { Text } from '@/api/types';

export interface MailSettings {
  readonly version: number;
  readonly active: boolean;
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly user: string;
  /** The password itself is never sent back. */
  readonly has_password: boolean;
  readonly from: string;
}
export const TLS = ['starttls', 'tls', 'none'] as const;
export type Tls = (typeof TLS)[number];

export interface Webhook {
  readonly id: string;
  readonly version: number;
  readonly url: string;
  readonly topics: readonly string[];
  readonly active: boolean;
  /** Messages that have not arrived yet. */
  readonly waiting: number;
  readonly last: { readonly at: string; readonly state: OutboxState; readonly error: Text | string | null } | null;
  /** Only in the answer that made it. */
  readonly secret?: string;
}
export interface Webhooks {
  readonly items: readonly Webhook[];
  readonly topics: ReadonlyArray<{ readonly name: string; readonly label: Text }>;
}

/** What came of a trial: the other side's words when it failed. */
export interface Tried {
  readonly ok: boolean;
  readonly error: Text | null;
}

export type OutboxState = 'waiting' | 'sent' | 'failed' | 'given_up';
export interface OutboxItem {
  readonly id: string;
  readonly topic: string;
  readonly target: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly at: string;
  readonly next_at: string | null;
  readonly error: Text | string | null;
}

export interface BankColumn {
  readonly field: string;
  readonly head: string;
}
export interface BankFile {
  readonly version: number;
  readonly encoding: Encoding;
  readonly unit: 'yuan' | 'fen';
  /** Whether the first line holds the heads. */
  readonly header: boolean;
  /** Words of the bank's result column that mean paid or failed. */
  readonly paid_words: readonly string[];
  readonly failed_words: readonly string[];
  readonly columns: readonly BankColumn[];
  readonly available: ReadonlyArray<{ readonly field: string; readonly label: Text }>;
}
export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const OUTGOING = {
  mail: ['settings', 'mail'],
  webhooks: ['webhooks'],
  outbox: ['outbox'],
  bankFile: ['settings', 'bank-file'],
} as const;

export function useMail() {
  return useQuery({ queryKey: OUTGOING.mail, queryFn: ({ signal }) => get<MailSettings>('/settings/mail', undefined, signal) });
}
export function useWebhooks() {
  return useQuery({ queryKey: OUTGOING.webhooks, queryFn: ({ signal }) => get<Webhooks>('/webhooks', undefined, signal) });
}
export function useBankFile() {
  return useQuery({ queryKey: OUTGOING.bankFile, queryFn: ({ signal }) => get<BankFile>('/settings/bank-file', undefined, signal) });
}
export function useOutbox() {
  return useInfiniteQuery({
    queryKey: OUTGOING.outbox,
    queryFn: ({ pageParam, signal }) => get<{ readonly items: readonly OutboxItem[]; readonly next: string | null }>('/outbox', { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: 15_000,
  });
}

/** Mail as it is typed: the port as text, the password empty until a new one is given. */
export interface MailForm {
  readonly active: boolean;
  readonly host: string;
  readonly port: string;
  readonly tls: Tls;
  readonly user: string;
  readonly password: string;
  readonly from: string;
}

export function mailForm(of: MailSettings): MailForm {
  return { active: of.active, host: of.host, port: of.port === 0 ? '' : String(of.port), tls: of.tls, user: of.user, password: '', from: of.from };
}

export type MailMistake = 'needHost' | 'needPort' | 'needFrom';

/** Settings that are switched off may be incomplete. */
export function checkMail(form: MailForm): Partial<Record<'host' | 'port' | 'from', MailMistake>> {
  const port = Number(form.port);
  const whole = /^\d+$/.test(form.port.trim()) && port >= 1 && port <= 65_535;
  if (!form.active) return form.port.trim() === '' || whole ? {} : { port: 'needPort' };
  return {
    ...(/^[^\s/@:]+$/.test(form.host.trim()) ? {} : { host: 'needHost' as const }),
    ...(whole ? {} : { port: 'needPort' as const }),
    ...(isAddress(form.from) ? {} : { from: 'needFrom' as const }),
  };
}

export function isAddress(text: string): boolean {
  return /^(?:[^<>@]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(text.trim());
}

/** The password is sent only when a new one was typed. */
export function mailBody(form: MailForm): Readonly<Record<string, unknown>> {
  const { password, port, ...rest } = form;
  return { ...rest, host: form.host.trim(), from: form.from.trim(), user: form.user.trim(), port: Number(port) || 0, ...(password === '' ? {} : { password }) };
}

/** Where a webhook may go: http or https with a host, and no user name within. */
export function isTarget(text: string): boolean {
  try {
    const url = new URL(text.trim());
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}

/** Words of a bank, separated by spaces or commas of either kind. */
export function words(text: string): readonly string[] {
  return text.split(/[\s,，、;；]+/).filter((one) => one !== '');
}

/** A column moved among its neighbours; at the ends it stays. */
export function movedColumn(columns: readonly BankColumn[], at: number, by: -1 | 1): readonly BankColumn[] {
  const to = at + by;
  const own = columns[at];
  const other = columns[to];
  if (!own || !other) return columns;
  return columns.map((column, place) => (place === at ? other : place === to ? own : column));
}

/** Fields without which neither the bank can pay nor its answer be read. */
export const NEEDED: readonly string[] = ['reference', 'payee_name', 'payee_account', 'amount'];

export type BankMistake = 'needField' | 'needHead' | 'sameHead';

export function checkBankFile(columns: readonly BankColumn[]): { readonly mistake: BankMistake; readonly what: string } | null {
  const missing = NEEDED.find((field) => !columns.some((column) => column.field === field));
  if (missing !== undefined) return { mistake: 'needField', what: missing };
  const bare = columns.find((column) => column.head.trim() === '');
  if (bare) return { mistake: 'needHead', what: bare.field };
  const twice = columns.find((column, at) => columns.some((other, place) => place < at && other.head.trim() === column.head.trim()));
  return twice ? { mistake: 'sameHead', what: twice.head.trim() } : null;
}

const SAMPLE: Readonly<Record<string, string>> = {
  reference: 'ZF-2026-000041', payee_name: '娄底沅阶精密铸造有限公司', payee_bank: '中国银行娄底分行', payee_account: '6216000000000001234', amount: '1600000.00',
  claim: 'SB-2026-118', firm: '娄底沅阶精密铸造有限公司', credit_code: '91431300MA4L2C2X71', policy: '技术改造设备投资奖补', purpose: '惠企资金', batch: 'FK-2026-7', number: 'SB-2026-118',
};

/** What a line of the file will look like. */
export function sampleOf(column: BankColumn, unit: BankFile['unit']): string {
  if (column.field === 'amount' && unit === 'fen') return '160000000';
  return SAMPLE[column.field] ?? '…';
}
