/** What a journal entry's changes amount to: a creation or a change, and whether they are folded to one line. */
import type { HistoryPage, RecordModel, Text } from '@/api/types';

export type Change = HistoryPage['items'][number]['changes'][number];

/** Changes shown as they are; more are folded. */
const SHOWN = 6;
/** Last words of the commands that make something. */
const MAKING: readonly string[] = ['create', 'import', 'fill', 'personas', 'accounts', 'set_up'];

export interface Told {
  readonly created: boolean;
  readonly folded: boolean;
  /** Of a creation, what was filled in; nothing was there before. */
  readonly changes: readonly Change[];
}

export function told(command: string, changes: readonly Change[]): Told {
  const created = MAKING.includes(verbOf(command)) && changes.length > 0 && changes.every((change) => change.from === null);
  const filled = created ? changes.filter((change) => change.to !== null) : changes;
  return { created, folded: filled.length > SHOWN || (created && filled.length > 0), changes: filled };
}

/** What the flow of its record type calls a command; undefined of what is none. */
export function flowWord(records: readonly RecordModel[], command: string): Text | undefined {
  const [record, name] = command.split('.');
  return records.find((one) => one.name === record)?.flow?.commands.find((one) => one.name === name)?.label;
}

/** `update` of `enterprise.update`. */
export function verbOf(command: string): string {
  return command.split('.').at(-1) ?? '';
}

/** `2025.revenue` is the revenue of 2025. */
export function splitYear(field: string): readonly [string, string] {
  const found = /^(\d{4})\.(.+)$/.exec(field);
  return [found?.[2] ?? field, found?.[1] ?? ''];
}
