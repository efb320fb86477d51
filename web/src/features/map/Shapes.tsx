/** Regions as their official shapes, when an administrator has imported them. */
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/numbers';
import { useSay } from '@/kit/language';
import { shadeOf } from './regions';
import type { Drawing } from './shapes';
import type { DrawnProps } from './Tiles';

export function Shapes({ drawing, regions, measure, chosen, onChoose }: DrawnProps & { readonly drawing: Drawing }) {
  const { t } = useTranslation('map');
  const say = useSay();
  const values = regions.map((region) => region.counts[measure]);
  return (
    <svg className="shapes" viewBox={`-4 -4 ${drawing.width + 8} ${drawing.height + 8}`} role="group" aria-label={t(`measures.${measure}`)}>
      {drawing.shapes.flatMap((shape) => {
        const region = regions.find((one) => one.code === shape.code);
        if (!region) return [];
        const press = (event: KeyboardEvent) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onChoose(region);
        };
        return [
          <g
            key={shape.code} role="button" tabIndex={0} className={`shape shade-${shadeOf(region.counts[measure], values)}`} aria-pressed={region === chosen}
            onClick={() => onChoose(region)} onKeyDown={press}
          >
            <path d={shape.path} fillRule="evenodd" />
            <text x={shape.at[0]} y={shape.at[1]} dy="-.2em">
              {`${say(region.name)} `}
            </text>
            <text className="value" x={shape.at[0]} y={shape.at[1]} dy="1em">
              {number(region.counts[measure])}
            </text>
          </g>,
        ];
      })}
    </svg>
  );
}
