/** How far a near miss is: what there is (solid), what is missing (hatched), what is needed (tick at four fifths). */
import type { ReactNode } from 'react';

interface Props {
  readonly have: number;
  readonly need: number;
  readonly haveLabel: string;
  readonly needLabel: string;
  /** The sentence the bar draws, for who cannot see it. */
  readonly spoken: string;
  readonly children?: ReactNode;
}

export interface DistanceShape {
  readonly solid: number;
  readonly gapFrom: number;
  readonly gapTo: number;
  readonly tick: number;
}

/** Percentages of the track. Above the need ("at most") the tick moves left so that the excess fits. */
export function distanceShape(have: number, need: number): DistanceShape {
  const from = Math.max(0, Math.min(have, need));
  const to = Math.max(have, need, 0);
  const scale = to <= 0 ? 0 : 80 / to;
  const at = (value: number) => Math.round(Math.max(0, value) * scale * 10) / 10;
  return { solid: at(from), gapFrom: at(from), gapTo: at(to), tick: at(need) };
}

export function Distance({ have, need, haveLabel, needLabel, spoken }: Props) {
  const shape = distanceShape(have, need);
  const mine = have > need ? shape.gapTo : shape.solid;
  return (
    <div className="track-box">
      <div className="track" role="img" aria-label={spoken}>
        <i className="has" style={{ width: `${shape.solid}%` }} />
        <i className="gap" style={{ left: `${shape.gapFrom}%`, width: `${shape.gapTo - shape.gapFrom}%` }} />
        <i className="need" style={{ left: `${shape.tick}%` }} />
      </div>
      <div className="track-labels" aria-hidden="true">
        <span className={mine < 30 || have > need ? 'have start' : 'have'} style={mine < 30 || have > need ? { marginLeft: have > need ? `${Math.min(mine, 60)}%` : 0 } : { width: `${mine}%` }}>
          {haveLabel}
        </span>
        <span className="nd" style={{ left: `${shape.tick}%` }}>
          {needLabel}
        </span>
      </div>
    </div>
  );
}
