/** The state of the installation: packs, database, backup, calendar, matching. What needs care stands out. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import { daysBetween, logTime } from '@/lib/dates';
import { number } from '@/lib/numbers';
import { NBSP } from '@/lib/text';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Lamp } from '@/kit/Lamp';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { bytesInWords } from './account';
import { useAdministration, type Administration } from './wire';
import './administration.css';

export default function OverviewPage() {
  const { t } = useTranslation('administration');
  const state = useAdministration();
  return (
    <div className="wrap desk-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <Loaded of={state} waiting={<SkeletonRows rows={6} />}>
        {(data) => <Overview of={data} />}
      </Loaded>
    </div>
  );
}

const BACKUP_DAYS = 2;

function Overview({ of }: { readonly of: Administration }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const today = useSession().data?.installation.as_of ?? '';
  const age = of.last_backup === null ? null : daysBetween(of.last_backup, today);
  const late = age === null || age > BACKUP_DAYS;
  return (
    <div className="admin-grid">
      <section className="panel" aria-labelledby="database">
        <h2 id="database">{t('database')}</h2>
        <dl className="kv">
          <dt>{t('engine')}</dt>
          <dd>{of.database.kind}</dd>
          <dt>{t('size')}</dt>
          <dd>{bytesInWords(of.database.size_bytes).replace(' ', NBSP)}</dd>
          <dt>{t('entries')}</dt>
          <dd>
            <Link href="/administration/journal" className="num">
              {number(of.journal.last_sequence)}
            </Link>
          </dd>
          <dt>{t('backup')}</dt>
          <dd>
            <Lamp state={late ? 'yellow' : 'green'} word={of.last_backup === null ? t('noBackup') : logTime(of.last_backup, today)} />
          </dd>
        </dl>
        {late ? <p className="small soft">{t('backupWhy')}</p> : null}
      </section>
      <section className="panel" aria-labelledby="calendar">
        <h2 id="calendar">{t('calendar')}</h2>
        <ul className="lines">
          {of.calendar.map((year) => (
            <li key={year.year}>
              <b>{year.year}</b>
              <span className="grow small soft">{year.notice ?? t('noNotice')}</span>
              <Lamp state={year.published ? 'green' : 'yellow'} word={year.published ? t('published') : t('unpublished')} />
            </li>
          ))}
        </ul>
        {of.calendar.some((year) => !year.published) ? <p className="small soft">{t('unpublishedWhy')}</p> : null}
      </section>
      <section className="panel" aria-labelledby="packs">
        <h2 id="packs">{t('packs')}</h2>
        <ul className="lines">
          {of.packs.map((pack) => (
            <li key={pack.name}>
              <b className="grow">{say(pack.label)}</b>
              <span className="muted small mono">{pack.name}</span>
              <span className="small">{t('version', { version: pack.version })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel" aria-labelledby="matching">
        <h2 id="matching">{t('matching')}</h2>
        <dl className="kv">
          <dt>{t('rows')}</dt>
          <dd>{number(of.matching.rows)}</dd>
          <dt>{t('judged')}</dt>
          <dd>{number(of.matching.policies)}</dd>
          <dt>{t('loaded')}</dt>
          <dd>{t('ms', { count: of.matching.loaded_in_ms })}</dd>
          <dt>{t('behind')}</dt>
          <dd>{of.journal.last_sequence > of.matching.sequence ? t('behindBy', { count: of.journal.last_sequence - of.matching.sequence }) : t('upToDate')}</dd>
        </dl>
      </section>
      <section className="panel wide" aria-labelledby="refused">
        <h2 id="refused">{t('refused')}</h2>
        {of.matching.refused.length === 0 ? (
          <p>
            <Lamp state="green" word={t('noneRefused')} />
          </p>
        ) : (
          <>
            <p className="small soft">{t('refusedWhy')}</p>
            <ul className="lines">
              {of.matching.refused.map((one) => (
                <li key={one.id}>
                  <Link href={`/work/policy/${one.id}`} className="name">
                    {one.title || one.id}
                  </Link>
                  <span className="grow small">{one.reason}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}
