/** The server's line of events: a notice changes the count at once and makes what shows duties stale. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { unreadIn, waitBefore } from './notices';
import { NOTICES, UNREAD } from './queries';
import type { NoticePage } from './wire';

function told(queries: QueryClient, data: string): void {
  const unread = unreadIn(data);
  if (unread !== null) queries.setQueryData<NoticePage>(UNREAD, (known) => (known ? { ...known, unread } : undefined));
  void queries.invalidateQueries({ queryKey: NOTICES });
  void queries.invalidateQueries({ queryKey: ['inbox'] });
}

export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    let line: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let attempt = 0;
    const open = () => {
      line = new EventSource('/api/events');
      line.addEventListener('open', () => {
        attempt = 0;
      });
      line.addEventListener('notice', (event) => told(queries, typeof event.data === 'string' ? event.data : ''));
      line.addEventListener('error', () => {
        if (line?.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, waitBefore(attempt));
        attempt += 1;
      });
    };
    open();
    return () => {
      clearTimeout(again);
      line?.close();
    };
  }, [queries]);
}
