/** 兑现公示: which firms are to get what, until when anyone may object; no account needed. */
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useSession } from '@/api/hooks';
import { withSearch } from '@/lib/search';
import { Crumbs } from '@/blocks/Crumbs';
import { Deadline } from '@/blocks/Deadline';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { SearchBox } from '@/blocks/SearchBox';
import { ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Money } from '@/kit/Num';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { byPolicy, type PolicyGroup } from './notice';
import { useNotices } from './queries';
import './public-notice.css';

export default function PublicNoticesPage() {
  const { t } = useTranslation('public-notice');
  const common = useTranslation().t;
  const [, go] = useLocation();
  const q = new URLSearchParams(useSearch()).get('q') ?? '';
  const today = useSession().data?.installation.as_of ?? '';
  const notices = useNotices(q);
  const pages = { data: notices.data?.pages, error: notices.error, refetch: notices.refetch };
  return (
    <div className="wrap public-notices">
      <Crumbs items={[{ label: common('places.hall'), href: '/' }]} />
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft lead">{t('lead')}</p>
      <SearchBox label={t('search')} placeholder={t('placeholder')} action={t('go')} value={q} onSearch={(words) => go(withSearch('/public-notices', { q: words }))} />
      <Loaded of={pages} waiting={<SkeletonRows rows={6} />}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          const total = loaded[0]?.total ?? 0;
          if (items.length === 0) {
            return q === '' ? (
              <Empty title={t('none')} why={t('noneWhy')}>
                <ButtonLink href="/policies">{t('toPolicies')}</ButtonLink>
              </Empty>
            ) : (
              <Empty title={t('noneOf', { q })} why={t('noneOfWhy')}>
                <ButtonLink href="/public-notices">{t('showAll')}</ButtonLink>
              </Empty>
            );
          }
          return (
            <div aria-busy={notices.isPlaceholderData || undefined}>
              <p className="small muted count" role="status">
                {t('count', { count: total })}
              </p>
              {byPolicy(items).map((group) => (
                <Group key={group.policy.id} group={group} today={today} whole={!notices.hasNextPage} />
              ))}
              {notices.hasNextPage ? <MoreButton left={total - items.length} busy={notices.isFetchingNextPage} error={notices.isFetchNextPageError ? notices.error : undefined} onMore={() => void notices.fetchNextPage()} /> : null}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

/** While pages are still to come, a policy's sum is not known. */
function Group({ group, today, whole }: { readonly group: PolicyGroup; readonly today: string; readonly whole: boolean }) {
  const { t } = useTranslation('public-notice');
  const say = useSay();
  const heading = `notice-${group.policy.id}`;
  return (
    <section className="panel notice-group" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>
          <Link href={`/policies/${group.policy.id}`}>{say(group.policy.title)}</Link>
        </h2>
        {whole ? (
          <p className="small soft">
            {t('firms', { count: group.items.length })}
            {t('comma')}
            <Money fen={group.total} style="prose" />
          </p>
        ) : null}
      </header>
      <ul>
        {group.items.map((item) => (
          <li key={item.claim}>
            <span className="firm">
              <b>{say(item.firm)}</b>
              <span className="small muted nw">{item.number}</span>
            </span>
            <b className="amount">
              <Money fen={item.amount} style="prose" />
            </b>
            <span className="until">
              <Deadline day={item.until} today={today} />
            </span>
            <Link href={`/public-notices/${encodeURIComponent(item.claim)}`} className="btn sm" aria-label={t('objectTo', { firm: say(item.firm), number: item.number })}>
              {t('object')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
