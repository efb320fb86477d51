/** What is in a region: its counts, each leading to its list, and its parks with what they stand for. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get } from '@/api/client';
import { useRecordModel, useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { ItemPage } from '@/api/types';
import { Num } from '@/kit/Num';
import { useLang, useSay } from '@/kit/language';
import { useWords } from '@/blocks/values';
import { MEASURES, within, type MapAnswer, type MapPark, type Measure, type Region } from './regions';

function listOf(measure: Measure, code: string, work: boolean): string | undefined {
  if (work) return `/work/${{ firms: 'enterprise', policies: 'policy', parks: 'park' }[measure]}?where.region=${code}`;
  return measure === 'policies' ? `/policies?region=${code}` : undefined;
}

export function RegionPanel({ region, map }: { readonly region: Region; readonly map: MapAnswer }) {
  const { t } = useTranslation('map');
  const say = useSay();
  const lang = useLang();
  const work = useSession().data?.places.includes('work') ?? false;
  const inside = within(map.regions, region.code);
  const parks = map.parks.filter((park) => park.region !== null && (inside.has(park.region) || inside.has(park.region.slice(0, 6))));
  return (
    <aside className="panel region" aria-labelledby="region">
      <div aria-live="polite">
        <h2 id="region">{say(region.name)}</h2>
        <p className="muted small">{region.code}</p>
        <dl className="region-counts">
          {MEASURES.map((measure) => {
            const href = listOf(measure, region.code, work);
            return (
              <div key={measure}>
                <dt>{t(`measures.${measure}`)}</dt>
                <dd>
                  <Num value={region.counts[measure]} {...(lang === 'zh' ? { unit: t(`units.${measure}`) } : {})} {...(href === undefined ? {} : { href })} />
                </dd>
              </div>
            );
          })}
        </dl>
      </div>
      <h3>{t('parks')}</h3>
      {parks.length === 0 ? (
        <p className="muted small">{t('noParks')}</p>
      ) : (
        <ul className="parks">
          {parks.map((park) => (
            <Park key={park.id} park={park} work={work} />
          ))}
        </ul>
      )}
    </aside>
  );
}

function Park({ park, work }: { readonly park: MapPark; readonly work: boolean }) {
  const { t } = useTranslation('map');
  const say = useSay();
  const stands = useIndustries(park);
  const title = say(park.title);
  return (
    <li>
      {work ? <Link href={`/work/park/${park.id}`}>{title}</Link> : <b>{title}</b>}
      <dl className="kv small">
        {stands.map((one) => (
          <div key={`${one.role} ${one.name}`}>
            <dt>{one.role}</dt>
            <dd>{one.name}</dd>
          </div>
        ))}
        {stands.length > 0 ? null : (
          <div>
            <dt>{t('industries')}</dt>
            <dd>{t('noIndustries')}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

/** Lead and feature industries come with the map; new ones are among the park's industries, where the reader sees them. */
function useIndustries(park: MapPark): ReadonlyArray<{ readonly role: string; readonly name: string }> {
  const { t } = useTranslation('map');
  const say = useSay();
  const model = useRecordModel('park_industry');
  const words = useWords('park_industry', ['role']);
  const query = { 'where.park': park.id, limit: 20 };
  const found = useQuery({
    queryKey: keys.records('park_industry', query),
    queryFn: ({ signal }) => get<ItemPage>('/records/park_industry', query, signal),
    enabled: model?.filters.includes('park') ?? false,
    staleTime: 300_000,
  });
  if (found.data && found.data.items.length > 0) {
    const order = ['lead', 'feature', 'new'];
    const place = (role: unknown) => order.indexOf(String(role));
    return [...found.data.items].sort((a, b) => place(a.values['role']) - place(b.values['role'])).map((item) => ({ role: words.value('role', item.values['role']), name: say(item.title) }));
  }
  const known = [[t('leadIndustry'), park.lead], [t('featureIndustry'), park.feature]] as const;
  return known.flatMap(([role, name]) => (name === null ? [] : [{ role, name: say(name) }]));
}
