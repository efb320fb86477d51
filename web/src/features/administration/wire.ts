/** The wire of administration, and its questions. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '@/api/client';
import { keys } from '@/api/keys';
import type { HistoryPage, Named, Text } from '@/api/types';

export interface Administration {
  readonly packs: ReadonlyArray<{ readonly name: string; readonly label: Text; readonly version: string }>;
  readonly journal: { readonly last_sequence: number };
  readonly calendar: ReadonlyArray<{ readonly year: number; readonly published: boolean; readonly notice: string | null }>;
  readonly database: { readonly kind: string; readonly size_bytes: number };
  readonly last_backup: string | null;
  readonly matching: {
    readonly rows: number;
    readonly policies: number;
    readonly refused: ReadonlyArray<{ readonly id: string; readonly title: string; readonly reason: string }>;
    readonly loaded_in_ms: number;
    readonly sequence: number;
  };
}

export interface ManagedAccount {
  readonly id: string;
  readonly version: number;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly organisation: Named | null;
  readonly firm: Named | null;
  readonly park: Named | null;
  readonly region: string | null;
  readonly disabled: boolean;
  readonly must_change_password: boolean;
  readonly has_password: boolean;
}

/** Whether a refusal carries the account as it is now. */
export function isAccount(value: unknown): value is ManagedAccount {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'login') === 'string' && typeof Reflect.get(value, 'version') === 'number' && Array.isArray(Reflect.get(value, 'roles'));
}

interface AccountPage {
  readonly items: readonly ManagedAccount[];
  readonly next: string | null;
}

export interface JournalEntry {
  readonly sequence: number;
  readonly at: string;
  readonly actor: { readonly name: string } | null;
  readonly command: string;
  readonly changes: HistoryPage['items'][number]['changes'];
  readonly record?: string;
  readonly id?: string;
}

interface JournalPage {
  readonly items: readonly JournalEntry[];
  readonly next: string | null;
}

export function useAdministration() {
  return useQuery({ queryKey: keys.administration, queryFn: ({ signal }) => get<Administration>('/administration', undefined, signal) });
}

export function useAccounts() {
  return useInfiniteQuery({
    queryKey: keys.accounts,
    queryFn: ({ pageParam, signal }) => get<AccountPage>('/accounts', { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useAccount(id: string) {
  return useQuery({ queryKey: [...keys.accounts, id], queryFn: ({ signal }) => get<ManagedAccount>(`/accounts/${encodeURIComponent(id)}`, undefined, signal) });
}

/** The whole journal, or one account's; newest first. */
export function useJournal(path: string) {
  return useInfiniteQuery({
    queryKey: [...keys.administration, path],
    queryFn: ({ pageParam, signal }) => get<JournalPage>(path, { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
