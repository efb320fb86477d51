/** Questions about payments and recoveries; drawing a batch, reading the bank's return. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, request } from '@/api/client';
import type { Batch, BudgetLine, Payable, Recovery, ReturnPreview } from './wire';
import type { Drawn } from './batch';

export const PAYABLE = ['payable'] as const;
export const batchKey = (id: string) => ['payment-batch', id] as const;
export const recoveryKey = (id: string) => ['recovery', id] as const;

export function usePayable() {
  return useQuery({ queryKey: PAYABLE, queryFn: ({ signal }) => get<readonly Payable[]>('/payments/payable', undefined, signal) });
}

export function useBatch(id: string) {
  return useQuery({ queryKey: batchKey(id), queryFn: ({ signal }) => get<Batch>(`/payment-batches/${encodeURIComponent(id)}`, undefined, signal) });
}

export function useRecovery(id: string) {
  return useQuery({ queryKey: recoveryKey(id), queryFn: ({ signal }) => get<Recovery>(`/recoveries/${encodeURIComponent(id)}`, undefined, signal) });
}

const BUDGETS = ['budgets'] as const;

export function useBudgets() {
  return useQuery({ queryKey: BUDGETS, queryFn: ({ signal }) => get<readonly BudgetLine[]>('/budgets', undefined, signal) });
}

/** Claims and runs show the budget too. */
function useBudgetMoved(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all([BUDGETS, ['claim'], ['award-run'], ['records', 'budget']].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
}

export function useSetBudget(key: string) {
  const moved = useBudgetMoved();
  return useMutation({ mutationFn: (body: { readonly policy: string; readonly year: number; readonly total: number }) => request<BudgetLine>('POST', '/budgets', { body, intent: key }), onSuccess: moved });
}

export function useChangeBudget() {
  const moved = useBudgetMoved();
  return useMutation({
    mutationFn: ({ id, version, total }: { readonly id: string; readonly version: number; readonly total: number }) => request<BudgetLine>('PUT', `/budgets/${encodeURIComponent(id)}`, { body: { total }, version }),
    onSettled: moved,
  });
}

/** `onDrawn` leads on before the lists are asked anew: the policy may be gone from them then. */
export function useDraw(key: string, onDrawn: (batch: Batch) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Drawn['body']) => request<Batch>('POST', '/payment-batches', { body, intent: key }),
    onSuccess: (batch) => {
      onDrawn(batch);
      return Promise.all([PAYABLE, ['records', 'payment_batch'], ['records', 'claim'], ['inbox']].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
    },
  });
}

const returnPath = (id: string) => `/payment-batches/${encodeURIComponent(id)}/return`;

/** Reads the file and answers what it would do; nothing is kept. */
export function usePreview(batch: Batch) {
  return useMutation({ mutationFn: (file: File) => request<ReturnPreview>('POST', `${returnPath(batch.id)}/preview`, { file }) });
}

/** The same file for good, once: the key belongs to the file that was looked at. */
export function useApply(batch: Batch) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, key }: { readonly file: File; readonly key: string }) => request<Batch>('POST', returnPath(batch.id), { file, version: batch.version, intent: key }),
    onSuccess: (after) => {
      queries.setQueryData(batchKey(batch.id), after);
      for (const queryKey of [['records'], ['flow'], ['inbox'], ['hall'], ['figures'], PAYABLE]) void queries.invalidateQueries({ queryKey: [...queryKey] });
    },
  });
}

