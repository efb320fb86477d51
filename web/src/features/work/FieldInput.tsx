/** One field of a form by its type, with unit, help, and what is wrong under it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldModel, Titles } from '@/api/types';
import { unitIn } from '@/lib/text';
import { CodeSelect } from '@/blocks/CodeSelect';
import { RefSelect } from '@/blocks/RefSelect';
import { useCodeNames } from '@/blocks/values';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { isBoth, type Typed } from './form';
import { areaIn, MU_SIGN } from './measures';

export interface InputProps {
  readonly field: FieldModel;
  readonly id: string;
  readonly value: Typed;
  readonly wrong?: string | undefined;
  readonly titles?: Titles | undefined;
  /** In a table the column and row say what it is. */
  readonly label?: string;
  readonly onValue: (value: Typed) => void;
}

const LONG = 100;

export function FieldInput(props: InputProps) {
  const { t } = useTranslation('work');
  const say = useSay();
  const { field, id, wrong } = props;
  const help = say(field.help);
  const described = describedBy(id, help, wrong);
  const both = field.type === 'bilingual';
  const name = (
    <>
      {say(field.label)}
      <Unit field={field} />
      {field.required ? <span className="must"> {t('form.required')}</span> : null}
    </>
  );
  const wide = both || field.type === 'rule' || (field.limit ?? 0) > LONG;
  const under = <Under id={id} help={help} wrong={wrong} />;
  if (both) {
    return (
      <fieldset className="field wide both">
        <legend>{name}</legend>
        <BothInput {...props} describedBy={described} />
        {under}
      </fieldset>
    );
  }
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{name}</label>
      <Control {...props} describedBy={described} />
      {under}
    </div>
  );
}

function describedBy(id: string, help: string, wrong: string | undefined): string | undefined {
  const ids = [help === '' ? '' : `${id}-hint`, wrong ? `${id}-wrong` : ''].filter((one) => one !== '');
  return ids.length === 0 ? undefined : ids.join(' ');
}

function Under({ id, help, wrong }: { readonly id: string; readonly help: string; readonly wrong: string | undefined }) {
  return (
    <>
      {help === '' ? null : (
        <span className="hint" id={`${id}-hint`}>
          {help}
        </span>
      )}
      {wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      ) : null}
    </>
  );
}

/** The unit figures are typed in. */
export function useTypedUnit(): (field: FieldModel) => string {
  const { t } = useTranslation('work');
  const lang = useLang();
  return (field) => {
    if (field.type === 'money') return t('form.wan');
    if (field.type === 'percent') return '%';
    if (field.type === 'area') return '';
    return unitIn(field.unit, lang);
  };
}

function Unit({ field }: { readonly field: FieldModel }): ReactNode {
  const unit = useTypedUnit()(field);
  return unit === '' ? null : <span className="u"> {unit}</span>;
}

type ControlProps = InputProps & { readonly describedBy?: string | undefined };

/** The control alone; its label is outside, or `label`. */
export function Control(props: ControlProps) {
  const { field, id, value, wrong, label, describedBy, onValue, titles } = props;
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  if (field.type === 'set') return <SetInput {...props} />;
  const text = typeof value === 'string' ? value : '';
  const shared = { id, 'aria-label': label, 'aria-invalid': wrong ? true : undefined, 'aria-describedby': describedBy };
  switch (field.type) {
    case 'bool':
      return (
        <select {...shared} className="input" value={text} onChange={(event) => onValue(event.target.value)}>
          <option value="">{t('form.unknown')}</option>
          <option value="true">{common('yes')}</option>
          <option value="false">{common('no')}</option>
        </select>
      );
    case 'code':
      return <CodeSelect id={id} {...(label === undefined ? {} : { label })} list={field.list} value={text} onChoose={onValue} none={t('form.unknown')} invalid={Boolean(wrong)} describedBy={describedBy} />;
    case 'ref':
      return <RefSelect id={id} {...(label === undefined ? {} : { label })} record={field.record ?? ''} value={text} title={titles?.[text]} onChoose={onValue} invalid={Boolean(wrong)} describedBy={describedBy} />;
    case 'date':
      return <input {...shared} type="date" className="input" value={text} onChange={(event) => onValue(event.target.value)} />;
    case 'instant':
      return <input {...shared} type="datetime-local" className="input" value={text} onChange={(event) => onValue(event.target.value)} />;
    case 'area':
      return <AreaInput {...props} />;
    case 'rule':
      return <textarea {...shared} className="input mono" rows={Math.min(14, Math.max(4, text.split('\n').length + 1))} spellCheck={false} autoCapitalize="off" value={text} onChange={(event) => onValue(event.target.value)} />;
    case 'int':
    case 'money':
    case 'percent':
    case 'number':
      return <input {...shared} className="input fig" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => onValue(event.target.value)} />;
    default:
      return (field.limit ?? 0) > LONG ? (
        <textarea {...shared} className="input" rows={2} value={text} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <input {...shared} className={field.type === 'credit_code' ? 'input mono' : 'input'} autoComplete="off" value={text} onChange={(event) => onValue(event.target.value)} />
      );
  }
}

