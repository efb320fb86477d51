/** 大厅: one search box, the shelf of policies, the open figures. Only what exists is shown. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { get } from '@/api/client';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { Hall } from '@/api/types';
import { withSearch } from '@/lib/search';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { SearchBox } from '@/blocks/SearchBox';
import { ButtonLink } from '@/kit/Button';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { Browse } from './Browse';
import { Figures } from './Figures';
import { Notices } from './Notices';
import { Shelf } from './Shelf';
import './hall.css';

export default function HallPage() {
  const { t } = useTranslation('hall');
  const [, go] = useLocation();
  const session = useSession().data;
  const hall = useQuery({ queryKey: keys.hall, queryFn: ({ signal }) => get<Hall>('/hall', undefined, signal) });
  const searches = hall.data?.policies.searches ?? [];
  return (
    <>
      <section className="hero">
        <div className="wrap">
          <div>
            <PageHeading title={t('title')}>{t('heading')}</PageHeading>
            <p className="lead">{t('lead')}</p>
            <SearchBox label={t('search')} placeholder={t('placeholder')} action={t('go')} value="" onSearch={(q) => go(withSearch('/policies', { q }))} />
            <div className="hot">
              {searches.length === 0 ? null : <span>{t('hot')}</span>}
              {searches.map((words) => (
                <Link key={words} href={withSearch('/policies', { q: words })}>
                  {words}
                </Link>
              ))}
            </div>
          </div>
          <FirmBox />
        </div>
      </section>
      <div className="wrap">
        <Loaded of={hall} waiting={<div className="hall-waiting"><SkeletonRows rows={6} /></div>}>
          {(data) => (
            <>
              <div className="hall-cols">
                <Shelf policies={data.policies} today={session?.installation.as_of ?? ''} />
                <div className="hall-side">
                  <Notices today={session?.installation.as_of ?? ''} />
                  <Browse />
                </div>
              </div>
              {data.figures.length === 0 ? null : <Figures figures={data.figures} day={session?.installation.as_of ?? ''} />}
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}

function FirmBox() {
  const { t } = useTranslation('hall');
  const say = useSay();
  const session = useSession().data;
  const firm = session?.account?.firm ?? null;
  if (session?.account && firm === null) return null;
  return (
    <section className="enter" aria-labelledby="enter">
      <h2 id="enter">{t('firm.title')}</h2>
      {firm ? (
        <>
          <p>{t('firm.mineText', { name: say(firm.name) })}</p>
          <ButtonLink href="/my-firm">{t('firm.mineAction')}</ButtonLink>
        </>
      ) : (
        <>
          <p>{t('firm.text')}</p>
          <ButtonLink href="/sign-in?next=/my-firm">{session?.installation.demonstration ? t('firm.demoAction') : t('firm.action')}</ButtonLink>
        </>
      )}
    </section>
  );
}
