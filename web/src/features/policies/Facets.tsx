/** Facets of the shelf: tick boxes with counts; what is ticked shows first and can be removed at once. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeList } from '@/api/hooks';
import type { ItemPage } from '@/api/types';
import { number } from '@/lib/numbers';
import { NBSP } from '@/lib/text';
import { treeOrder } from '@/blocks/codes';
import { fieldOf, useWords } from '@/blocks/values';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { choose, countFilters, toggle, type ShelfState } from './state';

interface Props {
  readonly state: ShelfState;
  readonly facets: readonly string[];
  readonly plain: readonly string[];
  readonly counts: ItemPage['facets'];
  readonly onState: (state: ShelfState) => void;
}

const SHOWN = 6;

export function Facets({ state, facets, plain, counts, onState }: Props) {
  const { t } = useTranslation('policies');
  const words = useWords('policy', [...facets, ...plain]);
  return (
    <div className="facets-body">
      {countFilters(state) === 0 ? null : (
        <div className="chips">
          {Object.entries(state.filters).flatMap(([facet, codes]) =>
            codes.map((code) => (
              <button key={`${facet} ${code}`} type="button" className="chip" onClick={() => onState(toggle(state, facet, code))} aria-label={t('clearOne', { label: words.value(facet, code) })}>
                {words.value(facet, code)}
                <Icon name="close" />
              </button>
            )),
          )}
          <Button look="quiet" size="sm" onClick={() => onState({ ...state, filters: {} })}>
            {t('clear')}
          </Button>
        </div>
      )}
      {facets.map((facet) => {
        const ticked = state.filters[facet] ?? [];
        const listed = counts[facet] ?? [];
        const missing = ticked.filter((code) => !listed.some((one) => one.code === code)).map((code) => ({ code, count: 0 }));
        return (
          <Facet
            key={facet}
            title={words.label(facet)}
            codes={[...listed, ...missing].sort((a, b) => b.count - a.count).map((one) => ({ ...one, label: words.value(facet, one.code), ticked: ticked.includes(one.code) }))}
            onToggle={(code) => onState(toggle(state, facet, code))}
          />
        );
      })}
      {plain.map((filter) => (
        <Choice
          key={filter}
          title={words.label(filter)}
          list={fieldOf(words.model, filter)?.list ?? null}
          value={state.filters[filter]?.[0] ?? ''}
          onChoose={(code) => onState(choose(state, filter, code))}
        />
      ))}
    </div>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly list: string | null;
  readonly value: string;
  readonly onChoose: (code: string) => void;
}

/** A filter without counts; a tree's codes are indented under their parents. */
function Choice({ title, list, value, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const say = useSay();
  const codes = useCodeList(list).data?.codes ?? [];
  if (codes.length === 0) return null;
  return (
    <label className="choice">
      <span>{title}</span>
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t('all')}</option>
        {treeOrder(codes).map(({ code, depth }) => (
          <option key={code.code} value={code.code}>
            {NBSP.repeat(depth * 3)}
            {say(code.label)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface FacetProps {
  readonly title: string;
  readonly codes: ReadonlyArray<{ readonly code: string; readonly count: number; readonly label: string; readonly ticked: boolean }>;
  readonly onToggle: (code: string) => void;
}

function Facet({ title, codes, onToggle }: FacetProps) {
  const { t } = useTranslation('policies');
  const [all, setAll] = useState(false);
  if (codes.length === 0) return null;
  const shown = all || codes.length <= SHOWN + 2 ? codes : codes.filter((one, at) => at < SHOWN || one.ticked);
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {shown.map((one) => (
        <label key={one.code}>
          <input type="checkbox" checked={one.ticked} onChange={() => onToggle(one.code)} />
          <span className="grow">{one.label}</span>
          <span className="muted">{number(one.count)}</span>
        </label>
      ))}
      {shown.length === codes.length && !all ? null : (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewerCodes') : t('moreCodes', { left: number(codes.length - shown.length) })}
        </button>
      )}
    </fieldset>
  );
}
