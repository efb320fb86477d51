/** All policies of one group, page after page; those that do not fit can be narrowed to one reason. */
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearch } from 'wouter';
import type { GroupKey, PolicyMatch } from '@/api/matches';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Crumbs } from '@/blocks/Crumbs';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { useGroup, useMatches } from './queries';
import { FitRow, NearRow, NoRow, UnknownRow, type RowContext } from './rows';
import { useWhich } from './which';
import './matches.css';

function groupOf(text: string): GroupKey {
  return text === 'near' || text === 'unknown' || text === 'no' ? text : 'fits';
}

export default function GroupPage() {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const which = useWhich();
  const group = groupOf(useParams<{ group: string }>().group ?? '');
  const reason = new URLSearchParams(useSearch()).get('reason') ?? '';
  const matches = useMatches(which.firm).data;
  const list = useGroup(which.firm, group, group === 'no' ? reason : '');
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const title = group === 'unknown' && !which.mine ? t('groups.unknownTheirs') : t(`groups.${group}`);
  const context: RowContext = { which, today: matches?.day ?? '', level: 2 };
  return (
    <div className="wrap matches">
      <div className="head sub-head">
        <Crumbs items={[{ label: which.mine ? t('title') : say(matches?.firm.title) || t('theirs'), href: which.base }]} />
        <PageHeading title={title}>
          {title}
          {list.data ? <small className="muted"> {number(total)}</small> : null}
        </PageHeading>
      </div>
      {group === 'no' && matches ? (
        <div className="chips reasons">
          <Link className="chip" aria-current={reason === '' ? 'true' : undefined} href={`${which.base}/groups/no`}>
            {t('no.allReasons')}
          </Link>
          {matches.reasons.map((one) => (
            <Link key={one.key} className="chip" aria-current={reason === one.key ? 'true' : undefined} href={withSearch(`${which.base}/groups/no`, { reason: one.key })}>
              {say(one.label)} <b>{number(one.count)}</b>
            </Link>
          ))}
        </div>
      ) : null}
      {list.data ? (
        items.length === 0 ? (
          <Empty title={t(`${group}.empty`)} why={t(`${group}.emptyWhy`)} />
        ) : (
          <section className="grp flat">
            <ul>
              {items.map((match) => (
                <Row key={match.policy.id} group={group} match={match} {...context} />
              ))}
            </ul>
            {list.hasNextPage ? (
              <MoreButton left={total - items.length} busy={list.isFetchingNextPage} error={list.isFetchNextPageError ? list.error : undefined} onMore={() => void list.fetchNextPage()} />
            ) : null}
          </section>
        )
      ) : list.error ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </div>
  );
}

function Row({ group, ...rest }: RowContext & { readonly group: GroupKey; readonly match: PolicyMatch }) {
  if (group === 'fits') return <FitRow {...rest} />;
  if (group === 'near') return <NearRow {...rest} />;
  if (group === 'unknown') return <UnknownRow {...rest} />;
  return <NoRow {...rest} />;
}
