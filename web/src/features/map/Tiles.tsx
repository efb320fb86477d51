/** Regions as squares on a schematic grid: neighbours lie beside each other, no borders are claimed. Arrows move between them. */
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/numbers';
import { useSay } from '@/kit/language';
import { neighbour, shadeOf, type Measure, type Region } from './regions';

export interface DrawnProps {
  readonly regions: readonly Region[];
  readonly measure: Measure;
  readonly chosen: Region | undefined;
  readonly onChoose: (region: Region) => void;
}

export function Tiles({ regions, measure, chosen, onChoose }: DrawnProps) {
  const { t } = useTranslation('map');
  const say = useSay();
  const box = useRef<HTMLUListElement>(null);
  const values = regions.map((region) => region.counts[measure]);
  const wide = Math.max(...regions.map((region) => (region.tile?.x ?? 0) + 1));
  const move = (event: KeyboardEvent, from: Region) => {
    const to = neighbour(regions, from, event.key);
    if (!to) return;
    event.preventDefault();
    box.current?.querySelector<HTMLElement>(`[data-code="${to.code}"]`)?.focus();
  };
  return (
    <ul className="tiles" style={{ gridTemplateColumns: `repeat(${wide}, minmax(0, 1fr))` }} ref={box}>
      {regions.map((region) => (
        <li key={region.code} style={{ gridColumn: (region.tile?.x ?? 0) + 1, gridRow: (region.tile?.y ?? 0) + 1 }}>
          <button
            type="button"
            className={`tile shade-${shadeOf(region.counts[measure], values)}`}
            data-code={region.code}
            aria-pressed={region === chosen}
            onClick={() => onChoose(region)}
            onKeyDown={(event) => move(event, region)}
          >
            <span>{say(region.name)}</span>
            <span className="sr">{t(`measures.${measure}`)}</span>
            <b>{number(region.counts[measure])}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
