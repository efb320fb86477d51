/** What is on public notice now: the first few, and the way to all of them. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get } from '@/api/client';
import type { Words } from '@/api/types';
import { Deadline } from '@/blocks/Deadline';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { Money } from '@/kit/Num';

const SHOWN = 3;

interface Page {
  readonly items: ReadonlyArray<{ readonly claim: string; readonly firm: Words; readonly policy: { readonly title: Words }; readonly amount: number | null; readonly until: string | null }>;
  readonly total: number;
}

export function Notices({ today }: { readonly today: string }) {
  const { t } = useTranslation('hall');
  const say = useSay();
  const notices = useQuery({ queryKey: ['public-notices', 'hall'], queryFn: ({ signal }) => get<Page>('/public-notices', { limit: SHOWN }, signal) });
  const items = notices.data?.items ?? [];
  const total = notices.data?.total ?? 0;
  return (
    <section className="panel hall-notices" aria-labelledby="notices">
      <h2 id="notices">
        <Link href="/public-notices">
          {t('notices.title')}
          <Icon name="right" />
        </Link>
      </h2>
      <p>{t('notices.lead')}</p>
      {notices.data && items.length === 0 ? <p className="muted">{t('notices.none')}</p> : null}
      <ul>
        {items.map((one) => (
          <li key={one.claim}>
            <Link href={`/public-notices/${encodeURIComponent(one.claim)}`}>
              <span className="between">
                <b>{say(one.firm)}</b>
                {one.amount === null ? null : (
                  <b className="nw">
                    <Money fen={one.amount} style="prose" />
                  </b>
                )}
              </span>
              <span className="small muted">{say(one.policy.title)}</span>
              {one.until === null ? null : (
                <span className="small">
                  <Deadline day={one.until} today={today} />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {total > items.length ? <Link href="/public-notices">{t('notices.all', { count: total })}</Link> : null}
    </section>
  );
}
