/** Which part of a list is shown: chips whose choice stands in the address as `show`; without it, the first. */
import { useLocation, useSearch } from 'wouter';
import { withSearch } from '@/lib/search';

export function useShown<N extends string>(names: readonly [N, ...N[]]): N {
  const search = new URLSearchParams(useSearch()).get('show');
  return names.find((one) => one === search) ?? names[0];
}

interface Props<N extends string> {
  readonly path: string;
  readonly names: readonly [N, ...N[]];
  /** What the group of chips is for. */
  readonly label: string;
  readonly say: (name: N) => string;
  readonly className?: string;
}

export function ShowChips<N extends string>({ path, names, label, say, className = '' }: Props<N>) {
  const [, go] = useLocation();
  const shown = useShown(names);
  return (
    <div className={`chips ${className}`.trim()} role="group" aria-label={label}>
      {names.map((one) => (
        <button key={one} type="button" className="chip" aria-pressed={shown === one} onClick={() => go(withSearch(path, { show: one === names[0] ? '' : one }), { replace: true })}>
          {say(one)}
        </button>
      ))}
    </div>
  );
}
