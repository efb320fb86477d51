/**
 * The form of any record type. It keeps what was typed through every refusal, names each mistake under its field and in
 * a summary, and when somebody else saved first lets the reader choose field by field.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { request } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { FullRecord, RecordModel, Titles } from '@/api/types';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { useSay } from '@/kit/language';
import { grouped } from './Facts';
import { FieldInput } from './FieldInput';
import { changedKeys, editable, patchOf, setTyped, splitKey, typedAt, type FormState, type Typed } from './form';
import { keepDraft, keepDraftSource, readDraft, readDraftSource } from './draft';
import { settle } from './settle';
import { hasFacts, outranked, withSource, type SourcedPatch } from './source';
import { SourceChoice } from './SourceChoice';
import { isFullRecord, mergeStale, withChoices, type Merge } from './stale';
import { StaleChoice } from './StaleChoice';
import { noteSaved, standing } from './undo';
import { useGuard } from './useGuard';
import { YearTable } from './YearTable';

interface Props {
  readonly model: RecordModel;
  /** The record as opened; null for a new one. */
  readonly record: FullRecord | null;
  /** What stands in the form at first. */
  readonly start: FormState;
  readonly years: readonly string[];
  readonly titles: Titles;
  /** Idempotency-Key of a new record. */
  readonly intent: string;
  readonly back: string;
  readonly onMoreYears?: (() => void) | undefined;
}

const NOTHING = { values: {}, years: {} } as const;

