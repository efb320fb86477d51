/** After a write: the record as answered is at hand, and every answer that spoke of it is asked again. */
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import type { FullRecord } from '@/api/types';

export function settle(queries: QueryClient, after: FullRecord): void {
  queries.setQueryData(keys.record(after.record, after.id), after);
  const stale = [keys.recordsOf(after.record), keys.history(after.record, after.id), keys.hall, keys.figures, keys.map, ['firm'], ['policy'], ['figure'], ['reference', after.record]];
  for (const queryKey of stale) void queries.invalidateQueries({ queryKey });
  // A parent shows its children.
  void queries.invalidateQueries({ queryKey: ['record'], predicate: (query) => query.queryKey[2] !== after.id });
}
