/** What happened to a record: when, who, what from and to. Nobody can change it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { keys } from '@/api/keys';
import type { FullRecord, HistoryPage, RecordModel } from '@/api/types';
import { logTime } from '@/lib/dates';
import { Changes } from '@/blocks/Changes';
import { flowWord, told } from '@/blocks/told';
import { Loaded } from '@/blocks/Loaded';
import { Button } from '@/kit/Button';
import { useSay } from '@/kit/language';
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
                    <Entry model={model} record={record} entry={entry} />
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

interface EntryProps {
  readonly model: RecordModel;
  readonly record: FullRecord;
  readonly entry: HistoryPage['items'][number];
}

function Entry({ model, record, entry }: EntryProps) {
  const { t } = useTranslation('work');
  const say = useSay();
  const command = commandOf(entry.command);
  const what = told(entry.command, entry.changes);
  // The fold's own words say that it was created or changed.
  const moved = flowWord([model], entry.command);
  const said = moved !== undefined ? say(moved) : what.folded && (command === 'create' || command === 'update') ? '' : t(`commands.${command}`);
  const lead = (
    <>
      <b>{entry.actor?.name ?? t('detail.system')}</b> {said}
      {command === 'other' && moved === undefined ? <span className="mono tiny"> {entry.command}</span> : null}
    </>
  );
  return (
    <div>
      <Changes record={model.name} told={what} titles={record.titles} lead={lead} />
    </div>
  );
}
