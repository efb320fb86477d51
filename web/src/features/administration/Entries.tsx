/** Journal entries: when, who, what, on which record, from what to what. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useModel } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { Changes } from '@/blocks/Changes';
import { Loaded } from '@/blocks/Loaded';
import { flowWord, told } from '@/blocks/told';
import { Button } from '@/kit/Button';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { ACCOUNT, DOCUMENT, saidOf } from './journal';
import { useAccountWords } from './useJournalWords';
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
  const record = entry.record ?? within;
  const own = useAccountWords(record === ACCOUNT);
  const what = <What entry={entry} record={record} linked={within === ''} />;
  return (
    <li>
      <time dateTime={entry.at} className="muted small nw">
        {logTime(entry.at)}
      </time>
      <b>{entry.actor?.name ?? t('system')}</b>
      <div>
        {record === DOCUMENT ? (
          <>
            <p>{what}</p>
            <Settings entry={entry} />
          </>
        ) : (
          <Changes record={record} told={told(entry.command, entry.changes)} own={record === ACCOUNT ? own : undefined} lead={what} />
        )}
      </div>
    </li>
  );
}

/** What was done, in words, and the record it was done to. */
function What({ entry, record, linked }: { readonly entry: JournalEntry; readonly record: string; readonly linked: boolean }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const models = useModel().data?.records ?? [];
  const model = models.find((one) => one.name === record);
  const name = record === ACCOUNT ? t('account') : say(model?.label) || (record === DOCUMENT ? t('settings') : record);
  const said = saidOf(entry.command);
  const moved = flowWord(models, entry.command);
  const gone = 'verb' in said && said.verb === 'delete';
  const href = gone ? '' : record === ACCOUNT ? `/administration/accounts/${entry.id ?? ''}` : model ? `/work/${record}/${entry.id ?? ''}` : '';
  return (
    <>
      {'own' in said ? t(`commands.${said.own}`) : `${name} · ${moved === undefined ? t(`verbs.${said.verb}`) : say(moved)}`}
      {'verb' in said && said.verb === 'other' && moved === undefined ? <span className="mono tiny muted"> {entry.command}</span> : null}
      {linked && href !== '' && entry.id !== undefined ? (
        <>
          {' '}
          <Link href={href} className="mono tiny" aria-label={t('openRecord', { label: name, id: entry.id })}>
            {entry.id}
          </Link>
        </>
      ) : null}
    </>
  );
}

/** Settings are kept as documents; what is in them is for the program, that they changed is for the reader. */
function Settings({ entry }: { readonly entry: JournalEntry }) {
  const { t } = useTranslation('administration');
  return (
    <ul className="changes">
      {entry.changes.map(({ field, from, to }) => (
        <li key={field}>
          <span className="muted">{field === 'installation/settings' ? t('documents.settings') : field === 'installation/set_up' ? t('documents.setUp') : field}</span>{' '}
          {from === null ? t('documents.written') : to === null ? t('documents.removed') : t('documents.changed')}
        </li>
      ))}
    </ul>
  );
}
