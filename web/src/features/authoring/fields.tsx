/** Small controls that several parts of the editor use. */
import { useTranslation } from 'react-i18next';
import type { Op } from '@/api/authoring';
import { Icon } from '@/kit/Icon';
import { number } from '@/lib/numbers';

export function TextIn({ label, value, onText, placeholder, lang, type }: { readonly label: string; readonly value: string; readonly onText: (text: string) => void; readonly placeholder?: string; readonly lang?: string; readonly type?: string }) {
  return (
    <label className="fld">
      <span>{label}</span>
      <input className="input" lang={lang} type={type} value={value} placeholder={placeholder} onChange={(event) => onText(event.target.value)} />
    </label>
  );
}

export function Remove({ onRemove, label }: { readonly onRemove: () => void; readonly label: string }) {
  return (
    <button type="button" className="ico" aria-label={label} title={label} onClick={onRemove}>
      <Icon name="close" />
    </button>
  );
}

export function OpSelect({ value, ops, onOp }: { readonly value: Op; readonly ops: readonly Op[]; readonly onOp: (op: Op) => void }) {
  const { t } = useTranslation('authoring');
  const offered = ops.includes(value) ? ops : [value, ...ops];
  return (
    <select className="input op" aria-label={t('row.op')} value={value} onChange={(event) => onOp(offered.find((one) => one === event.target.value) ?? value)}>
      {offered.map((one) => <option key={one} value={one}>{t(`op.${one}`)}</option>)}
    </select>
  );
}

export function figureOf(value: number | null): string {
  return value === null ? '' : number(value).replaceAll(',', '');
}
