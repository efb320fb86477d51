/** Codes of a tree in reading order, each under its parent. */
import type { Code } from '@/api/types';

export interface Placed {
  readonly code: Code;
  readonly depth: number;
}

/** A code whose parent is not in the list stands at the top; a cycle's codes are left out. */
export function treeOrder(codes: readonly Code[]): readonly Placed[] {
  const known = new Set(codes.map((code) => code.code));
  const under = new Map<string, Code[]>();
  for (const code of codes) {
    const parent = code.parent !== null && known.has(code.parent) ? code.parent : '';
    under.set(parent, [...(under.get(parent) ?? []), code]);
  }
  const walk = (parent: string, depth: number): readonly Placed[] =>
    (under.get(parent) ?? []).flatMap((code) => [{ code, depth }, ...walk(code.code, depth + 1)]);
  return walk('', 0);
}
