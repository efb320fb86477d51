/** Questions about facts as such, and the two decisions about them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, request } from '@/api/client';
import type { ConflictPage, Contest, ContestPage, FactEntry, FactOpened } from '@/api/facts';
import type { Value } from '@/api/types';

export function useDictionary() {
  return useQuery({ queryKey: ['facts'], queryFn: ({ signal }) => get<readonly FactEntry[]>('/facts', undefined, signal) });
}

export function useFact(name: string) {
  return useQuery({ queryKey: ['facts', name], queryFn: ({ signal }) => get<FactOpened>(`/facts/${encodeURIComponent(name)}`, undefined, signal) });
}

export function useContests(state: string) {
  return useInfiniteQuery({
    queryKey: ['contests', state],
    queryFn: ({ pageParam, signal }) => get<ContestPage>('/contests', { state, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useConflicts(field: string, region: string) {
  return useInfiniteQuery({
    queryKey: ['conflicts', field, region],
    queryFn: ({ pageParam, signal }) => get<ConflictPage>('/facts/conflicts', { field, region, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export interface Decision {
  readonly decision: 'uphold' | 'reject';
  readonly reason: string;
  readonly source?: string;
}

export function useDecide(contest: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Decision) => request<Contest>('POST', `/contests/${contest}/decide`, { body }),
    onSuccess: () => Promise.all([['contests'], ['facts'], ['conflicts'], ['firm'], ['record']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export interface Settlement {
  readonly field: string;
  readonly year: number | null;
  readonly withdraw?: string;
  readonly value?: Value;
  readonly source?: string;
  readonly reason: string;
}

export function useSettle(firm: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: Settlement & { readonly key: string }) => request<unknown>('POST', `/firms/${firm}/conflicts`, { body, intent: key }),
    onSuccess: () => Promise.all([['conflicts'], ['facts'], ['firm'], ['record']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
