/** Whether the window is a phone's: lists are cards there, not tables. */
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 640px)';

function subscribe(listen: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', listen);
  return () => media.removeEventListener('change', listen);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}
