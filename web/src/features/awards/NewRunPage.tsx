/** Starting a run: the policies granted without application, those that cannot start with the reason. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { intent } from '@/api/client';
import { money } from '@/lib/money';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { useOffers, useStart } from './queries';
import type { Offer } from './wire';
import './awards.css';

export default function NewRunPage() {
  const { t } = useTranslation('awards');
  const say = useSay();
  const offers = useOffers();
  const [q, setQ] = useState('');
  return (
    <div className="wrap desk-page awards-page">
      <Crumbs items={[{ label: t('title'), href: '/work/award_run' }]} />
      <PageHeading title={t('new.title')}>{t('new.title')}</PageHeading>
      <p className="soft">{t('new.lead')}</p>
      <Loaded of={offers} waiting={<SkeletonRows rows={5} />}>
        {(all) => {
          const found = all.filter((one) => say(one.policy.title).includes(q.trim()));
          return all.length === 0 ? (
            <section className="panel">
              <Empty title={t('new.none')} why={t('new.noneWhy')}>
                <ButtonLink href="/work/authoring">{t('new.toAuthoring')}</ButtonLink>
              </Empty>
            </section>
          ) : (
            <>
              {all.length > 6 ? <TextField className="offers-find" label={t('new.search')} value={q} onValue={setQ} type="search" autoComplete="off" /> : null}
              <section className="panel" aria-label={t('new.title')}>
                {found.length === 0 ? (
                  <Empty title={t('new.noneOf')} />
                ) : (
                  <ul className="offers">
                    {[...found].sort((a, b) => Number(b.ready) - Number(a.ready)).map((offer) => (
                      <One key={offer.policy.id} offer={offer} />
                    ))}
                  </ul>
                )}
              </section>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function One({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation('awards');
  const say = useSay();
  const lang = useLang();
  const [, go] = useLocation();
  const [key] = useState(intent);
  const start = useStart(key, (run) => go(`/work/award_run/${run.id}`));
  const why = `why-${offer.policy.id}`;
  const title = say(offer.policy.title);
  return (
    <li>
      <div className="grow">
        <h2>
          <Link href={`/policies/${offer.policy.id}`}>{title}</Link>
        </h2>
        <p className="small soft parts">
          {offer.firms === null ? null : <span>{t('new.firms', { count: offer.firms })}</span>}
          <span>{offer.budget === null ? t('new.noBudget') : t('new.left', { amount: money(offer.budget.left, lang) })}</span>
        </p>
        {offer.ready ? null : (
          <p className="refused small" id={why}>
            <Icon name="lock" />
            <span>
              {offer.why === null ? t('new.notReady') : say(offer.why)}
              {offer.open_run === null ? null : ` ${t('new.open', { number: offer.open_run.number })}`}
            </span>
          </p>
        )}
        {start.error ? <ErrorNote error={start.error} /> : null}
      </div>
      {offer.open_run === null ? (
        <Button busy={start.isPending} aria-label={t('new.beginOf', { policy: title })} {...(offer.ready ? {} : { refusedBy: why })} onClick={() => start.mutate(offer.policy.id)}>
          {t('new.begin')}
        </Button>
      ) : (
        <ButtonLink href={`/work/award_run/${offer.open_run.id}`}>{t('new.openRun')}</ButtonLink>
      )}
    </li>
  );
}
