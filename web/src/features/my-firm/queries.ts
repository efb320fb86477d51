/** Questions about a firm's matches, and the answer that changes them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, request } from '@/api/client';
import type { Contest, FirmFacts } from '@/api/facts';
import { keys } from '@/api/keys';
import type { Answered, GroupKey, Matches, MatchPage, PolicyAnswer } from '@/api/matches';
import type { Value } from '@/api/types';

export function useMatches(firm: string) {
  return useQuery({ queryKey: keys.matches(firm), queryFn: ({ signal }) => get<Matches>(`/firms/${firm}/matches`, undefined, signal), enabled: firm !== '' });
}

export function useGroup(firm: string, group: GroupKey, reason: string) {
  return useInfiniteQuery({
    queryKey: keys.group(firm, group, { reason }),
    queryFn: ({ pageParam, signal }) => get<MatchPage>(`/firms/${firm}/matches/groups/${group}`, { after: pageParam, limit: 20, reason }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function usePolicyAnswer(firm: string, policy: string) {
  return useQuery({ queryKey: keys.policyAnswer(firm, policy), queryFn: ({ signal }) => get<PolicyAnswer>(`/firms/${firm}/matches/${encodeURIComponent(policy)}`, undefined, signal) });
}

export interface AnswerGiven {
  readonly field: string;
  readonly year: number | null;
  readonly value: Value;
  /** The value stands for the ready answer that was chosen. */
  readonly band: boolean;
}

/** The new matches take the place of the old at once; everything else about the firm is asked anew when next shown. */
function useTake(firm: string): (answered: Answered) => void {
  const queries = useQueryClient();
  return (answered) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === 'firm' && queryKey[1] === firm && queryKey[2] !== 'matches' });
    queries.setQueryData(keys.matches(firm), answered.matches);
    void queries.invalidateQueries({ queryKey: keys.record('enterprise', firm) });
  };
}

export function useGiveAnswer(firm: string) {
  const take = useTake(firm);
  return useMutation({ mutationFn: ({ key, ...body }: AnswerGiven & { readonly key: string }) => request<Answered>('POST', `/firms/${firm}/answers`, { body, intent: key }), onSuccess: take });
}

export function useUndoAnswer(firm: string) {
  const take = useTake(firm);
  return useMutation({ mutationFn: (answer: string) => request<Answered>('DELETE', `/firms/${firm}/answers/${answer}`), onSuccess: take });
}

export function useFirmFacts(firm: string) {
  return useQuery({ queryKey: keys.firmFacts(firm), queryFn: ({ signal }) => get<FirmFacts>(`/firms/${firm}/facts`, undefined, signal), enabled: firm !== '' });
}

/** What a changed fact makes stale: everything about the firm, and its record. */
function useStale(firm: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all([queries.invalidateQueries({ queryKey: keys.firm(firm) }), queries.invalidateQueries({ queryKey: keys.record('enterprise', firm) })]);
}

export interface OwnFact {
  readonly field: string;
  readonly year: number | null;
}

export function useWithdraw(firm: string) {
  const stale = useStale(firm);
  return useMutation({
    mutationFn: ({ field, year }: OwnFact) => request<FirmFacts>('DELETE', `/firms/${firm}/facts/${field}`, year === null ? {} : { query: { year } }),
    onSuccess: stale,
  });
}

export interface Claim extends OwnFact {
  readonly claimed: Value;
  readonly reason: string;
}

export function useContest(firm: string) {
  const stale = useStale(firm);
  return useMutation({
    mutationFn: ({ key, ...body }: Claim & { readonly key: string }) => request<Contest>('POST', `/firms/${firm}/contests`, { body, intent: key }),
    onSuccess: stale,
  });
}
