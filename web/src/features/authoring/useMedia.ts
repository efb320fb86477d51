/** Whether the window is this narrow: parts change their place, not only their size. */
import { useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listen) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listen);
      return () => media.removeEventListener('change', listen);
    },
    () => window.matchMedia(query).matches,
  );
}

/** The effect panel is a bar at the foot of the window below this width. */
export const BAR = '(max-width: 1100px)';
/** Clause list and clause are one after the other below this width. */
export const ONE = '(max-width: 800px)';
