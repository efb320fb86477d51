/** A firm says what is wrong with a fact: the right value, as the field is typed, and why. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirmFact } from '@/api/facts';
import { useCodeList } from '@/api/hooks';
import type { FieldModel, Value } from '@/api/types';
import { unitIn } from '@/lib/text';
import { CodeSelect } from '@/blocks/CodeSelect';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { TextField } from '@/kit/TextField';
import { useContest } from './queries';
import { plainQuestion, readAnswer, type Read } from './question';
import { useKey } from './useKey';

interface Props {
  readonly field: FieldModel;
  /** The fact by year, the latest first. */
  readonly facts: readonly FirmFact[];
  readonly region: Value | undefined;
  readonly firm: string;
  readonly onDone: () => void;
}

function read(field: FieldModel, typed: string, picked: readonly string[]): Read {
  if (field.type === 'bool') return typed === '' ? { wrong: 'needChoice' } : { value: typed === 'true' };
  return readAnswer(plainQuestion(field, null), typed, picked);
}

export function ClaimForm({ field, facts, region, firm, onDone }: Props) {
  const { t } = useTranslation('my-firm');
  const common = useTranslation().t;
  const say = useSay();
  const regions = useCodeList('region').data?.codes;
  const place = typeof region === 'string' ? say(regions?.find((one) => one.code === region)?.label) : '';
  const open = facts.filter((fact) => !fact.contested && fact.value !== null);
  const [year, setYear] = useState(open[0]?.year ?? null);
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<{ readonly value?: string; readonly reason?: string }>({});
  const contest = useContest(firm);
  const key = useKey(`${field.name} ${year ?? ''}`);
  const fact = facts.find((one) => one.year === year) ?? facts[0];
  const counts = fact?.words.find((word) => word.counts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = read(field, typed, picked);
    const missing = reason.trim() === '' ? { reason: t('facts.claim.needReason') } : {};
    if (!('value' in found)) return setWrong({ ...missing, value: t(`ask.${found.wrong}`) });
    if (reason.trim() === '') return setWrong(missing);
    contest.mutate({ key, field: field.name, year, claimed: found.value, reason: reason.trim() }, { onSuccess: onDone });
  };
  return (
    <form className="claim" onSubmit={submit} noValidate>
      <b>{t('facts.claim.title', { fact: `${say(field.label)}${year === null ? '' : ` ${year}`}` })}</b>
      {counts ? <p className="small soft">{t('facts.claim.onFile', { value: say(counts.shown), source: say(counts.source.label) })}</p> : null}
      {open.length > 1 ? (
        <label className="field">
          {t('facts.claim.year')}
          <select className="input" value={year ?? ''} onChange={(event) => setYear(Number(event.target.value))}>
            {open.map((one) => (
              <option key={one.year}>{one.year}</option>
            ))}
          </select>
        </label>
      ) : null}
      <Right field={field} typed={typed} picked={picked} wrong={wrong.value} onTyped={setTyped} onPicked={setPicked} />
      <TextField label={t('facts.claim.reason')} value={reason} onValue={setReason} wrong={wrong.reason} maxLength={1000} />
      <p className="small soft">{place === '' ? t('facts.claim.afterHere') : t('facts.claim.after', { region: place })}</p>
      {contest.error ? <ErrorNote error={contest.error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" busy={contest.isPending}>
          {contest.isPending ? t('facts.claim.sending') : t('facts.claim.send')}
        </Button>
        <Button onClick={onDone}>{common('cancel')}</Button>
      </div>
    </form>
  );
}

interface RightProps {
  readonly field: FieldModel;
  readonly typed: string;
  readonly picked: readonly string[];
  readonly wrong: string | undefined;
  readonly onTyped: (typed: string) => void;
  readonly onPicked: (picked: readonly string[]) => void;
}

/** The input for the right value. */
function Right({ field, typed, picked, wrong, onTyped, onPicked }: RightProps) {
  const { t } = useTranslation('my-firm');
  const common = useTranslation().t;
  const say = useSay();
  const lang = useLang();
  const codes = useCodeList(field.type === 'set' ? field.list : null).data?.codes ?? [];
  const unit = field.type === 'money' ? (lang === 'zh' ? '万元' : '10,000 yuan') : field.type === 'percent' ? '%' : field.type === 'area' ? (lang === 'zh' ? '平方米' : 'm²') : unitIn(field.unit, lang);
  const label = `${t('facts.claim.value')}${unit === '' ? '' : t('facts.claim.unit', { unit })}`;
  if (field.type === 'set') {
    return (
      <fieldset className="picks">
        <legend>{label}</legend>
        {codes.map((code) => (
          <label key={code.code}>
            <input type="checkbox" checked={picked.includes(code.code)} onChange={() => onPicked(picked.includes(code.code) ? picked.filter((one) => one !== code.code) : [...picked, code.code])} />
            {say(code.label)}
          </label>
        ))}
      </fieldset>
    );
  }
  if (field.type === 'code') {
    return (
      <div className="field">
        <label htmlFor={`claim-${field.name}`}>{label}</label>
        <CodeSelect id={`claim-${field.name}`} list={field.list} value={typed} onChoose={onTyped} invalid={wrong !== undefined} />
        {wrong === undefined ? null : <span className="wrong">{wrong}</span>}
      </div>
    );
  }
  if (field.type === 'bool') {
    return (
      <label className="field">
        {label}
        <select className="input" value={typed} onChange={(event) => onTyped(event.target.value)} aria-invalid={wrong === undefined ? undefined : true}>
          <option value="">{t('facts.claim.choose')}</option>
          <option value="true">{common('yes')}</option>
          <option value="false">{common('no')}</option>
        </select>
        {wrong === undefined ? null : <span className="wrong">{wrong}</span>}
      </label>
    );
  }
  return <TextField label={label} type={field.type === 'date' ? 'date' : 'text'} value={typed} onValue={onTyped} wrong={wrong} autoComplete="off" autoFocus />;
}
