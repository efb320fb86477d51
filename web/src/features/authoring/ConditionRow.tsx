/** A row: fact (or an expression in its place), year of a yearly fact, operator, value. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactType, Op, Row } from '@/api/authoring';
import { Combobox } from '@/kit/Combobox';
import { Menu } from '@/kit/Menu';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { OpSelect } from './fields';
import { useDesk } from './context';
import { COMPARES, rowOf, takesMany, takesNothing, withOp, withYear } from './tree';
import { OperandInput } from './OperandInput';
import { factOf, factOptions, unitWords, type Reach } from './words';

interface Props {
  readonly row: Row;
  readonly reach: readonly Reach[];
  readonly onRow: (row: Row) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onWrap: () => void;
}

const YEARS = [0, -1, -2, -3, -4, -5] as const;

/** What an expression in a fact's place is compared as, told by its operator and value. */
function typeOf(row: Row): FactType {
  if (takesMany(row.op) || (row.value && 'codes' in row.value)) return row.op.startsWith('has') ? 'set' : 'code';
  if (row.value && 'date' in row.value) return 'date';
  if (row.value && 'text' in row.value) return 'text';
  return row.op === 'is' || row.op === 'is_not' ? 'bool' : 'number';
}

const OPS_OF: Readonly<Record<FactType, readonly Op[]>> = {
  number: COMPARES, date: COMPARES, text: ['==', '!='], bool: ['is', 'is_not'], code: ['==', '!=', 'in', 'not_in', 'within', 'not_within'], set: ['has_any', 'has_all', 'has_none'],
};

export function ConditionRow({ row, reach, onRow, onRemove, onMove, onWrap }: Props) {
  const { t } = useTranslation('authoring');
  const { vocabulary } = useDesk();
  const fact = factOf(row.fact, vocabulary, reach);
  const type = fact?.type ?? typeOf(row);
  const ops = fact ? fact.ops : OPS_OF[type];
  const units = fact ? fact.units : (row.units ?? []).map((code) => ({ code, label: unitWords(vocabulary).get(code) ?? { zh: code, en: code } }));
  const list = fact?.list ?? row.list ?? null;
  return (
    <div className="cond-row">
      <div className="cond-in">
        <FactBox row={row} reach={reach} onRow={onRow} />
        {fact?.yearly ? (
          <select className="input year" aria-label={t('row.year')} value={row.year ?? 0} onChange={(event) => onRow(withYear(row, Number(event.target.value)))}>
            {YEARS.map((year) => <option key={year} value={year}>{year === 0 ? t('row.year0') : t('row.yearBefore', { count: -year })}</option>)}
          </select>
        ) : null}
        <OpSelect value={row.op} ops={ops} onOp={(op) => onRow(withOp(row, op, type, units[0]?.code ?? ''))} />
        {takesNothing(row.op) ? null : <OperandInput type={type} op={row.op} value={row.value} units={units} list={list} onValue={(value) => onRow({ ...row, value })} />}
      </div>
      <span className="row-tools">
        <Menu label={t('row.more')} face={<span aria-hidden="true">⋯</span>}>
          <button type="button" onClick={() => onMove(-1)}>{t('row.up')}</button>
          <button type="button" onClick={() => onMove(1)}>{t('row.down')}</button>
          <button type="button" onClick={onWrap}>{t('row.wrap')}</button>
        </Menu>
        <button type="button" className="ico" aria-label={t('row.remove')} title={t('row.remove')} onClick={onRemove}><Icon name="close" /></button>
      </span>
    </div>
  );
}

/** The fact by its label; an expression is shown in words and written on demand. */
function FactBox({ row, reach, onRow }: Pick<Props, 'row' | 'reach' | 'onRow'>) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const { vocabulary } = useDesk();
  const fact = factOf(row.fact, vocabulary, reach);
  const [writing, setWriting] = useState(row.fact === '');
  const options = useMemo(() => factOptions(vocabulary, reach, lang, t('row.otherGroup')), [vocabulary, reach, lang, t]);
  if (!fact && (writing || row.label === undefined)) {
    return (
      <input
        className="input mono expr" aria-label={t('row.expression')} placeholder={t('row.expressionHint')} spellCheck={false} autoComplete="off" value={row.fact}
        onChange={(event) => {
          setWriting(true);
          const { label: _label, units: _units, list: _list, ...rest } = row;
          onRow({ ...rest, fact: event.target.value });
        }}
      />
    );
  }
  if (!fact) {
    return (
      <button type="button" className="input expr-said" title={row.fact} aria-label={`${say(row.label)} ${t('row.editExpression')}`} onClick={() => setWriting(true)}>
        {say(row.label)}
        <Icon name="edit" />
      </button>
    );
  }
  return (
    <Combobox
      label={t('row.fact')} value={row.fact} clearable={false} shown={say(fact.label)} options={options} placeholder={t('row.fact')}
      onChoose={(name) => {
        const next = factOf(name, vocabulary, reach);
        if (next) onRow(rowOf(next, name, row));
      }}
    />
  );
}
