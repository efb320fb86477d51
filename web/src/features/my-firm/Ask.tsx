/** The one question of the page: says what it decides, asks, takes the answer by a button or a figure with its unit. */
import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useCodeList } from '@/api/hooks';
import type { Question } from '@/api/matches';
import type { Value } from '@/api/types';
import { money } from '@/lib/money';
import { unitIn } from '@/lib/text';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { isNumeric, readAnswer } from './question';

interface Props {
  readonly question: Question;
  readonly left: number;
  readonly busy: boolean;
  readonly error: unknown;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** `chosen`: one of the ready answers. */
  readonly onAnswer: (value: Value, chosen?: boolean) => void;
  readonly onSkip: () => void;
}

export function Ask({ question, left, busy, error, heading, onAnswer, onSkip }: Props) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const lang = useLang();
  const { count } = question.decides;
  return (
    <section className="ask" aria-labelledby="question" aria-busy={busy}>
      <Decides question={question} />
      <h2 id="question" tabIndex={-1} ref={heading}>
        {say(question.prompt)}
        {question.year !== null && !say(question.prompt).includes(String(question.year)) ? <span className="muted"> {t('ask.yearly', { year: question.year })}</span> : null}
      </h2>
      {error ? <ErrorNote error={error} /> : null}
      {question.choices.length > 0 ? (
        <div className="opts">
          {question.choices.map((choice) => (
            <Button key={say(choice.label)} onClick={() => onAnswer(choice.value, true)} busy={busy}>
              {say(choice.label)}
            </Button>
          ))}
        </div>
      ) : question.type === 'bool' ? (
        <YesNo busy={busy} onAnswer={onAnswer} />
      ) : (
        <Typed key={`${question.field} ${question.year ?? ''}`} question={question} busy={busy} onAnswer={onAnswer} />
      )}
      <p className="why">
        {t('ask.why')}
        {left > 0 && count > 0 ? (
          <>
            {lang === 'zh' ? '' : ' '}
            <Trans t={t} i18nKey="ask.skip" count={left} components={{ a: <button type="button" className="link" onClick={onSkip} /> }} />
          </>
        ) : null}
      </p>
    </section>
  );
}

function Decides({ question }: { readonly question: Question }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const { count, money: fen } = question.decides;
  if (count === 0) return null;
  return (
    <p className="k">
      {fen > 0 ? (
        <Trans t={t} i18nKey="ask.decides" count={count} values={{ count, amount: money(fen, lang, 'column') }} components={{ b: <b /> }} />
      ) : (
        <Trans t={t} i18nKey="ask.decidesCount" count={count} components={{ b: <b /> }} />
      )}
    </p>
  );
}

function YesNo({ busy, onAnswer }: { readonly busy: boolean; readonly onAnswer: (value: Value) => void }) {
  const { t } = useTranslation();
  return (
    <div className="opts">
      <Button onClick={() => onAnswer(true)} busy={busy}>
        {t('yes')}
      </Button>
      <Button onClick={() => onAnswer(false)} busy={busy}>
        {t('no')}
      </Button>
    </div>
  );
}

/** What stands after the figure: 万元, %, the model's unit. */
function useUnit(question: Question): string {
  const lang = useLang();
  if (question.type === 'money') return lang === 'zh' ? '万元' : '10,000 yuan';
  if (question.type === 'percent') return '%';
  if (question.type === 'area') return lang === 'zh' ? '平方米' : 'm²';
  return unitIn(question.unit, lang);
}

function Typed({ question, busy, onAnswer }: Pick<Props, 'question' | 'busy' | 'onAnswer'>) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const unit = useUnit(question);
  const codes = useCodeList(question.list).data?.codes ?? [];
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState('');
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => setWrong(''), [typed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readAnswer(question, typed, picked);
    if ('value' in read) return onAnswer(read.value);
    setWrong(t(`ask.${read.wrong}`));
    input.current?.focus();
  };
  const shared = { id: 'answer', ref: input, className: 'input', value: typed, 'aria-labelledby': 'question', 'aria-invalid': wrong === '' ? undefined : true, 'aria-describedby': wrong === '' ? undefined : 'answer-wrong' } as const;
  return (
    <form className="typed" onSubmit={submit} noValidate>
      {question.type === 'set' ? (
        <fieldset className="picks" aria-labelledby="question">
          {codes.map((code) => (
            <label key={code.code}>
              <input type="checkbox" checked={picked.includes(code.code)} onChange={() => setPicked(picked.includes(code.code) ? picked.filter((one) => one !== code.code) : [...picked, code.code])} />
              {say(code.label)}
            </label>
          ))}
        </fieldset>
      ) : question.type === 'code' ? (
        <select {...shared} onChange={(event) => setTyped(event.target.value)}>
          <option value="">{t('ask.choose')}</option>
          {codes.map((code) => (
            <option key={code.code} value={code.code}>
              {say(code.label)}
            </option>
          ))}
        </select>
      ) : (
        <span className="with-unit">
          <input {...shared} type={question.type === 'date' ? 'date' : 'text'} inputMode={isNumeric(question) ? 'decimal' : undefined} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
          {unit === '' ? null : <span className="soft">{unit}</span>}
        </span>
      )}
      <Button type="submit" busy={busy}>
        {busy ? t('ask.saving') : isNumeric(question) ? t('ask.save') : t('ask.saveChoice')}
      </Button>
      {wrong === '' ? null : (
        <span className="wrong" id="answer-wrong" role="alert">
          {wrong}
        </span>
      )}
    </form>
  );
}
