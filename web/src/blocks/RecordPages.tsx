/** The records of a query, page after page: waiting, nothing there, rows, and the way to more. */
import type { ReactNode } from 'react';
import { useRecords } from '@/api/hooks';
import type { Item, Titles } from '@/api/types';
import { Loaded } from './Loaded';
import { MoreButton } from './MoreButton';

const PAGE = 50;

export interface Shown {
  readonly items: readonly Item[];
  readonly titles: Titles;
  /** Of the whole query, shown or not. */
  readonly total: number;
}

interface Props {
  readonly record: string;
  readonly where: Readonly<Record<string, string>>;
  readonly waiting: ReactNode;
  readonly empty: ReactNode;
  readonly children: (shown: Shown) => ReactNode;
}

export function RecordPages({ record, where, waiting, empty, children }: Props) {
  const list = useRecords(record, { limit: PAGE, ...where });
  const pages = { data: list.data?.pages, error: list.error, refetch: list.refetch };
  return (
    <Loaded of={pages} waiting={waiting}>
      {(loaded) => {
        const items = loaded.flatMap((page) => page.items);
        const titles: Titles = Object.assign({}, ...loaded.map((page) => page.titles ?? {}));
        const total = loaded[0]?.total ?? 0;
        if (items.length === 0) return empty;
        return (
          <div aria-busy={list.isPlaceholderData || undefined}>
            {children({ items, titles, total })}
            {list.hasNextPage ? (
              <div className="list-more">
                <MoreButton left={total - items.length} busy={list.isFetchingNextPage} error={list.isFetchNextPageError ? list.error : undefined} onMore={() => void list.fetchNextPage()} />
              </div>
            ) : null}
          </div>
        );
      }}
    </Loaded>
  );
}