function BothInput({ field, id, value, wrong, describedBy, onValue }: ControlProps) {
  const { t } = useTranslation('work');
  const both = isBoth(value) ? value : { zh: '', en: '' };
  const long = (field.limit ?? 0) > LONG;
  const one = (lang: 'zh' | 'en', own: string) => {
    const shared = {
      id: own, className: 'input', lang: lang === 'zh' ? 'zh-CN' : 'en', value: both[lang],
      'aria-invalid': wrong && lang === 'zh' ? true : undefined, 'aria-describedby': describedBy,
    } as const;
    const set = (text: string) => onValue({ ...both, [lang]: text });
    return (
      <div>
        <label htmlFor={own}>{lang === 'zh' ? t('form.chinese') : t('form.english')}</label>
        {long ? <textarea {...shared} rows={3} onChange={(event) => set(event.target.value)} /> : <input {...shared} onChange={(event) => set(event.target.value)} />}
      </div>
    );
  };
  return (
    <>
      {one('zh', id)}
      {one('en', `${id}-en`)}
    </>
  );
}

function AreaInput({ id, value, wrong, label, describedBy, onValue }: ControlProps) {
  const { t } = useTranslation('work');
  const text = typeof value === 'string' ? value : '';
  const [mu, setMu] = [text.trim().endsWith(MU_SIGN), (unit: string) => onValue(areaIn(text, unit === 'mu' ? 'mu' : 'm2'))];
  const plain = mu ? text.trim().slice(0, -1).trim() : text;
  return (
    <div className="row">
      <input
        id={id} aria-label={label} aria-invalid={wrong ? true : undefined} aria-describedby={describedBy}
        className="input fig" inputMode="decimal" autoComplete="off" value={plain}
        onChange={(event) => onValue(mu ? `${event.target.value} ${MU_SIGN}` : event.target.value)}
      />
      <select className="input area-unit" aria-label={t('form.areaUnit')} value={mu ? 'mu' : 'm2'} onChange={(event) => setMu(event.target.value)}>
        <option value="m2">{t('form.m2')}</option>
        <option value="mu">{t('form.mu')}</option>
      </select>
    </div>
  );
}

function SetInput({ field, id, value, wrong, label, describedBy, onValue }: ControlProps) {
  const { t } = useTranslation('work');
  const say = useSay();
  const codes = Array.isArray(value) ? value.map(String) : [];
  const names = useCodeNames(field.list === null ? [] : [field.list]).get(field.list ?? '');
  return (
    <div className="set">
      <CodeSelect
        id={id} {...(label === undefined ? {} : { label })} list={field.list} value="" none={t('form.add')} without={codes} invalid={Boolean(wrong)} describedBy={describedBy}
        onChoose={(code) => (code === '' ? undefined : onValue([...codes, code]))}
      />
      {codes.length === 0 ? null : (
        <div className="chips">
          {codes.map((code) => {
            const said = say(names?.get(code)) || code;
            return (
              <button key={code} type="button" className="chip" aria-pressed="true" aria-label={t('list.remove', { label: said })} onClick={() => onValue(codes.filter((one) => one !== code))}>
                {said}
                <Icon name="close" />
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}
