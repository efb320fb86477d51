/** One code of a list: a plain select when the list is short and flat, a searchable tree otherwise. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeList } from '@/api/hooks';
import type { Code } from '@/api/types';
import { say, type Lang } from '@/lib/text';
import { Combobox, type Option } from '@/kit/Combobox';
import { useLang } from '@/kit/language';
import { treeOrder } from './codes';

const SHORT = 14;

export function optionsOf(codes: readonly Code[], lang: Lang): readonly Option[] {
  const names = new Map(codes.map((one) => [one.code, say(one.label, lang)]));
  return treeOrder(codes).map(({ code, depth }) => ({
    value: code.code,
    label: names.get(code.code) ?? code.code,
    depth,
    ...(code.parent === null ? {} : { note: names.get(code.parent) ?? '' }),
  }));
}

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly list: string | null;
  readonly value: string;
  readonly onChoose: (code: string) => void;
  /** Words of no choice. */
  readonly none?: string;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  /** Codes not offered, such as those already taken. */
  readonly without?: readonly string[];
}

const NONE: readonly string[] = [];

export function CodeSelect({ id, label, list, value, onChoose, none, invalid = false, describedBy, without = NONE }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const codes = useCodeList(list).data?.codes;
  const options = useMemo(() => optionsOf(codes ?? [], lang), [codes, lang]);
  const offered = without.length === 0 ? options : options.filter((one) => !without.includes(one.value));
  const empty = none ?? t('choose');
  if (options.length > SHORT || options.some((one) => (one.depth ?? 0) > 0)) {
    return (
      <Combobox
        {...(id === undefined ? {} : { id })}
        {...(label === undefined ? {} : { label })}
        value={value}
        shown={options.find((one) => one.value === value)?.label ?? value}
        options={offered}
        onChoose={onChoose}
        placeholder={empty}
        invalid={invalid}
        describedBy={describedBy}
      />
    );
  }
  return (
    <select id={id} aria-label={label} className="input" value={value} onChange={(event) => onChoose(event.target.value)} aria-invalid={invalid || undefined} aria-describedby={describedBy}>
      <option value="">{empty}</option>
      {offered.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
      {value !== '' && !offered.some((one) => one.value === value) ? <option value={value}>{value}</option> : null}
    </select>
  );
}
