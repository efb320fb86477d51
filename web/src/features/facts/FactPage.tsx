/** One fact of the dictionary: definition, sources in their order, policies that read it, firms without it. */
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { FactOpened } from '@/api/facts';
import { number } from '@/lib/numbers';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { Coverage } from './DictionaryPage';
import { useFact } from './queries';
import './facts.css';

export default function FactPage() {
  const { t } = useTranslation('facts');
  const { fact = '' } = useParams<{ fact: string }>();
  const opened = useFact(fact);
  return (
    <div className="wrap desk-page dictionary">
      <Crumbs items={[{ label: t('title'), href: '/work/facts' }]} />
      <Loaded of={opened} waiting={<SkeletonRows rows={6} />}>
        {(data) => <Opened opened={data} />}
      </Loaded>
    </div>
  );
}

function Opened({ opened }: { readonly opened: FactOpened }) {
  const { t } = useTranslation('facts');
  const say = useSay();
  const { fact } = opened;
  const lines: ReadonlyArray<readonly [string, string]> = [
    [t('of.grain'), t(`grain.${fact.grain}`)],
    [t('of.unit'), say(fact.unit)],
    [t('of.owner'), fact.owner ? say(fact.owner) : t('noOwner')],
    [t('of.fresh'), fact.grain === 'firm_year' ? t('of.ofItsYear') : fact.fresh_months === null ? t('of.always') : t('of.months', { count: fact.fresh_months })],
    [t('of.sensitivity'), t(`sensitivity.${fact.sensitivity}`)],
    [t('of.stale'), fact.stale === null ? '' : t('staleFirms', { count: fact.stale })],
  ];
  return (
    <>
      <PageHeading title={say(fact.label)}>{say(fact.label)}</PageHeading>
      <p className="soft">{fact.about === null ? t('noAbout') : say(fact.about)}</p>
      <div className="fact-cols">
        <section className="panel pad" aria-labelledby="of">
          <h2 id="of">{t('of.title')}</h2>
          <dl className="kv">
            {lines.filter(([, words]) => words !== '').map(([label, words]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <Coverage fact={fact} />
          {fact.conflicts === 0 ? null : (
            <p className="small">
              <Link href={`/work/conflicts?field=${fact.name}`}>{t('conflictsOf', { count: fact.conflicts })}</Link>
            </p>
          )}
          <h3>{t('of.sources')}</h3>
          <p className="small muted">{t('of.sourcesWhy')}</p>
          <ol className="sources">
            {opened.sources.map((source) => (
              <li key={source.name}>{say(source.label)}</li>
            ))}
          </ol>
        </section>
        <section className="panel pad" aria-labelledby="read-by">
          <h2 id="read-by">{t('readBy', { count: fact.policies })}</h2>
          {opened.read_by.length === 0 ? <p className="soft small">{t('readByNone')}</p> : null}
          <ul className="plain">
            {opened.read_by.map((policy) => (
              <li key={policy.id}>
                <Link href={`/policies/${policy.id}`}>{say(policy.title)}</Link>
              </li>
            ))}
          </ul>
        </section>
        {fact.filled === null || fact.firms === null ? null : (
          <section className="panel pad" aria-labelledby="without">
            <h2 id="without">{t('without', { count: fact.firms - fact.filled })}</h2>
            {opened.without.length === 0 ? <p className="soft small">{t('withoutNone')}</p> : null}
            <ul className="plain">
              {opened.without.map((firm) => (
                <li key={firm.id}>
                  <Link href={`/work/enterprise/${firm.id}`}>{say(firm.title)}</Link>
                </li>
              ))}
            </ul>
            {fact.firms - fact.filled > opened.without.length ? <p className="small muted">{t('withoutMore', { left: number(fact.firms - fact.filled - opened.without.length) })}</p> : null}
          </section>
        )}
      </div>
    </>
  );
}
