/** What happened to a record: when, who, what from and to. Nobody can change it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { keys } from '@/api/keys';
import type { FullRecord, HistoryPage, RecordModel } from '@/api/types';
import { logTime } from '@/lib/dates';
import { Changes } from '@/blocks/Changes';
import { Loaded } from '@/blocks/Loaded';
import { Button } from '@/kit/Button';
import { commandOf } from './commands';

export function History({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const list = useInfiniteQuery({
    queryKey: keys.history(record.record, record.id),
    queryFn: ({ pageParam, signal }) => get<HistoryPage>(`/records/${record.record}/${encodeURIComponent(record.id)}/history`, { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <section className="panel" aria-labelledby="history">
      <div className="panel-h">
        <h2 id="history">{t('detail.history')}</h2>
        <span className="muted small">{t('detail.historyNote')}</span>
      </div>
      <div className="pad-x">
        <Loaded of={list}>
          {(data) => {
            const entries = data.pages.flatMap((page) => page.items);
            if (entries.length === 0) return <p className="muted">{t('detail.noHistory')}</p>;
            return (
              <ol className="timeline">
                {entries.map((entry) => (
                  <li key={entry.sequence}>
                    <time dateTime={entry.at}>{logTime(entry.at)}</time>
                    <div>
                      <p>
                        <b>{entry.actor?.name ?? t('detail.system')}</b> {t(`commands.${commandOf(entry.command)}`)}
                        {commandOf(entry.command) === 'other' ? <span className="mono tiny"> {entry.command}</span> : null}
                      </p>
                      <Changes record={model.name} changes={entry.changes} titles={record.titles} />
                    </div>
                  </li>
                ))}
              </ol>
            );
          }}
        </Loaded>
        {list.hasNextPage ? (
          <p className="more">
            <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? common('moreLoading') : t('detail.earlier')}
            </Button>
          </p>
        ) : null}
      </div>
    </section>
  );
}
