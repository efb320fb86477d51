/** One fact's value in a case, by its type. Numbers are written with their unit, as rules write them; empty is not on file. */
import { useTranslation } from 'react-i18next';
import type { FactWord } from '@/api/authoring';
import type { Value } from '@/api/types';
import { CodeSelect } from '@/blocks/CodeSelect';
import { useSay } from '@/kit/language';
import { readAmount, writeAmount } from './examples';
import { AmountInput, Codes } from './OperandInput';

interface Props {
  readonly label: string;
  readonly fact: FactWord;
  readonly value: Value | readonly Value[];
  readonly onValue: (value: Value) => void;
}

export function FactValue({ label, fact, value, onValue }: Props) {
  const { t } = useTranslation('authoring');
  const common = useTranslation().t;
  if (fact.type === 'set') return <Codes list={fact.list} codes={Array.isArray(value) ? value.map(String) : []} onCodes={onValue} />;
  if (fact.type === 'code') return <div className="val"><CodeSelect label={label} list={fact.list} value={typeof value === 'string' ? value : ''} none={t('cases.notOnFile')} onChoose={(code) => onValue(code === '' ? null : code)} /></div>;
  if (fact.type === 'bool') {
    return (
      <select className="input val" aria-label={label} value={value === true ? 'true' : value === false ? 'false' : ''} onChange={(event) => onValue(event.target.value === '' ? null : event.target.value === 'true')}>
        <option value="">{t('cases.notOnFile')}</option>
        <option value="true">{common('yes')}</option>
        <option value="false">{common('no')}</option>
      </select>
    );
  }
  if (fact.type === 'date') return <input type="date" className="input val" aria-label={label} value={typeof value === 'string' ? value : ''} onChange={(event) => onValue(event.target.value === '' ? null : event.target.value)} />;
  if (fact.type === 'number') return <NumberValue label={label} fact={fact} value={value} onValue={onValue} />;
  return <input className="input val" aria-label={label} value={typeof value === 'string' ? value : ''} placeholder={t('cases.notOnFile')} onChange={(event) => onValue(event.target.value === '' ? null : event.target.value)} />;
}

function NumberValue({ label, fact, value, onValue }: Props) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  const read = readAmount(text);
  const unit = read?.unit ?? fact.units[0]?.code ?? '';
  if (text !== '' && read === null && !/^[a-z_]*\(?-?\d*\.?\d*\)?$/.test(text)) {
    return <input className="input mono val" aria-label={label} value={text} onChange={(event) => onValue(event.target.value === '' ? null : event.target.value)} />;
  }
  const amount = read?.amount ?? text.replace(/^[a-z_]*\(/, '').replace(/\)$/, '');
  return (
    <span className="val pair">
      <AmountInput label={label} amount={amount} onAmount={(next) => onValue(next === '' ? null : writeAmount(next, unit))} />
      {fact.units.length > 1 ? (
        <select className="input unit" aria-label={t('row.unit')} value={unit} onChange={(event) => onValue(amount === '' ? null : writeAmount(amount, event.target.value))}>
          {fact.units.map((one) => <option key={one.code} value={one.code}>{say(one.label)}</option>)}
        </select>
      ) : (
        <span className="u unit-word">{say(fact.units[0]?.label ?? fact.unit)}</span>
      )}
    </span>
  );
}
