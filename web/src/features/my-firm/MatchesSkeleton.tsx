/** The overview while it is on its way, in its own layout. */
import { Bone, Waiting } from '@/kit/Skeleton';

const TILES = [0, 1, 2, 3] as const;

export function MatchesSkeleton() {
  return (
    <div className="wrap matches">
      <Waiting>
        <div className="head sk-head">
          <Bone width="46%" height="2.375rem" />
          <Bone width="64%" height="1rem" />
        </div>
        <div className="cols">
          <div>
            <div className="ask sk-stack">
              <Bone width="34%" />
              <Bone width="82%" height="1.875rem" />
              <Bone width="58%" height="2.75rem" />
              <Bone width="50%" />
            </div>
            <div className="panel groups">
              {TILES.map((tile) => (
                <div key={tile} className="sk-tile sk-stack">
                  <Bone width="70%" />
                  <Bone width="46%" height="1.75rem" />
                  <Bone width="62%" />
                </div>
              ))}
            </div>
            <div className="grp sk-stack">
              <Bone width="30%" height="1.875rem" />
              <Bone width="100%" height="2px" />
              <Bone width="56%" height="1.25rem" />
              <Bone width="38%" />
              <Bone width="100%" height="8rem" />
            </div>
          </div>
          <div className="panel sk-tile sk-stack">
            <Bone width="48%" height="1.25rem" />
            <Bone width="92%" />
            <Bone width="84%" />
            <Bone width="88%" />
            <Bone width="76%" />
          </div>
        </div>
      </Waiting>
    </div>
  );
}
