/** After the server has answered with a session: it replaces the old one, everything else is asked anew. */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { keys } from '@/api/keys';
import type { Session } from '@/api/types';
import { destination } from './checks';

export function useEntered(): (session: Session) => void {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const search = useSearch();
  return (session) => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
    queries.setQueryData(keys.session, session);
    go(destination(search, session.places), { replace: true });
  };
}
