/** Questions about notices, and marking them read. The count on the bell and the lists share one prefix. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, send } from '@/api/client';
import type { NoticePage } from './wire';

export const NOTICES = ['notices'] as const;
export const UNREAD = ['notices', 'unread'] as const;

/** How many are unread, and the newest of them for the bell. */
export function useUnread() {
  return useQuery({ queryKey: UNREAD, queryFn: ({ signal }) => get<NoticePage>('/notices', { unread: true, limit: 5 }, signal), staleTime: 60_000 });
}

export function useNotices(unread: boolean) {
  return useInfiniteQuery({
    queryKey: [...NOTICES, 'list', unread],
    queryFn: ({ pageParam, signal }) => get<NoticePage>('/notices', { ...(unread ? { unread: true } : {}), after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** One by its id, or all. */
export function useRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => send('POST', id === null ? '/notices/read' : `/notices/${encodeURIComponent(id)}/read`),
    onSettled: () => queries.invalidateQueries({ queryKey: NOTICES }),
  });
}
