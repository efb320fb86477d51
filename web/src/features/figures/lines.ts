/** A figure as the lines of a CSV file: what it is, how it splits, its past, its records so far loaded. */
import type { FigureOpened, Item, Words } from '@/api/types';
import type { Cell } from '@/lib/csv';

export interface LineWords {
  readonly value: string;
  readonly definition: string;
  readonly asOf: string;
  readonly split: string;
  readonly history: string;
  readonly rows: string;
}

export function linesOf(figure: FigureOpened, items: readonly Item[], words: LineWords, say: (text: Words) => string): ReadonlyArray<readonly Cell[]> {
  const part = (title: string, lines: ReadonlyArray<readonly Cell[]>): ReadonlyArray<readonly Cell[]> => (lines.length === 0 ? [] : [[], [title], ...lines]);
  return [
    [say(figure.label), figure.value, say(figure.unit)],
    [words.definition, say(figure.definition), figure.expression],
    [words.asOf, figure.as_of],
    ...part(words.split, figure.split.map((one) => [say(one.label), one.value])),
    ...part(words.history, figure.history.map((one) => [one.at, one.value])),
    ...part(words.rows, items.map((item) => [say(item.title), item.id])),
  ];
}
