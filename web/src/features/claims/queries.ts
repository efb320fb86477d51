/** Questions about claims; saving, judging, documents. An answer with the whole claim replaces what is shown. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, intent, request } from '@/api/client';
import { useMoved, type FlowCommand, type FlowLamp } from '@/api/flow';
import type { Text, Words } from '@/api/types';
import type { Claim, SaveClaim } from './wire';

export const claimKey = (id: string) => ['claim', id] as const;
const path = (id: string) => `/claims/${encodeURIComponent(id)}`;

export const loadClaim = (id: string, signal?: AbortSignal) => get<Claim>(path(id), undefined, signal);

export function useClaim(id: string) {
  return useQuery({ queryKey: claimKey(id), queryFn: ({ signal }) => loadClaim(id, signal) });
}

export const saveClaim = (id: string, version: number, change: SaveClaim) => request<Claim>('PUT', path(id), { body: change, version, intent: intent() });

/** Takes an answer of the server as what is known now, and asks for its flow anew: its version moved. */
export function useTake(): (claim: Claim) => Promise<unknown> {
  const queries = useQueryClient();
  const moved = useMoved();
  return (claim) => {
    queries.setQueryData([...claimKey(claim.id)], claim);
    return moved('claim', claim.id);
  };
}

/** After a command the whole file is asked for anew. */
export function useReload(id: string): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [...claimKey(id)] });
}

export interface Judging {
  readonly clause: string;
  readonly answer: 'yes' | 'no' | null;
  readonly note: string;
}

export function useJudge(id: string) {
  const take = useTake();
  return useMutation({ mutationFn: (judging: Judging) => request<Claim>('POST', `${path(id)}/judge`, { body: judging, intent: intent() }), onSuccess: (claim) => void take(claim) });
}

interface Attached {
  readonly id: string;
  readonly name: string;
}
export const attach = (id: string, file: File) => request<Attached>('POST', `/records/claim/${encodeURIComponent(id)}/files`, { query: { name: file.name }, file, intent: intent() });
export const fileAddress = (id: string, file: string) => `/api/records/claim/${id}/files/${file}`;

/** A firm's claims, and what is asked back of it, in the inbox's words. */
export interface MyClaim {
  readonly record: string;
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly state: string;
  readonly state_label: Text;
  readonly lamp: FlowLamp;
  readonly promised: string | null;
  readonly firm: { readonly title: Words } | null;
  readonly commands: readonly FlowCommand[];
}
export const SHOWS = ['todo', 'running', 'done'] as const;
export type Show = (typeof SHOWS)[number];

export function useMyClaims(show: Show) {
  return useInfiniteQuery({
    queryKey: ['inbox', 'mine', show],
    queryFn: ({ pageParam, signal }) => get<{ readonly items: readonly MyClaim[]; readonly next: string | null }>('/inbox', { show, after: pageParam, limit: 30 }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}
