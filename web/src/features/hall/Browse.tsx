/** Ways into the shelf: policies in force counted by kind and by level. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecords } from '@/api/hooks';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { useWords } from '@/blocks/values';

const FACETS = ['kind', 'level'] as const;

export function Browse() {
  const { t } = useTranslation('hall');
  const words = useWords('policy', FACETS);
  const known = words.model?.facets ?? [];
  const asked = FACETS.filter((facet) => known.includes(facet));
  const counts = useRecords('policy', { limit: 1, facets: asked.join(',') }).data?.pages[0]?.facets ?? {};
  if (asked.length === 0) return null;
  return (
    <section className="panel browse" aria-labelledby="browse">
      <h2 id="browse">{t('browse.title')}</h2>
      {asked.map((facet) => (
        <div key={facet}>
          <h3>{facet === 'kind' ? t('browse.kinds') : t('browse.levels')}</h3>
          <ul>
            {[...(counts[facet] ?? [])].sort((a, b) => b.count - a.count).map(({ code, count }) => (
              <li key={code}>
                <Link href={withSearch('/policies', { [facet]: code })}>
                  <span>{words.value(facet, code)}</span>
                  <span className="muted">{number(count)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
