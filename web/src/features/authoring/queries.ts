/** Questions of authoring. Trials and saves are not queries: they answer to a keystroke and belong to the editor. */
import { useQuery } from '@tanstack/react-query';
import type { AuthoringList, Command, Content, Differences, PolicyVersion, PolicyVersions, SplitClauses, Trial, Vocabulary, Withdrawal } from '@/api/authoring';
import { get, request } from '@/api/client';

export const keys = {
  list: (q: string) => ['authoring', q],
  all: ['authoring'],
  versions: (policy: string) => ['versions', policy],
  version: (policy: string, number: string) => ['versions', policy, number],
  difference: (policy: string, number: number, from: number | null, revision: number) => ['versions', policy, 'difference', number, from, revision],
  withdrawal: (policy: string) => ['versions', policy, 'withdrawal'],
  vocabulary: ['vocabulary'],
} as const;

const base = (policy: string) => `/policies/${encodeURIComponent(policy)}`;

export function useAuthoring(q: string) {
  return useQuery({ queryKey: keys.list(q), queryFn: ({ signal }) => get<AuthoringList>('/policies/authoring', { q }, signal), placeholderData: (before) => before });
}
export function useVersions(policy: string) {
  return useQuery({ queryKey: keys.versions(policy), queryFn: ({ signal }) => get<PolicyVersions>(`${base(policy)}/versions`, undefined, signal) });
}
/** Read once for an editing; the editor keeps it from then on. */
export function useVersion(policy: string, number: string) {
  return useQuery({ queryKey: keys.version(policy, number), queryFn: ({ signal }) => get<PolicyVersion>(`${base(policy)}/versions/${number}`, undefined, signal), gcTime: 0, staleTime: 0 });
}
export function useVocabulary() {
  return useQuery({ queryKey: keys.vocabulary, queryFn: ({ signal }) => get<Vocabulary>('/policies/vocabulary', undefined, signal), staleTime: Infinity });
}
export function useDifference(policy: string, number: number, from: number | null, revision: number) {
  return useQuery({
    queryKey: keys.difference(policy, number, from, revision),
    queryFn: ({ signal }) => get<Differences>(`${base(policy)}/versions/${number}/difference`, { from }, signal),
  });
}
export function useWithdrawal(policy: string, wanted: boolean) {
  return useQuery({ queryKey: keys.withdrawal(policy), queryFn: ({ signal }) => get<Withdrawal>(`${base(policy)}/withdrawal`, undefined, signal), enabled: wanted });
}

export const readVersion = (policy: string, number: number): Promise<PolicyVersion> => get<PolicyVersion>(`${base(policy)}/versions/${number}`);
export const putVersion = (policy: string, number: number, content: Content, revision: number): Promise<PolicyVersion> =>
  request<PolicyVersion>('PUT', `${base(policy)}/versions/${number}`, { body: { content }, version: revision });
export const tryVersion = (policy: string, number: number, content: unknown, signal: AbortSignal): Promise<Trial> =>
  request<Trial>('POST', `${base(policy)}/versions/${number}/trial`, { body: { content }, signal });
export const orderVersion = (policy: string, number: number, command: Command, revision: number, order: { readonly note?: string; readonly effective_from?: string }): Promise<PolicyVersion> =>
  request<PolicyVersion>('POST', `${base(policy)}/versions/${number}/commands/${command}`, { body: order, version: revision });
export const openVersion = (policy: string, intent: string): Promise<PolicyVersion> => request<PolicyVersion>('POST', `${base(policy)}/versions`, { body: {}, intent });
export const splitText = (text: string): Promise<SplitClauses> => request<SplitClauses>('POST', '/policies/split', { body: { text } });
