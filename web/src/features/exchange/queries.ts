/** Asking for imports; a running one is asked for again until it ends. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, intent, request, send } from '@/api/client';
import type { Import, Imports, Plan, Preview } from './wire';

const POLL = 1000;
const key = (id: string) => ['import', id];

export function useImports() {
  return useQuery({ queryKey: ['imports'], queryFn: ({ signal }) => get<Imports>('/imports', undefined, signal) });
}

export function useImport(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: ({ signal }) => get<Import>(`/imports/${id}`, undefined, signal),
    refetchInterval: (query) => (query.state.data?.stage === 'running' ? POLL : false),
  });
}

export function usePreview(of: Import | undefined) {
  return useQuery({
    queryKey: ['preview', of?.id, of?.version],
    queryFn: ({ signal }) => get<Preview>(`/imports/${of?.id ?? ''}/preview`, undefined, signal),
    enabled: of?.stage === 'draft',
    retry: false,
    placeholderData: (before) => before,
  });
}

export function useUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ record, file }: { readonly record: string; readonly file: File }) => request<Import>('POST', '/imports', { query: { record, name: file.name }, file, intent: intent() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
}

/** Every step answers with the import as it is now. */
export function useSteps(id: string) {
  const queries = useQueryClient();
  const keep = (now: Import) => {
    queries.setQueryData(key(id), now);
    void queries.invalidateQueries({ queryKey: ['imports'] });
  };
  const plan = useMutation({ mutationFn: (next: Plan) => request<Import>('PUT', `/imports/${id}/plan`, { body: next }), onSuccess: keep });
  const start = useMutation({ mutationFn: () => request<Import>('POST', `/imports/${id}/start`), onSuccess: keep });
  const cancel = useMutation({ mutationFn: () => request<Import>('POST', `/imports/${id}/cancel`), onSuccess: keep });
  const discard = useMutation({ mutationFn: () => send('DELETE', `/imports/${id}`), onSuccess: () => void queries.invalidateQueries({ queryKey: ['imports'] }) });
  return { plan, start, cancel, discard };
}
