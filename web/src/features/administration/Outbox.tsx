/** What went out and what did not: newest first, with the reason and when it is tried again. */
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { Loaded } from '@/blocks/Loaded';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Lamp, type LampState } from '@/kit/Lamp';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { useOutbox, type OutboxItem, type OutboxState, type Tried } from './outgoing';

const LAMPS: Readonly<Record<OutboxState, LampState>> = { waiting: 'paused', sent: 'stopped', failed: 'yellow', given_up: 'red' };

export function StateLamp({ state }: { readonly state: OutboxState }) {
  const { t } = useTranslation('administration');
  return <Lamp state={LAMPS[state]} word={t(`outgoing.state.${state}`)} />;
}

/** A trial's outcome: the other side's own words when it failed. */
export function TriedNote({ of, good }: { readonly of: Tried; readonly good: string }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  return of.ok ? (
    <p className="good" role="status">
      {good}
    </p>
  ) : (
    <div className="error" role="alert">
      <b>{t('outgoing.tryFailed')}</b>
      <p>{say(of.error)}</p>
    </div>
  );
}

export function Outbox() {
  const { t } = useTranslation('administration');
  const outbox = useOutbox();
  const pages = { data: outbox.data?.pages, error: outbox.error, refetch: outbox.refetch };
  return (
    <section className="panel outbox" aria-labelledby="outbox">
      <div className="panel-h">
        <h2 id="outbox">{t('outgoing.title')}</h2>
        <span className="small muted">{t('outgoing.note')}</span>
      </div>
      <Loaded of={pages} waiting={<div className="pad"><SkeletonRows rows={4} /></div>}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t('outgoing.none')} why={t('outgoing.noneWhy')} />;
          return (
            <>
              <ul>
                {items.map((item) => (
                  <Line key={item.id} item={item} />
                ))}
              </ul>
              {outbox.hasNextPage ? (
                <p className="more pad-x">
                  <Button size="sm" busy={outbox.isFetchingNextPage} onClick={() => void outbox.fetchNextPage()}>
                    {t('earlier')}
                  </Button>
                </p>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function Line({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const today = useSession().data?.installation.as_of;
  return (
    <li>
      <StateLamp state={item.state} />
      {item.target === 'mail' ? <span>{t('mail.title')}</span> : <span className="to mono">{item.target}</span>}
      <time className="small muted" dateTime={item.at}>
        {logTime(item.at, today)}
      </time>
      {item.error === null ? null : <span className="why small">{say(item.error)}</span>}
      {item.state === 'failed' && item.next_at !== null ? (
        <span className="why small muted">{t('outgoing.again', { count: item.attempts, at: logTime(item.next_at, today) })}</span>
      ) : item.state === 'given_up' ? (
        <span className="why small muted">{t('outgoing.gaveUp', { count: item.attempts })}</span>
      ) : null}
    </li>
  );
}
