/** Edits of a condition's tree by path; a path is the positions from the root, `where` of child records counting as 0. */
import type { Children, Condition, FactWord, Op, Operand, Row } from '@/api/authoring';

export type Path = readonly number[];
export type GroupKind = 'all' | 'any' | 'none' | 'at_least';

export function isRow(node: Condition): node is Row {
  return 'fact' in node;
}
export function isChildren(node: Condition): node is Children {
  return 'children' in node;
}
export function isFreeText(node: Condition): node is { readonly text: string } {
  return 'text' in node;
}

export function kindOf(node: Condition): GroupKind | null {
  if ('all' in node) return 'all';
  if ('any' in node) return 'any';
  if ('none' in node) return 'none';
  return 'at_least' in node ? 'at_least' : null;
}

export function partsOf(node: Condition): readonly Condition[] {
  if ('all' in node) return node.all;
  if ('any' in node) return node.any;
  if ('none' in node) return node.none;
  if ('at_least' in node) return node.of;
  return isChildren(node) ? [node.where] : [];
}

export function group(kind: GroupKind, parts: readonly Condition[], least = 2): Condition {
  if (kind === 'all') return { all: parts };
  if (kind === 'any') return { any: parts };
  if (kind === 'none') return { none: parts };
  return { at_least: Math.max(1, least), of: parts };
}

function withParts(node: Condition, parts: readonly Condition[]): Condition {
  if (isChildren(node)) return { ...node, where: parts[0] ?? { all: [] } };
  const kind = kindOf(node);
  return kind === null ? node : group(kind, parts, 'at_least' in node ? node.at_least : 2);
}

/** As a group, so that conditions can be put beside: a lone row stands in "all". */
export function asGroup(node: Condition | null): Condition {
  if (node === null) return { all: [] };
  return kindOf(node) === null ? { all: [node] } : node;
}

export function at(root: Condition, path: Path): Condition | undefined {
  return path.reduce<Condition | undefined>((node, step) => (node ? partsOf(node)[step] : undefined), root);
}

/** `next` null removes the part. */
export function change(root: Condition, path: Path, next: (node: Condition) => Condition | null): Condition {
  const [step, ...rest] = path;
  if (step === undefined) return next(root) ?? { all: [] };
  const parts = partsOf(root).flatMap((part, place) => {
    if (place !== step) return [part];
    if (rest.length > 0) return [change(part, rest, next)];
    const made = next(part);
    return made === null ? [] : [made];
  });
  return withParts(root, parts);
}

export function append(root: Condition, path: Path, part: Condition): Condition {
  return change(root, path, (node) => withParts(node, [...partsOf(node), part]));
}

export function move(root: Condition, path: Path, by: -1 | 1): Condition {
  const from = path.at(-1);
  if (from === undefined) return root;
  return change(root, path.slice(0, -1), (node) => {
    const parts = [...partsOf(node)];
    const to = from + by;
    const [mine, other] = [parts[from], parts[to]];
    if (mine === undefined || other === undefined) return node;
    parts[from] = other;
    parts[to] = mine;
    return withParts(node, parts);
  });
}

export function regroup(root: Condition, path: Path, kind: GroupKind, least = 2): Condition {
  return change(root, path, (node) => (kindOf(node) === null ? node : group(kind, partsOf(node), least)));
}

export const COMPARES: readonly Op[] = ['==', '!=', '>=', '>', '<=', '<'];
const MANY: readonly Op[] = ['in', 'not_in', 'within', 'not_within', 'has_any', 'has_all', 'has_none'];
const BARE: readonly Op[] = ['is', 'is_not', 'known', 'unknown'];

export function takesMany(op: Op): boolean {
  return MANY.includes(op);
}
export function takesNothing(op: Op): boolean {
  return BARE.includes(op);
}

/** The operator a fresh row of this fact starts with. */
export function firstOp(fact: Pick<FactWord, 'type' | 'ops'>): Op {
  if (fact.type === 'number' && fact.ops.includes('>=')) return '>=';
  return fact.ops[0] ?? '==';
}

/** An empty right side that fits; what was typed is kept where it still fits. */
export function operandFor(type: FactWord['type'], op: Op, unit: string, before: Operand | undefined): Operand | undefined {
  if (takesNothing(op)) return undefined;
  if (before && 'expression' in before && (type === 'number' || type === 'date')) return before;
  if (type === 'number') return before && 'amount' in before ? before : { amount: '', unit };
  if (type === 'date') return before && 'date' in before ? before : { date: '' };
  if (type === 'text') return before && 'text' in before ? before : { text: '' };
  if (type === 'bool') return before && 'bool' in before ? before : { bool: true };
  const codes = before && 'codes' in before ? before.codes : [];
  return { codes: takesMany(op) ? codes : codes.slice(0, 1) };
}

export function rowOf(fact: FactWord, name: string, before?: Row): Row {
  const op = before && fact.ops.includes(before.op) ? before.op : firstOp(fact);
  const value = operandFor(fact.type, op, fact.units[0]?.code ?? '', before?.list === undefined || before.list === fact.list ? before?.value : undefined);
  return { fact: name, op, ...(fact.yearly ? { year: before?.year ?? 0 } : {}), ...(value ? { value } : {}) };
}

export function withOp(row: Row, op: Op, type: FactWord['type'], unit: string): Row {
  const { value: before, ...rest } = row;
  const value = operandFor(type, op, unit, before);
  return { ...rest, op, ...(value ? { value } : {}) };
}

export function withYear(row: Row, year: number): Row {
  return { ...row, year };
}

/** Every row of a tree with the variables of the child records around it. */
export function rowsOf(node: Condition): readonly Row[] {
  if (isRow(node)) return [node];
  return partsOf(node).flatMap(rowsOf);
}
