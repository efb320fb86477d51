/**
 * Values in words, by the model: codes by their lists, money as people say it, dates, yes and no.
 * `useWords('enterprise', ['region', 'industry'])` loads the lists those fields need and returns the formatter.
 */
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { useModel } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { CodeList, FieldModel, RecordModel, Titles, Value, Words } from '@/api/types';
import { dayOf, logTime } from '@/lib/dates';
import { money } from '@/lib/money';
import { number, percent, withUnit } from '@/lib/numbers';
import { say, unitIn, type Lang } from '@/lib/text';
import { useLang } from '@/kit/language';

export type CodeNames = ReadonlyMap<string, ReadonlyMap<string, Words>>;

interface Small {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
}

/** A bilingual object among the values, or null. */
export function bilingual(value: Value | undefined): { readonly zh: string; readonly en: string } | null {
  if (typeof value !== 'object' || value === null || !('zh' in value)) return null;
  const zh = value['zh'];
  const en = value['en'];
  return typeof zh === 'string' ? { zh, en: typeof en === 'string' ? en : zh } : null;
}

/** Text in the reader's language, whether the value is plain or bilingual; '' when there is none. */
export function textOf(value: Value | undefined, lang: Lang): string {
  if (typeof value === 'string') return value;
  return say(bilingual(value), lang);
}

function figure(field: FieldModel, value: number, lang: Lang): string {
  if (field.type === 'money') return money(value, lang);
  if (field.type === 'percent') return percent(value);
  if (field.type === 'area') return withUnit(number(value, 2, true), lang === 'zh' ? '平方米' : 'm²');
  return withUnit(number(value, 2, true), unitIn(field.unit, lang));
}

export function valueInWords(field: FieldModel, value: Value | undefined, lang: Lang, names: CodeNames, words: Small): string {
  if (value === null || value === undefined || value === '') return words.unknown;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return figure(field, value, lang);
  const list = field.list === null ? undefined : names.get(field.list);
  const code = (one: string) => say(list?.get(one), lang) || one;
  if (Array.isArray(value)) return value.map((one) => code(String(one))).join(lang === 'zh' ? '、' : ', ');
  if (typeof value === 'string') {
    if (field.type === 'date') return dayOf(value);
    if (field.type === 'instant') return logTime(value);
    return code(value);
  }
  return say(bilingual(value), lang) || JSON.stringify(value);
}

/** Names of the codes of these lists, as they arrive. */
export function useCodeNames(lists: readonly string[]): CodeNames {
  return useQueries({
    queries: lists.map((name) => ({
      queryKey: keys.list(name),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => get<CodeList>(`/lists/${name}`, undefined, signal),
      staleTime: Infinity,
    })),
    combine: (results) =>
      new Map(results.flatMap((result) => (result.data ? [[result.data.name, new Map(result.data.codes.map((one) => [one.code, one.label] as const))] as const] : []))),
  });
}

export function fieldOf(model: RecordModel | undefined, name: string): FieldModel | undefined {
  return model?.fields.find((field) => field.name === name);
}

export interface ValueWords {
  readonly model: RecordModel | undefined;
  readonly label: (field: string) => string;
  /** `titles` name the records that refs point to. */
  readonly value: (field: string, value: Value | undefined, titles?: Titles) => string;
}

export function useWords(record: string, only?: readonly string[]): ValueWords {
  const { t } = useTranslation();
  const lang = useLang();
  const model = useModel().data?.records.find((one) => one.name === record);
  const wanted = model?.fields.filter((field) => field.list !== null && (only === undefined || only.includes(field.name))) ?? [];
  const names = useCodeNames([...new Set(wanted.map((field) => field.list ?? ''))]);
  const words: Small = { yes: t('yes'), no: t('no'), unknown: t('notKnown') };
  return {
    model,
    label: (name) => say(fieldOf(model, name)?.label, lang) || name,
    value: (name, value, titles) => {
      const field = fieldOf(model, name);
      if (field?.type === 'ref' && typeof value === 'string') return titles?.[value] ?? value;
      return field ? valueInWords(field, value, lang, names, words) : typeof value === 'string' ? value : '';
    },
  };
}
