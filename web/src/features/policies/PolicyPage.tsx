/** A policy as anyone may read it: its facts, its clauses, and the way to have them checked. */
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { useRecord, useSession } from '@/api/hooks';
import type { FullRecord } from '@/api/types';
import { Crumbs } from '@/blocks/Crumbs';
import { ErrorNote } from '@/kit/ErrorNote';
import { PageHeading } from '@/blocks/Page';
import { cardOf, SeriesTag } from '@/blocks/policy';
import { textOf } from '@/blocks/values';
import { ButtonLink } from '@/kit/Button';
import { useLang, useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { Clauses } from './Clauses';
import { SideCard } from './SideCard';
import './policy.css';

export default function PolicyPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('policies');
  const record = useRecord('policy', id);
  if (record.data) return <Policy record={record.data} />;
  if (record.error) {
    return (
      <div className="wrap policy-page">
        <Crumbs items={[{ label: t('title'), href: '/policies' }]} />
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <ErrorNote error={record.error} onRetry={() => void record.refetch()}>
          <ButtonLink href="/policies" size="sm">
            {t('title')}
          </ButtonLink>
        </ErrorNote>
      </div>
    );
  }
  return <SkeletonPage />;
}

function Policy({ record }: { readonly record: FullRecord }) {
  const { t } = useTranslation('policies');
  const common = useTranslation().t;
  const say = useSay();
  const lang = useLang();
  const session = useSession().data;
  const today = session?.installation.as_of ?? '';
  const writes = session?.account?.roles.some((role) => role === 'officer' || role === 'administrator') ?? false;
  const card = cardOf(record, today);
  const summary = textOf(record.values['summary'], lang);
  const source = textOf(record.values['source_url'], lang);
  return (
    <div className="wrap policy-page">
      <Crumbs items={[{ label: t('title'), href: '/policies' }]} />
      <PageHeading title={say(card.title)}>{say(card.title)}</PageHeading>
      <p className="meta">
        {card.issuer === null ? null : <span>{say(card.issuer)}</span>}
        {card.number === null ? null : <span>{card.number}</span>}
        {card.status === 'in_force' ? null : <span className="tag">{common(`status.${card.status}`)}</span>}
        <SeriesTag card={card} />
        {writes ? <Link href={`/work/authoring/${record.id}`}>{t('page.write')}</Link> : null}
        {/^https?:\/\//.test(source) ? (
          <a href={source} target="_blank" rel="noreferrer">
            {t('page.source')}
            <span className="sr">{t('page.sourceNew')}</span>
          </a>
        ) : null}
      </p>
      <div className="cols">
        <div>
          {summary === '' ? null : (
            <section className="summary">
              <h2>{t('page.summary')}</h2>
              <p>{summary}</p>
            </section>
          )}
          <Clauses items={record.children['policy_clause'] ?? []} />
        </div>
        <SideCard record={record} card={card} today={today} />
      </div>
    </div>
  );
}
