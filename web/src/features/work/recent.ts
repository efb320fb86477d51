/** The records last opened in this window; forgotten when it is closed, since office computers are shared. */
const STORED = 'liangu.recent';
const MOST = 8;

export interface Recent {
  readonly record: string;
  readonly id: string;
  readonly title: string;
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  return ['record', 'id', 'title'].every((key) => typeof Reflect.get(value, key) === 'string');
}

export function readRecent(): readonly Recent[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRecent) : [];
  } catch {
    return [];
  }
}

/** The newest first, each once. */
export function withRecent(list: readonly Recent[], one: Recent): readonly Recent[] {
  return [one, ...list.filter((other) => other.id !== one.id)].slice(0, MOST);
}

export function remember(one: Recent): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(withRecent(readRecent(), one)));
  } catch {
    // Without storage there is no list of recent records, and nothing else is lost.
  }
}