export function Form({ model, record, start, years, titles, intent, back, onMoreYears }: Props) {
  const { t } = useTranslation('work');
  const say = useSay();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const draftOf = record ? `${record.id} ${record.version}` : `${model.name} ${window.location.search}`;
  const [draft] = useState(() => readDraft(draftOf));
  const [source, setSource] = useState(() => (draft ? readDraftSource(draftOf) : ''));
  const [base, setBase] = useState(start);
  const [version, setVersion] = useState(record?.version ?? 0);
  const [state, setState] = useState<FormState>(draft ?? start);
  const [merge, setMerge] = useState<Merge | null>(null);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const [attempt, setAttempt] = useState(0);
  const changed = useMemo(() => changedKeys(base, state), [base, state]);
  const [saved, setSaved] = useState(false);
  const dirty = changed.length > 0 && !saved;
  useEffect(() => {
    keepDraft(draftOf, dirty ? state : null);
    keepDraftSource(draftOf, dirty ? source : '');
  }, [draftOf, dirty, state, source]);
  const guard = useGuard(dirty, () => {
    setSaved(true);
    keepDraft(draftOf, null);
  });

  const said = (key: string): string => {
    const { field, year } = splitKey(key);
    const label = say(model.fields.find((one) => one.name === field)?.label) || field;
    return year === '' ? label : `${year} ${label}`;
  };
  const send = useMutation({
    mutationFn: (patch: SourcedPatch) =>
      record
        ? request<FullRecord>('PATCH', `/records/${model.name}/${encodeURIComponent(record.id)}`, { body: patch, version })
        : request<FullRecord>('POST', `/records/${model.name}`, { body: patch, intent }),
    onSuccess: (after, patch) => {
      setSaved(true);
      keepDraft(draftOf, null);
      noteSaved({ record: model.name, id: after.id, version: after.version, created: record === null, before: withSource(standing(queryBefore(), patch), patch.source ?? ''), outranked: outranked(after, patch) });
      settle(queries, after);
      go(`/work/${model.name}/${after.id}`);
    },
    onError: (error) => {
      setAttempt((n) => n + 1);
      if (!isProblem(error)) return;
      if (error.status === 412 && isFullRecord(error.current)) return stale(error.current);
      setMistakes(error.errors.map((one) => ({ field: one.field, message: one.message })));
    },
  });
  const [current, setCurrent] = useState<FullRecord | null>(record);
  const queryBefore = () => current ?? NOTHING;
  const stale = (now: FullRecord) => {
    setCurrent(now);
    const next = mergeStale(model, base, state, now);
    setMerge(next);
    setBase(next.base);
    setVersion(next.version);
    setState(withChoices(next, {}));
    setMistakes([]);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const result = patchOf(model, base, state, record === null);
    setAttempt((n) => n + 1);
    if ('mistypings' in result) {
      send.reset();
      return setMistakes(result.mistypings.map(({ key, wrong }) => ({ field: key, message: t(`wrong.${wrong}`, { label: said(key), limit: model.fields.find((one) => one.name === splitKey(key).field)?.limit ?? 0 }) })));
    }
    setMistakes([]);
    if (record && changed.length === 0) return go(back);
    send.mutate(withSource(result.patch, source));
  };
  const set = (key: string, typed: Typed) => {
    setState((now) => setTyped(now, key, typed));
    setMistakes((list) => list.filter((one) => one.field !== key));
  };
  const wrongAt = (key: string): string | undefined =>
    mistakes
      .filter((one) => one.field === key)
      .map((one) => one.message)
      .join('\n') || undefined;
  const names = editable(model).map((field) => field.name);
  const elsewhere = mistakes.filter((one) => !names.includes(splitKey(one.field).field));
  const refused = send.error && !(isProblem(send.error) && (send.error.errors.length > 0 || (send.error.status === 412 && merge)));
  const yearly = editable(model).filter((field) => field.yearly);
  return (
    <form className="record-form stack" noValidate onSubmit={submit} aria-label={t('form.label')}>
      {guard}
      {draft && !saved && changed.length > 0 ? (
        <div className="panel draft">
          <span>{t('form.draft')}</span>
          <Button size="sm" onClick={() => (setState(base), setSource(''))}>
            {t('form.dropDraft')}
          </Button>
        </div>
      ) : null}
      <ErrorSummary mistakes={[...mistakes.filter((one) => !elsewhere.includes(one)).map((one) => ({ field: idOf(one.field), message: named(said(one.field), one.message) })), ...elsewhere.map((one) => ({ field: '', message: named(one.field, one.message) }))]} attempt={attempt} />
      {merge ? <StaleChoice key={merge.version} model={model} merge={merge} titles={{ ...titles, ...current?.titles }} onState={setState} /> : null}
      {grouped(model, (field) => !field.yearly && names.includes(field.name)).map((group) => (
        <section key={group.name} className="panel" aria-labelledby={`form-${group.name}`}>
          <div className="panel-h">
            <h2 id={`form-${group.name}`}>{say(model.groups.find((one) => one.name === group.name)?.label) || t('detail.facts')}</h2>
          </div>
          <div className="form-grid">
            {group.fields.map((field) => (
              <FieldInput key={field.name} field={field} id={idOf(field.name)} value={typedAt(state, field.name) ?? ''} wrong={wrongAt(field.name)} titles={{ ...titles, ...current?.titles }} onValue={(typed) => set(field.name, typed)} />
            ))}
          </div>
        </section>
      ))}
      {yearly.length === 0 ? null : <YearTable fields={yearly} years={years} state={state} idOf={idOf} wrongAt={wrongAt} onValue={set} onMore={onMoreYears} />}
      {hasFacts(current) ? <SourceChoice record={current} changed={changed} source={source} onSource={setSource} /> : null}
      <div className="form-foot">
        {refused ? <ErrorNote error={send.error} /> : null}
        <Button type="submit" look="primary" busy={send.isPending}>
          {send.isPending ? t('form.saving') : record ? t('form.save') : t('form.create')}
        </Button>
        <ButtonLink href={back}>{t('form.cancel')}</ButtonLink>
        <span className="small muted" role="status">
          {record && dirty ? t('form.changed', { count: changed.length }) : ''}
        </span>
      </div>
    </form>
  );
}

function named(label: string, message: string): string {
  return message.includes(label) || label === '' ? message : `${label}: ${message}`;
}

function idOf(key: string): string {
  return `f-${key.replaceAll('.', '-')}`;
}
