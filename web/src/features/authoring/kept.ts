/** What was typed and not saved, kept in this window by policy and version: a reload or an ended session does not lose it. */
import type { Condition, Content } from '@/api/authoring';

export interface Kept {
  /** The revision it was typed on. */
  readonly revision: number;
  readonly doc: Content;
  readonly trees: Readonly<Record<string, Condition>>;
}

const place = (policy: string, number: number) => `liangu.authoring ${policy} ${number}`;

export function readKept(policy: string, number: number): Kept | null {
  try {
    const stored: Kept | null = JSON.parse(sessionStorage.getItem(place(policy, number)) ?? 'null');
    const sound = stored !== null && typeof stored.revision === 'number' && Array.isArray(stored.doc.clauses) && typeof stored.trees === 'object';
    return sound ? stored : null;
  } catch {
    return null;
  }
}

export function keep(policy: string, number: number, kept: Kept | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(place(policy, number));
    else sessionStorage.setItem(place(policy, number), JSON.stringify(kept));
  } catch {
    // Without storage the guard's question is what remains.
  }
}
