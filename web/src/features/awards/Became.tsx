/** What became of the firms of a run that is granted: how many wait, stand in public notice, are paid; each leads to those claims. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecords } from '@/api/hooks';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Loaded } from '@/blocks/Loaded';
import { useWords } from '@/blocks/values';
import { ButtonLink } from '@/kit/Button';
import { SkeletonRows } from '@/kit/Skeleton';
import { inOrder, share } from './run';
import type { Run } from './wire';

export function Became({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const claims = useRecords('claim', { limit: 1, facets: 'state', 'where.run': run.id });
  const words = useWords('claim', ['state']);
  const all = { data: claims.data?.pages[0], error: claims.error, refetch: claims.refetch };
  return (
    <section className="panel run-became" aria-labelledby="became">
      <div className="panel-h">
        <h2 id="became">{t('became.title')}</h2>
        <ButtonLink size="sm" href={withSearch('/work/claim', { 'where.run': run.id })}>
          {t('granting.toClaims')}
        </ButtonLink>
      </div>
      <Loaded of={all} waiting={<div className="pad"><SkeletonRows rows={3} /></div>}>
        {(page) => (
          <ul className="became">
            {inOrder(page.facets['state'] ?? []).map((one) => (
              <li key={one.code}>
                <Link href={withSearch('/work/claim', { 'where.run': run.id, 'where.state': one.code })}>{words.value('state', one.code)}</Link>
                <span className="bar" aria-hidden="true">
                  <i className={one.code === 'paid' || one.code === 'granted' ? 'done' : ''} style={{ width: `${Math.max(1, share(one.count, page.total ?? one.count))}%` }} />
                </span>
                <b>
                  {number(one.count)} <span className="u">{t('figures.unit')}</span>
                </b>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
