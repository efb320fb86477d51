/** What changed, from what to what, in words by the model; a yearly field is `2025.revenue`. Long lists open on demand. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryPage, Titles, Value } from '@/api/types';
import { number } from '@/lib/numbers';
import { useWords, type ValueWords } from './values';

export type Change = HistoryPage['items'][number]['changes'][number];

export function splitYear(field: string): readonly [string, string] {
  const found = /^(\d{4})\.(.+)$/.exec(field);
  return [found?.[2] ?? field, found?.[1] ?? ''];
}

interface Props {
  readonly record: string;
  readonly changes: readonly Change[];
  readonly titles?: Titles | undefined;
}

const SHOWN = 5;

export function Changes({ record, changes, titles }: Props) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all || changes.length <= SHOWN + 1 ? changes : changes.slice(0, SHOWN);
  const names = [...new Set(shown.map((change) => splitYear(change.field)[0]))];
  const words = useWords(record, names);
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {shown.map((change) => {
        const [field, year] = splitYear(change.field);
        const said = (value: Value) => (value === null ? t('nothing') : inWords(words, field, value, titles));
        return (
          <li key={change.field}>
            <span className="muted">
              {year === '' ? '' : `${year} `}
              {words.label(field)}
            </span>{' '}
            <del>{said(change.from)}</del> <span aria-hidden="true">→</span> <ins>{said(change.to)}</ins>
          </li>
        );
      })}
      {shown.length === changes.length ? null : (
        <li>
          <button type="button" className="link small" onClick={() => setAll(true)}>
            {t('more', { left: number(changes.length - shown.length) })}
          </button>
        </li>
      )}
    </ul>
  );
}

function inWords(words: ValueWords, field: string, value: Value, titles: Titles | undefined): string {
  const known = words.model?.fields.some((one) => one.name === field) ?? false;
  if (known) return words.value(field, value, titles);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
