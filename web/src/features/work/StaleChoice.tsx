/** Somebody else saved while this form was open: theirs beside mine, chosen field by field; then it is saved again. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordModel, Titles } from '@/api/types';
import { useWords } from '@/blocks/values';
import { splitKey, toWire, type FormState, type Typed } from './form';
import { withChoices, type Merge } from './stale';

interface Props {
  readonly model: RecordModel;
  readonly merge: Merge;
  readonly titles: Titles;
  readonly onState: (state: FormState) => void;
}

export function StaleChoice({ model, merge, titles, onState }: Props) {
  const { t } = useTranslation('work');
  const words = useWords(model.name);
  const box = useRef<HTMLElement>(null);
  const [choices, setChoices] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  useEffect(() => box.current?.focus(), []);
  const label = (key: string): string => {
    const { field, year } = splitKey(key);
    return year === '' ? words.label(field) : `${year} ${words.label(field)}`;
  };
  const shown = (key: string, typed: Typed): string => {
    const { field: name } = splitKey(key);
    const field = model.fields.find((one) => one.name === name);
    if (!field) return '';
    const wire = toWire({ ...field, required: false }, typed);
    return 'value' in wire ? words.value(name, wire.value, titles) : String(typed);
  };
  const choose = (key: string, whose: 'mine' | 'theirs') => {
    const next = { ...choices, [key]: whose };
    setChoices(next);
    onState(withChoices(merge, next));
  };
  return (
    <section className="panel stale" aria-labelledby="stale" tabIndex={-1} ref={box}>
      <h2 id="stale">{t('stale.title')}</h2>
      <p className="soft">{merge.conflicts.length === 0 ? t('stale.merged') : t('stale.choose', { count: merge.conflicts.length })}</p>
      {merge.conflicts.map((conflict) => (
        <fieldset key={conflict.key} className="stale-field">
          <legend>{label(conflict.key)}</legend>
          {(['mine', 'theirs'] as const).map((whose) => (
            <label key={whose}>
              <input type="radio" name={`stale-${conflict.key}`} checked={(choices[conflict.key] ?? 'mine') === whose} onChange={() => choose(conflict.key, whose)} />
              <span className="muted">{t(`stale.${whose}`)}</span>
              <span>{shown(conflict.key, conflict[whose])}</span>
            </label>
          ))}
        </fieldset>
      ))}
      {merge.taken.length === 0 ? null : (
        <ul className="small soft">
          {merge.taken.map((key) => (
            <li key={key}>{t('stale.taken', { label: label(key), value: shown(key, typedOf(merge, key)) })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function typedOf(merge: Merge, key: string): Typed {
  const { field, year } = splitKey(key);
  return (year === '' ? merge.base.values[field] : merge.base.years[year]?.[field]) ?? '';
}
