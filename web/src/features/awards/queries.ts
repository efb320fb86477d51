/** Questions about award runs, and starting one. Commands go through the generic route of flows. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, request } from '@/api/client';
import { isRunning, type Shown } from './run';
import type { LinePage, Offer, Run } from './wire';

/** While claims are being made the run is asked again and again. */
const WATCH_MS = 2_000;

export const runKey = (id: string) => ['award-run', id] as const;

export function useRun(id: string) {
  return useQuery({
    queryKey: runKey(id),
    queryFn: ({ signal }) => get<Run>(`/award-runs/${encodeURIComponent(id)}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.state) ? WATCH_MS : false),
  });
}

export function useLines(run: Run, shown: Shown, q: string) {
  return useInfiniteQuery({
    queryKey: [...runKey(run.id), 'lines', run.version, shown, q],
    queryFn: ({ pageParam, signal }) => get<LinePage>(`/award-runs/${encodeURIComponent(run.id)}/lines`, { show: shown, q, after: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useOffers() {
  return useQuery({ queryKey: ['award-offers'], queryFn: async ({ signal }) => (await get<{ readonly items: readonly Offer[] }>('/award-runs/policies', undefined, signal)).items });
}

export function useStart(key: string, onStarted: (run: Run) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (policy: string) => request<Run>('POST', '/award-runs', { body: { policy }, intent: key }),
    onSuccess: (run) => {
      onStarted(run);
      return Promise.all([['award-offers'], ['records', 'award_run'], ['inbox']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
}
