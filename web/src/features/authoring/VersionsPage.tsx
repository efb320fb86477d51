/** All versions of a policy, newest first, and the way to write the next. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import type { PolicyVersions } from '@/api/authoring';
import { intent } from '@/api/client';
import { dayOf, logTime } from '@/lib/dates';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { openVersion, useVersions } from './queries';
import './authoring.css';

export default function VersionsPage() {
  const { policy = '' } = useParams<{ policy: string }>();
  const { t } = useTranslation('authoring');
  const versions = useVersions(policy);
  if (versions.error && !versions.data) {
    return (
      <div className="wrap desk-page">
        <Crumbs items={[{ label: t('title'), href: '/work/authoring' }]} />
        <PageHeading title={t('versions')}>{t('versions')}</PageHeading>
        <ErrorNote error={versions.error} onRetry={() => void versions.refetch()} />
      </div>
    );
  }
  return <Loaded of={versions} waiting={<SkeletonPage />}>{(data) => <Versions data={data} />}</Loaded>;
}

function Versions({ data }: { readonly data: PolicyVersions }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const [, go] = useLocation();
  const [key] = useState(intent);
  const { policy, versions, can } = data;
  const open = useMutation({ mutationFn: () => openVersion(policy.id, key), onSuccess: (after) => go(`/work/authoring/${policy.id}/${after.number}`) });
  const title = say(policy.title);
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('title'), href: '/work/authoring' }]} />
      <div className="desk-head">
        <div>
          <PageHeading title={`${title} · ${t('versions')}`}>{title}</PageHeading>
          <p className="lead">{[policy.number ?? '', say(policy.issuer)].filter((one) => one !== '').join(t('joiner'))} {policy.draft ? <span className="tag">{t('notPublic')}</span> : <Link href={`/policies/${policy.id}`}>{t('asRead')}</Link>}</p>
        </div>
        <Button look={can.open.allowed ? 'primary' : 'plain'} busy={open.isPending} onClick={() => open.mutate()} {...(can.open.allowed ? {} : { refusedBy: 'why-open' })}><Icon name="plus" />{t('open.action')}</Button>
      </div>
      {can.open.allowed ? null : <p className="small soft refused" id="why-open"><Icon name="lock" />{say(can.open.reason)}</p>}
      {open.error ? <ErrorNote error={open.error} onRetry={() => open.mutate()} /> : null}
      <section className="panel versions-panel" aria-label={t('versions')}>
        {versions.length === 0 ? (
          <Empty title={t('open.none')} why={t('open.noneWhy')} />
        ) : (
          <ul className="auth-rows">
            {versions.map((one) => (
              <li key={one.number}>
                <div className="grow">
                  <h2><Link href={`/work/authoring/${policy.id}/${one.number}`}>{t('nth', { number: one.number })}</Link></h2>
                  <p className="small muted">
                    {one.author === null ? '' : t('by.author', { who: one.author })}
                    {one.checked_by === null ? '' : t('by.checked', { who: one.checked_by })}
                    {one.approved_by === null ? '' : t('by.approved', { who: one.approved_by })}
                  </p>
                  {one.note === null || one.note === '' ? null : <p className="small">{one.note}</p>}
                </div>
                <span className={one.state === 'in_force' ? 'tag on' : 'tag'}>{t(`state.${one.state}`)}</span>
                <span className="small soft who-when">
                  {one.effective_from === null ? (one.saved_at === null ? '' : logTime(one.saved_at)) : t('life', { from: dayOf(one.effective_from), to: one.effective_to === null ? t('lifeOpen') : dayOf(one.effective_to) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
