/** A text with its findings: which stretches are underlined, and how badly. Offsets are UTF-16, as strings here count. */
import type { Finding } from '@/api/authoring';

export interface Stretch {
  readonly text: string;
  readonly severity: Finding['severity'] | null;
}

const RANK = { note: 1, warning: 2, error: 3 } as const;

/** A finding whose end is its start marks the character there (or the last one); one without offsets marks nothing. */
export function stretches(text: string, findings: readonly Finding[]): readonly Stretch[] {
  const marks = new Array<Finding['severity'] | null>(text.length).fill(null);
  for (const { start, end, severity } of findings) {
    if (start === null || end === null || text.length === 0) continue;
    const from = Math.min(start, text.length - 1);
    const to = Math.min(Math.max(end, from + 1), text.length);
    for (let place = from; place < to; place += 1) {
      const before = marks[place];
      if (!before || RANK[before] < RANK[severity]) marks[place] = severity;
    }
  }
  const found: Stretch[] = [];
  let from = 0;
  for (let place = 1; place <= text.length; place += 1) {
    if (place < text.length && marks[place] === marks[from]) continue;
    found.push({ text: text.slice(from, place), severity: marks[from] ?? null });
    from = place;
  }
  return found;
}
