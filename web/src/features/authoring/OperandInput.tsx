/** The right side of a row: a number with its unit, codes, a date, a text, or another expression. */
import { useTranslation } from 'react-i18next';
import type { FactType, Op, Operand } from '@/api/authoring';
import { useCodeNames } from '@/blocks/values';
import { CodeSelect } from '@/blocks/CodeSelect';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { parseNumber } from '@/lib/numbers';
import type { Text } from '@/lib/text';
import { takesMany } from './tree';

interface Props {
  readonly type: FactType;
  readonly op: Op;
  readonly value: Operand | undefined;
  readonly units: ReadonlyArray<{ readonly code: string; readonly label: Text }>;
  readonly list: string | null;
  readonly onValue: (value: Operand) => void;
}

const EXPRESSION = ' expression';

export function OperandInput({ type, op, value, units, list, onValue }: Props) {
  const { t } = useTranslation('authoring');
  if (type === 'code' || type === 'set') {
    const codes = value && 'codes' in value ? value.codes : [];
    return takesMany(op) ? <Codes list={list} codes={codes} onCodes={(next) => onValue({ codes: next })} /> : <div className="val"><CodeSelect label={t('row.value')} list={list} value={codes[0] ?? ''} onChoose={(code) => onValue({ codes: code === '' ? [] : [code] })} /></div>;
  }
  if (type === 'text') return <input className="input val" aria-label={t('row.value')} value={value && 'text' in value ? value.text : ''} onChange={(event) => onValue({ text: event.target.value })} />;
  if (type === 'bool') return null;
  const expression = value !== undefined && 'expression' in value;
  const unit = value && 'amount' in value ? value.unit : '';
  const amount = value && 'amount' in value ? value.amount : '';
  const say = (code: string) => {
    if (code === EXPRESSION) return onValue({ expression: '' });
    onValue(type === 'date' ? { date: '' } : { amount, unit: code });
  };
  return (
    <span className="val pair">
      {expression ? (
        <input className="input mono" aria-label={t('row.valueExpression')} placeholder={t(type === 'date' ? 'row.dateExpressionHint' : 'row.valueExpressionHint')} spellCheck={false} value={value.expression} onChange={(event) => onValue({ expression: event.target.value })} />
      ) : type === 'date' ? (
        <input type="date" className="input" aria-label={t('row.value')} value={value && 'date' in value ? value.date : ''} onChange={(event) => onValue({ date: event.target.value })} />
      ) : (
        <AmountInput label={t('row.value')} amount={amount} onAmount={(next) => onValue({ amount: next, unit })} />
      )}
      <UnitSelect type={type} units={units} value={expression ? EXPRESSION : unit} onUnit={say} />
    </span>
  );
}

function UnitSelect({ type, units, value, onUnit }: { readonly type: FactType; readonly units: Props['units']; readonly value: string; readonly onUnit: (code: string) => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const own = type === 'date' ? [{ code: '', label: t('row.date') }] : units.length === 0 ? [{ code: '', label: t('row.number') }] : units.map(({ code, label }) => ({ code, label: say(label) || t('row.number') }));
  const known = value === EXPRESSION || own.some(({ code }) => code === value) ? own : [...own, { code: value, label: value || t('row.number') }];
  return (
    <select className="input unit" aria-label={t('row.unit')} value={value} onChange={(event) => onUnit(event.target.value)}>
      {known.map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
      <option value={EXPRESSION}>{t('row.computed')}</option>
    </select>
  );
}

/** A figure as typed; commas and full-width digits are forgiven on the way to the server. */
export function AmountInput({ label, amount, onAmount }: { readonly label: string; readonly amount: string; readonly onAmount: (amount: string) => void }) {
  const type = (typed: string) => {
    // Only what would not read as a plain figure is rewritten, so that "3." can become "3.5".
    const figure = /^-?\d*\.?\d*$/.test(typed) ? null : parseNumber(typed);
    onAmount(figure === null ? typed : String(figure));
  };
  return <input className="input fig" inputMode="decimal" autoComplete="off" aria-label={label} value={amount} onChange={(event) => type(event.target.value)} />;
}

export function Codes({ list, codes, onCodes }: { readonly list: string | null; readonly codes: readonly string[]; readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const names = useCodeNames(list === null ? [] : [list]).get(list ?? '');
  return (
    <span className="val codes">
      {codes.map((code) => {
        const said = say(names?.get(code)) || code;
        return (
          <button key={code} type="button" className="chip" aria-pressed="true" aria-label={t('row.drop', { label: said })} onClick={() => onCodes(codes.filter((one) => one !== code))}>
            {said}
            <Icon name="close" />
          </button>
        );
      })}
      <CodeSelect label={t('row.addCode')} list={list} value="" none={t('row.addCode')} without={codes} onChoose={(code) => (code === '' ? undefined : onCodes([...codes, code]))} />
    </span>
  );
}
