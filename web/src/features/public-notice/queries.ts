/** Questions anyone may ask about public notice, and the objection. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { get, request } from '@/api/client';
import type { Objection, PublicNotice, PublicNoticePage } from './wire';

export function useNotices(q: string) {
  return useInfiniteQuery({
    queryKey: ['public-notices', q],
    queryFn: ({ pageParam, signal }) => get<PublicNoticePage>('/public-notices', { q, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useNotice(claim: string) {
  return useQuery({ queryKey: ['public-notice', claim], queryFn: ({ signal }) => get<PublicNotice>(`/public-notices/${encodeURIComponent(claim)}`, undefined, signal) });
}

export function useObject(claim: string, key: string) {
  return useMutation({
    mutationFn: (body: Objection) => request<{ readonly id: string }>('POST', `/public-notices/${encodeURIComponent(claim)}/objections`, { body, intent: key }),
  });
}
