/**
 * What changed, from what to what, in words by the model; a yearly field is `2025.revenue`. A creation, and an entry of
 * many changes, is one line that opens.
 */
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Titles, Value } from '@/api/types';
import { Icon } from '@/kit/Icon';
import { splitYear, type Told } from './told';
import { useWords, type ValueWords } from './values';

/** Words for what is no record of the model; an empty string leaves it to the model. */
export interface OwnWords {
  readonly label: (field: string) => string;
  readonly value: (field: string, value: Value, was: boolean) => string;
}

interface Props {
  readonly record: string;
  readonly told: Told;
  readonly titles?: Titles | undefined;
  readonly own?: OwnWords | undefined;
  /** Who did what, on the line of the fold. */
  readonly lead?: ReactNode;
}

export function Changes({ record, told, titles, own, lead }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const list = <List id={id} record={record} told={told} titles={titles} own={own} />;
  if (!told.folded) {
    return (
      <>
        {lead ? <p>{lead}</p> : null}
        {told.changes.length === 0 ? null : list}
      </>
    );
  }
  const count = told.changes.length;
  return (
    <>
      <p className="fold">
        {lead}{' '}
        <button type="button" className="fold-btn" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
          {told.created ? t('fold.created', { count }) : t('fold.changed', { count })}
          <Icon name="down" />
        </button>
      </p>
      {open ? list : null}
    </>
  );
}

function List({ id, record, told, titles, own }: Props & { readonly id: string }) {
  const { t } = useTranslation();
  const words = useWords(record, [...new Set(told.changes.map((change) => splitYear(change.field)[0]))]);
  return (
    <ul className="changes" id={id}>
      {told.changes.map((change) => {
        const [field, year] = splitYear(change.field);
        const said = (value: Value, was: boolean) => (value === null ? t('nothing') : own?.value(field, value, was) || inWords(words, field, value, titles));
        return (
          <li key={change.field}>
            <span className="muted">
              {year === '' ? '' : `${year} `}
              {own?.label(field) || words.label(field)}
            </span>{' '}
            {told.created ? null : (
              <>
                <del>{said(change.from, true)}</del> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <ins>{said(change.to, false)}</ins>
          </li>
        );
      })}
    </ul>
  );
}

function inWords(words: ValueWords, field: string, value: Value, titles: Titles | undefined): string {
  const known = words.model?.fields.some((one) => one.name === field) ?? false;
  if (known) return words.value(field, value, titles);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
