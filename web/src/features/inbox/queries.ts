/** Questions of the inbox. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { InboxState } from './state';
import type { InboxPage } from './wire';

const PAGE = 30;

export function useInbox({ show, group }: Pick<InboxState, 'show' | 'group'>) {
  return useInfiniteQuery({
    queryKey: ['inbox', show, group],
    queryFn: ({ pageParam, signal }) => get<InboxPage>('/inbox', { show, group, after: pageParam, limit: PAGE }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}
