/** The reader's display: light, dark or the system's; large type. Kept in this browser, mirrored on <html>. */
import { useSyncExternalStore } from 'react';

export interface Display {
  readonly theme: 'light' | 'dark';
  readonly large: boolean;
}

const STORED = 'liangu.display';
const listeners = new Set<() => void>();

function system(): 'light' | 'dark' {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function read(): Display {
  let stored = '';
  try {
    stored = localStorage.getItem(STORED) ?? '';
  } catch {
    stored = '';
  }
  const theme = stored.includes('dark') ? 'dark' : stored.includes('light') ? 'light' : system();
  return { theme, large: stored.includes('large') };
}

let current: Display = { theme: 'light', large: false };

function mirror(): void {
  const root = document.documentElement;
  if (current.theme === 'dark') root.dataset['theme'] = 'dark';
  else delete root.dataset['theme'];
  if (current.large) root.dataset['type'] = 'large';
  else delete root.dataset['type'];
}

/** Before the first paint. */
export function startDisplay(): void {
  current = read();
  mirror();
}

export function setDisplay(change: Partial<Display>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORED, `${current.theme}${current.large ? ' large' : ''}`);
  } catch {
    // Kept until the page is closed.
  }
  mirror();
  listeners.forEach((listen) => listen());
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, () => current);
}
