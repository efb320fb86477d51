/** The region at a glance: a measure shaded over its parts, a table of the same, and what is in the part chosen. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { get } from '@/api/client';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { RegionPanel } from './RegionPanel';
import { grids, mapAddress, MEASURES, parseMap, type MapAnswer, type MapState, type Region } from './regions';
import { drawingOf } from './shapes';
import { Shapes } from './Shapes';
import { Tiles } from './Tiles';
import './map.css';

export default function MapPage() {
  const { t } = useTranslation('map');
  const map = useQuery({ queryKey: keys.map, queryFn: ({ signal }) => get<MapAnswer>('/map', undefined, signal) });
  return (
    <div className="wrap desk-page map-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('title')}>{t('title')}</PageHeading>
          <p className="lead">{t('lead')}</p>
        </div>
      </div>
      <Loaded of={map} waiting={<SkeletonRows rows={6} />}>
        {(data) => (data.regions.length === 0 ? <Empty title={t('none')} why={t('noneWhy')} /> : <Atlas map={data} />)}
      </Loaded>
    </div>
  );
}

function Atlas({ map }: { readonly map: MapAnswer }) {
  const { t } = useTranslation('map');
  const say = useSay();
  const [, go] = useLocation();
  const own = useSession().data?.installation.region ?? '';
  const state = parseMap(useSearch());
  const set = (next: MapState) => go(withSearch('/map', mapAddress(next)), { replace: true });
  const chosen = map.regions.find((region) => region.code === (state.region || own)) ?? map.regions[0];
  const choose = (region: Region) => set({ ...state, region: region.code });
  return (
    <>
      <div className="map-bar">
        <div className="chips" role="group" aria-label={t('measure')}>
          {MEASURES.map((measure) => (
            <button key={measure} type="button" className="chip" aria-pressed={state.measure === measure} onClick={() => set({ ...state, measure })}>
              {t(`measures.${measure}`)}
            </button>
          ))}
        </div>
        <div className="chips" role="group" aria-label={t('view')}>
          {(['map', 'table'] as const).map((view) => (
            <button key={view} type="button" className="chip" aria-pressed={state.view === view} onClick={() => set({ ...state, view })}>
              {t(`views.${view}`)}
            </button>
          ))}
        </div>
      </div>
      <div className="map-cols">
        <div className="stack">
          {grids(map.regions).map((grid) => {
            const parent = map.regions.find((region) => region.code === grid.parent);
            const title = say(parent?.name) || t('province');
            const drawing = state.view === 'map' && map.shapes ? drawingOf(map.shapes, new Set(grid.regions.map((region) => region.code)), 640) : null;
            return (
              <section key={grid.parent} className="panel" aria-labelledby={`grid-${grid.parent}`}>
                <div className="panel-h">
                  <h2 id={`grid-${grid.parent}`}>{title}</h2>
                  <span className="muted small">
                    {t(`measures.${state.measure}`)}
                    {parent ? ` ${number(parent.counts[state.measure])}` : ''}
                  </span>
                </div>
                {state.view === 'table' ? (
                  <RegionTable regions={grid.regions} chosen={chosen} onChoose={choose} label={`grid-${grid.parent}`} />
                ) : drawing ? (
                  <Shapes drawing={drawing} regions={grid.regions} measure={state.measure} chosen={chosen} onChoose={choose} />
                ) : (
                  <Tiles regions={grid.regions} measure={state.measure} chosen={chosen} onChoose={choose} />
                )}
                {state.view === 'map' ? <p className="map-note muted tiny">{drawing ? t('official') : t('schematic')}</p> : null}
              </section>
            );
          })}
        </div>
        {chosen ? <RegionPanel region={chosen} map={map} /> : null}
      </div>
    </>
  );
}

interface TableProps {
  readonly regions: readonly Region[];
  readonly chosen: Region | undefined;
  readonly label: string;
  readonly onChoose: (region: Region) => void;
}

function RegionTable({ regions, chosen, label, onChoose }: TableProps) {
  const { t } = useTranslation('map');
  const say = useSay();
  return (
    <table className="tb" aria-labelledby={label}>
      <thead>
        <tr>
          <th scope="col">{t('region')}</th>
          {MEASURES.map((measure) => (
            <th scope="col" className="r" key={measure}>
              {t(`measures.${measure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...regions]
          .sort((a, b) => a.code.localeCompare(b.code))
          .map((region) => (
            <tr key={region.code}>
              <td>
                <button type="button" className="link" aria-pressed={region === chosen} onClick={() => onChoose(region)}>
                  {say(region.name)}
                </button>
              </td>
              {MEASURES.map((measure) => (
                <td className="r" key={measure}>
                  {number(region.counts[measure])}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
