/** The bell of the top bar: how many notices are unread, the newest of them, and the way to all. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { useSay } from '@/kit/language';
import { Menu } from '@/kit/Menu';
import { badge, leadsTo } from './notices';
import { useRead, useUnread } from './queries';
import { useLive } from './useLive';
import type { Notice } from './wire';
import './notices.css';

export default function Bell() {
  const { t } = useTranslation('notices');
  useLive();
  const { data } = useUnread();
  const read = useRead();
  const unread = data?.unread ?? 0;
  return (
    <>
      <Menu
        label={unread === 0 ? t('bellNone') : t('bell', { count: unread })}
        face={
          <span className="bell">
            <svg className="i big" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
              <path d="M3 12h10M4.200 12V7.200a3.800 3.800 0 0 1 7.600 0V12M6.800 14.200h2.400M8 3.400V2" />
            </svg>
            {unread === 0 ? null : <b aria-hidden="true">{badge(unread)}</b>}
          </span>
        }
      >
        {unread === 0 ? <span className="menu-note">{t('allRead')}</span> : null}
        {(data?.items ?? []).map((notice) => (
          <Line key={notice.id} notice={notice} onOpen={() => read.mutate(notice.id)} />
        ))}
        {unread === 0 ? null : (
          <button type="button" onClick={() => read.mutate(null)}>
            {t('readAll')}
          </button>
        )}
        <Link href="/notices">{t('seeAll')}</Link>
      </Menu>
      <Spoken unread={unread} />
    </>
  );
}

function Line({ notice, onOpen }: { readonly notice: Notice; readonly onOpen: () => void }) {
  const say = useSay();
  const session = useSession().data;
  const to = leadsTo(notice.about, Boolean(session?.account?.firm));
  return (
    <Link href={to === '' ? '/notices' : to} className="bell-line" onClick={onOpen}>
      <span>{say(notice.text)}</span>
      <span className="muted tiny">{logTime(notice.at, session?.installation.as_of)}</span>
    </Link>
  );
}

/** Says that something came, not what was there already. */
function Spoken({ unread }: { readonly unread: number }) {
  const { t } = useTranslation('notices');
  const [seen, setSeen] = useState({ unread, said: '' });
  if (seen.unread !== unread) setSeen({ unread, said: unread > seen.unread && seen.unread > 0 ? t('came', { count: unread }) : '' });
  return (
    <span className="sr" role="status">
      {seen.said}
    </span>
  );
}
