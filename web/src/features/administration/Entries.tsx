/** Journal entries: when, who, what, on which record, from what to what. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useModel } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { Changes } from '@/blocks/Changes';
import { Loaded } from '@/blocks/Loaded';
import { Button } from '@/kit/Button';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { useJournal, type JournalEntry } from './wire';

interface Props {
  readonly path: string;
  /** The record type of entries that do not name one. */
  readonly within?: string;
}

export function Entries({ path, within = '' }: Props) {
  const { t } = useTranslation('administration');
  const common = useTranslation().t;
  const list = useJournal(path);
  return (
    <>
      <Loaded of={list} waiting={<div className="pad"><SkeletonRows rows={6} /></div>}>
        {(data) => {
          const entries = data.pages.flatMap((page) => page.items);
          return entries.length === 0 ? (
            <p className="pad muted">{t('noEntries')}</p>
          ) : (
            <ol className="journal">
              {entries.map((entry) => (
                <Entry key={entry.sequence} entry={entry} within={within} />
              ))}
            </ol>
          );
        }}
      </Loaded>
      {list.hasNextPage ? (
        <p className="more pad">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? common('moreLoading') : t('earlier')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function Entry({ entry, within }: { readonly entry: JournalEntry; readonly within: string }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const models = useModel().data?.records ?? [];
  const record = entry.record ?? within;
  const model = models.find((one) => one.name === record);
  const name = record === 'account' ? t('account') : say(model?.label) || record;
  const href = record === 'account' ? `/administration/accounts/${entry.id ?? ''}` : model ? `/work/${record}/${entry.id ?? ''}` : '';
  return (
    <li>
      <time dateTime={entry.at} className="muted small nw">
        {logTime(entry.at)}
      </time>
      <b>{entry.actor?.name ?? t('system')}</b>
      <div>
        <p>
          <span className="mono small">{entry.command}</span> <span className="small">{name}</span>{' '}
          {entry.id === undefined || within !== '' ? null : href === '' ? <span className="mono tiny muted">{entry.id}</span> : <Link href={href} className="mono tiny">{entry.id}</Link>}
        </p>
        <Changes record={record} changes={entry.changes} />
      </div>
    </li>
  );
}
