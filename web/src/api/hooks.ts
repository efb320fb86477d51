/** Questions every feature asks. Feature-only questions live in the feature. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Query } from '@/lib/search';
import { get } from './client';
import { keys } from './keys';
import type { CodeList, FullRecord, ItemPage, Model, RecordModel, Session } from './types';

export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: ({ signal }) => get<Session>('/session', undefined, signal), staleTime: 60_000 });
}

export function useModel() {
  return useQuery({ queryKey: keys.model, queryFn: ({ signal }) => get<Model>('/model', undefined, signal), staleTime: Infinity });
}

export function useRecordModel(name: string): RecordModel | undefined {
  return useModel().data?.records.find((record) => record.name === name);
}

export function useCodeList(name: string | null) {
  return useQuery({
    queryKey: keys.list(name ?? ''),
    queryFn: ({ signal }) => get<CodeList>(`/lists/${name ?? ''}`, undefined, signal),
    enabled: name !== null && name !== '',
    staleTime: Infinity,
  });
}

/** A list, page after page; earlier rows stay while a changed question is on its way. */
export function useRecords(record: string, query: Query) {
  return useInfiniteQuery({
    queryKey: keys.records(record, query),
    queryFn: ({ pageParam, signal }) => get<ItemPage>(`/records/${record}`, { ...query, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useRecord(record: string, id: string) {
  return useQuery({
    queryKey: keys.record(record, id),
    queryFn: ({ signal }) => get<FullRecord>(`/records/${record}/${encodeURIComponent(id)}`, undefined, signal),
  });
}
