/** One request key for each thing shown, so that a second press, however quick, is the same request. */
import { useRef } from 'react';
import { intent } from '@/api/client';

interface Keyed {
  readonly shown: string;
  readonly key: string;
}

export function useKey(shown: string): string {
  const kept = useRef<Keyed | null>(null);
  if (kept.current?.shown !== shown) kept.current = { shown, key: intent() };
  return kept.current.key;
}
