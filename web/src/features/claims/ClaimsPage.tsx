/** A firm's claims: what it must do, what is under way, what is done. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import { dayInWords } from '@/lib/dates';
import { FlowLamp } from '@/blocks/CaseStrip';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { ShowChips, useShown } from '@/blocks/ShowChips';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useLang, useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { SHOWS, useMyClaims, type MyClaim, type Show } from './queries';
import './claims.css';

export default function ClaimsPage() {
  const { t } = useTranslation('claims');
  const show = useShown(SHOWS);
  const claims = useMyClaims(show);
  const items = claims.data?.pages.flatMap((page) => page.items);
  return (
    <div className="wrap claims-page">
      <PageHeading title={t('mine.title')}>{t('mine.title')}</PageHeading>
      <p className="soft">{t('mine.lead')}</p>
      <ShowChips path="/my-firm/claims" names={SHOWS} label={t('mine.show')} say={(one) => t(`mine.shows.${one}`)} />
      <Loaded of={{ data: items, error: claims.error, refetch: claims.refetch }} waiting={<SkeletonRows rows={3} />}>
        {(all) => (all.length === 0 ? <Nothing show={show} /> : <ul className="my-claims">{all.map((one) => <Row key={one.id} claim={one} />)}</ul>)}
      </Loaded>
      {claims.hasNextPage ? (
        <p className="more">
          <Button busy={claims.isFetchingNextPage} onClick={() => void claims.fetchNextPage()}>
            {t('mine.more')}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function Nothing({ show }: { readonly show: Show }) {
  const { t } = useTranslation('claims');
  return (
    <Empty title={t(`mine.none.${show}`)} why={t('mine.noneWhy')}>
      <ButtonLink href="/my-firm" look="primary">
        {t('mine.find')}
      </ButtonLink>
    </Empty>
  );
}

function Row({ claim }: { readonly claim: MyClaim }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const lang = useLang();
  const today = useSession().data?.installation.as_of;
  return (
    <li>
      <div className="grow">
        <h2>
          <Link href={claim.record === 'recovery' ? `/my-firm/recoveries/${claim.id}` : `/my-firm/claims/${claim.id}`}>{claim.record === 'recovery' ? t('mine.recovery', { policy: claim.title }) : claim.title}</Link>
        </h2>
        <p className="small muted">
          {claim.number} {claim.promised === null ? '' : t('mine.promised', { day: dayInWords(claim.promised, lang, today) })}
        </p>
      </div>
      <div className="at">
        <b>{say(claim.state_label)}</b>
        {say(claim.lamp.words) === say(claim.state_label) ? null : <FlowLamp lamp={claim.lamp} />}
      </div>
    </li>
  );
}
