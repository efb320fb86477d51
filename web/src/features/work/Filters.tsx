/** The filters a record type declares: counted codes as chips, lists as selects, figures and dates as ranges. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldModel, ItemPage, RecordModel, Titles } from '@/api/types';
import { number } from '@/lib/numbers';
import { unitIn } from '@/lib/text';
import { CodeSelect } from '@/blocks/CodeSelect';
import { RefSelect } from '@/blocks/RefSelect';
import { useWords, type ValueWords } from '@/blocks/values';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useLang } from '@/kit/language';
import { countConditions, rangeFilters, selects, setRange, setWhere, toggle, type ListState, type Range } from './list';
import { typedFigure, wireFigure } from './measures';

interface Props {
  readonly model: RecordModel;
  readonly state: ListState;
  readonly counts: ItemPage['facets'];
  readonly titles: Titles;
  readonly onState: (state: ListState) => void;
}

const CHIPS = 8;

export function Filters({ model, state, counts, titles, onState }: Props) {
  const { t } = useTranslation('work');
  const [open, setOpen] = useState(false);
  const ranges = rangeFilters(model);
  const chosen = selects(model);
  const words = useWords(model.name, [...model.facets, ...model.filters]);
  const on = countConditions(state);
  const ranged = Object.keys(state.ranges).length > 0;
  const id = useId();
  return (
    <section className={open ? 'filters open' : 'filters'} aria-label={t('list.filters')}>
      {model.facets.map((facet) => (
        <Facet key={facet} name={facet} words={words} state={state} counts={counts[facet] ?? []} onState={onState} />
      ))}
      <div className="filter-row">
        {chosen.map((field) => (
          <Choice key={field.name} field={field} label={words.label(field.name)} state={state} titles={titles} onState={onState} />
        ))}
        {ranges.length === 0 ? null : (
          <Button size="sm" look="quiet" aria-expanded={open || ranged} aria-controls={id} onClick={() => setOpen(!open)}>
            {t('list.ranges')}
            <Icon name="down" />
          </Button>
        )}
        {on === 0 ? null : (
          <Button size="sm" look="quiet" onClick={() => onState({ ...state, where: {}, ranges: {} })}>
            <Icon name="close" />
            {t('list.clearFilters', { count: on })}
          </Button>
        )}
      </div>
      <Removable state={state} words={words} model={model} titles={titles} onState={onState} />
      <div className="filter-row" id={id} hidden={!open && !ranged}>
        {ranges.map((field) => (
          <RangeFilter key={field.name} field={field} label={words.label(field.name)} range={state.ranges[field.name] ?? { from: '', to: '' }} onRange={(range) => onState(setRange(state, field.name, range))} />
        ))}
      </div>
    </section>
  );
}

interface FacetProps {
  readonly name: string;
  readonly words: ValueWords;
  readonly state: ListState;
  readonly counts: ReadonlyArray<{ readonly code: string; readonly count: number }>;
  readonly onState: (state: ListState) => void;
}

function spoken(words: ValueWords, field: string, code: string): string {
  const type = words.model?.fields.find((one) => one.name === field)?.type;
  return words.value(field, type === 'bool' ? code === 'true' : code);
}

function Facet({ name, words, state, counts, onState }: FacetProps) {
  const { t } = useTranslation('work');
  const [all, setAll] = useState(false);
  const on = state.where[name] ?? [];
  const listed = [...counts, ...on.filter((code) => !counts.some((one) => one.code === code)).map((code) => ({ code, count: 0 }))];
  if (listed.length === 0) return null;
  const shown = all ? listed : listed.filter((one, at) => at < CHIPS || on.includes(one.code));
  return (
    <div className="facet-row" role="group" aria-label={words.label(name)}>
      <span className="muted small">{words.label(name)}</span>
      {shown.map((one) => (
        <button key={one.code} type="button" className="chip" aria-pressed={on.includes(one.code)} onClick={() => onState(toggle(state, name, one.code))}>
          {spoken(words, name, one.code)} <span>{number(one.count)}</span>
        </button>
      ))}
      {shown.length === listed.length ? null : (
        <button type="button" className="link small" onClick={() => setAll(true)}>
          {t('list.moreCodes', { count: listed.length - shown.length })}
        </button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly field: FieldModel;
  readonly label: string;
  readonly state: ListState;
  readonly titles: Titles;
  readonly onState: (state: ListState) => void;
}

function Choice({ field, label, state, titles, onState }: ChoiceProps) {
  const { t } = useTranslation();
  const none = `${label}`;
  const on = state.where[field.name] ?? [];
  const add = (code: string) => (code === '' ? undefined : onState(setWhere(state, field.name, [...on.filter((one) => one !== code), code])));
  if (field.type === 'bool') {
    return (
      <select className="input filter" aria-label={label} value={on[0] ?? ''} onChange={(event) => onState(setWhere(state, field.name, event.target.value === '' ? [] : [event.target.value]))}>
        <option value="">{none}</option>
        <option value="true">{`${label}: ${t('yes')}`}</option>
        <option value="false">{`${label}: ${t('no')}`}</option>
      </select>
    );
  }
  if (field.type === 'ref' && field.record !== null) {
    const value = on[0] ?? '';
    return (
      <div className="filter">
        <RefSelect label={label} record={field.record} value={value} title={titles[value]} none={none} onChoose={(id) => onState(setWhere(state, field.name, id === '' ? [] : [id]))} />
      </div>
    );
  }
  return (
    <div className="filter">
      <CodeSelect label={label} list={field.list} value="" none={none} onChoose={add} without={on} />
    </div>
  );
}

/** What is chosen, each to be taken away at once. Facets show theirs as pressed chips, single choices in their boxes. */
function Removable({ state, words, model, titles, onState }: { readonly state: ListState; readonly words: ValueWords; readonly model: RecordModel; readonly titles: Titles; readonly onState: (state: ListState) => void }) {
  const { t } = useTranslation('work');
  const listed = Object.entries(state.where).filter(([name]) => {
    const type = model.fields.find((field) => field.name === name)?.type;
    return !model.facets.includes(name) && (type === 'code' || type === 'set');
  });
  if (listed.length === 0) return null;
  return (
    <div className="chips">
      {listed.flatMap(([name, codes]) =>
        codes.map((code) => {
          const said = `${words.label(name)}: ${words.value(name, code, titles)}`;
          return (
            <button key={`${name} ${code}`} type="button" className="chip" aria-pressed="true" aria-label={t('list.remove', { label: said })} onClick={() => onState(toggle(state, name, code))}>
              {said}
              <Icon name="close" />
            </button>
          );
        }),
      )}
    </div>
  );
}

