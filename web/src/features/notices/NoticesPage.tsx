/** 通知: what happened that concerns the reader, by day; opening one marks it read. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import { useSession } from '@/api/hooks';
import type { Session } from '@/api/types';
import { clockOf, dayInWords } from '@/lib/dates';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { MyMail } from './MyMail';
import { byDay, leadsTo, type Day } from './notices';
import { useNotices, useRead } from './queries';
import type { Notice } from './wire';
import './notices.css';

export default function NoticesPage() {
  const session = useSession().data;
  if (!session) return null;
  if (!session.account) return <Redirect to="/sign-in?next=%2Fnotices" replace />;
  return <Notices session={session} />;
}

function Notices({ session }: { readonly session: Session }) {
  const { t } = useTranslation('notices');
  const common = useTranslation().t;
  const [unread, setUnread] = useState(false);
  const notices = useNotices(unread);
  const read = useRead();
  const firm = Boolean(session.account?.firm);
  const left = notices.data?.pages[0]?.unread ?? 0;
  const pages = { data: notices.data?.pages, error: notices.error, refetch: notices.refetch };
  return (
    <div className="wrap notices-page">
      <div className="notices-head">
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        {left === 0 ? null : (
          <Button size="sm" busy={read.isPending && read.variables === null} onClick={() => read.mutate(null)}>
            {t('readAll')}
          </Button>
        )}
      </div>
      <div className="chips notices-chips" role="group" aria-label={t('show')}>
        <button type="button" className="chip" aria-pressed={!unread} onClick={() => setUnread(false)}>
          {common('all')}
        </button>
        <button type="button" className="chip" aria-pressed={unread} onClick={() => setUnread(true)}>
          {t('unread', { count: left })}
        </button>
      </div>
      {read.error ? <ErrorNote error={read.error} onRetry={() => read.mutate(read.variables ?? null)} /> : null}
      <Loaded of={pages} waiting={<SkeletonRows rows={6} />}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Empty title={unread ? t('noneUnread') : t('none')} why={firm ? t('noneWhyFirm') : t('noneWhy')}>
                <ButtonLink href={firm ? '/my-firm' : '/work'}>{firm ? t('toFirm') : t('toWork')}</ButtonLink>
              </Empty>
            );
          }
          return (
            <>
              {byDay(items, session.installation.as_of).map((day) => (
                <OneDay key={day.day} day={day} firm={firm} today={session.installation.as_of} onRead={(id) => read.mutate(id)} />
              ))}
              {notices.hasNextPage ? (
                <p className="more">
                  <Button busy={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>
                    {t('earlier')}
                  </Button>
                </p>
              ) : null}
            </>
          );
        }}
      </Loaded>
      <MyMail />
    </div>
  );
}

function OneDay({ day, firm, today, onRead }: { readonly day: Day; readonly firm: boolean; readonly today: string; readonly onRead: (id: string) => void }) {
  const { t } = useTranslation('notices');
  const lang = useLang();
  return (
    <section className="notices-day" aria-labelledby={`day-${day.day}`}>
      <h2 id={`day-${day.day}`}>{day.when === 'earlier' ? dayInWords(day.day, lang, today) : t(day.when)}</h2>
      <ul className="panel">
        {day.items.map((notice) => (
          <One key={notice.id} notice={notice} firm={firm} onRead={() => onRead(notice.id)} />
        ))}
      </ul>
    </section>
  );
}

function One({ notice, firm, onRead }: { readonly notice: Notice; readonly firm: boolean; readonly onRead: () => void }) {
  const { t } = useTranslation('notices');
  const say = useSay();
  const fresh = notice.read_at === null;
  const to = leadsTo(notice.about, firm);
  const said = (
    <>
      <span className="dot" aria-hidden="true" />
      <span className="said">
        {fresh ? <span className="sr">{t('isUnread')}</span> : null}
        {say(notice.text)}
      </span>
      <time className="muted small" dateTime={notice.at}>
        {clockOf(notice.at)}
      </time>
    </>
  );
  return (
    <li className={fresh ? 'fresh' : undefined}>
      {to === '' ? (
        <div className="line">{said}</div>
      ) : (
        <Link href={to} className="line" onClick={() => (fresh ? onRead() : undefined)}>
          {said}
          <Icon name="right" />
        </Link>
      )}
      {to === '' && fresh ? (
        <Button size="sm" look="quiet" onClick={onRead}>
          {t('read')}
        </Button>
      ) : null}
    </li>
  );
}