interface RangeProps {
  readonly field: FieldModel;
  readonly label: string;
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}

/** Set when the reader leaves a box or presses Enter, so that the list is not asked at every key. */
function RangeFilter({ field, label, range, onRange }: RangeProps) {
  const { t } = useTranslation('work');
  const lang = useLang();
  const dated = field.type === 'date' || field.type === 'instant';
  const unit = field.type === 'money' ? t('form.wan') : field.type === 'percent' ? '%' : field.type === 'area' ? t('form.m2') : unitIn(field.unit, lang);
  const shown = (value: string): string => (dated || value === '' ? value.slice(0, 10) : typedFigure(field.type, Number(value)));
  const taken = (typed: string): string | null => {
    if (typed.trim() === '') return '';
    if (dated) return field.type === 'instant' ? `${typed}T00:00:00+08:00` : typed;
    const wire = wireFigure(field.type, typed);
    return 'value' in wire ? String(wire.value) : null;
  };
  const take = (side: keyof Range, typed: string) => {
    const value = taken(typed);
    if (value !== null && value !== range[side]) onRange({ ...range, [side]: value });
  };
  const box = (side: keyof Range, word: string) => (
    <input
      key={`${side} ${range[side]}`}
      className="input"
      type={dated ? 'date' : 'text'}
      inputMode={dated ? undefined : 'decimal'}
      aria-label={`${label} ${word}`}
      defaultValue={shown(range[side])}
      onBlur={(event) => take(side, event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(side, event.currentTarget.value);
      }}
    />
  );
  return (
    <div className="range" role="group" aria-label={label}>
      <span className="small">
        {label}
        {unit === '' ? '' : ` (${unit})`}
      </span>
      {box('from', t('list.from'))}
      <span aria-hidden="true">–</span>
      {box('to', t('list.to'))}
    </div>
  );
}
