/** The head of a new policy. What follows, its text and rules, is written in the editor. */
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { PolicyVersion } from '@/api/authoring';
import { intent, request } from '@/api/client';
import { useRecordModel, useSession } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { CodeSelect } from '@/blocks/CodeSelect';
import { Crumbs } from '@/blocks/Crumbs';
import { PageHeading } from '@/blocks/Page';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { TextField } from '@/kit/TextField';
import { bodyOf, EMPTY, HEAD_CODES, HEAD_DATES, missingIn, type Head, type HeadKey } from './head';
import './authoring.css';

export default function NewPolicyPage() {
  const { t } = useTranslation('authoring');
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('title'), href: '/work/authoring' }]} />
      <PageHeading title={t('new.title')}>{t('new.title')}</PageHeading>
      <p className="soft lead-line">{t('new.lead')}</p>
      <HeadForm />
    </div>
  );
}

function HeadForm() {
  const { t } = useTranslation('authoring');
  const [, go] = useLocation();
  const model = useRecordModel('policy');
  const region = useSession().data?.account?.region ?? '';
  const [key] = useState(intent);
  const [typed, setTyped] = useState<Head>(EMPTY);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const [attempt, setAttempt] = useState(0);
  const head = typed.region === '' ? { ...typed, region } : typed;
  const list = (name: string) => model?.fields.find((field) => field.name === name)?.list ?? null;
  const make = useMutation({
    mutationFn: () => request<PolicyVersion>('POST', '/policies', { body: bodyOf(head), intent: key }),
    onSuccess: (version) => go(`/work/authoring/${version.policy.id}/${version.number}`),
    onError: (error) => {
      setAttempt((n) => n + 1);
      if (isProblem(error)) setMistakes(error.errors.map((one) => ({ field: `head-${one.field}`, message: one.message })));
    },
  });
  const set = (field: HeadKey) => (value: string) => {
    setTyped((now) => ({ ...now, [field]: value }));
    setMistakes((all) => all.filter((one) => one.field !== `head-${field}`));
  };
  const wrong = (field: HeadKey) => mistakes.find((one) => one.field === `head-${field}`)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(head);
    setAttempt((n) => n + 1);
    setMistakes(missing.map((field) => ({ field: `head-${field}`, message: t('new.needed', { label: t(`head.${field}`) }) })));
    if (missing.length === 0) make.mutate();
  };
  const line = (field: HeadKey, extra: { readonly type?: string; readonly lang?: string; readonly hint?: string } = {}) => <TextField id={`head-${field}`} label={t(`head.${field}`)} value={head[field]} onValue={set(field)} wrong={wrong(field)} autoComplete="off" {...extra} />;
  return (
    <form className="panel pad head-form" noValidate onSubmit={submit} aria-label={t('new.title')}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {make.error && !(isProblem(make.error) && make.error.errors.length > 0) ? <ErrorNote error={make.error} /> : null}
      <div className="grid2">
        {line('title')}
        {line('title_en', { lang: 'en', hint: t('new.englishHint') })}
        {line('issuer')}
        {line('issuer_en', { lang: 'en' })}
        {line('number', { hint: t('new.numberHint') })}
        <span />
        {HEAD_CODES.map((field) => (
          <div className="field" key={field}>
            <label htmlFor={`head-${field}`}>{t(`head.${field}`)}</label>
            <CodeSelect id={`head-${field}`} list={list(field)} value={head[field]} onChoose={set(field)} invalid={wrong(field) !== undefined} describedBy={wrong(field) ? `head-${field}-wrong` : undefined} />
            {wrong(field) ? <span className="wrong" id={`head-${field}-wrong`}>{wrong(field)}</span> : null}
          </div>
        ))}
        {HEAD_DATES.map((field) => <div key={field}>{line(field, { type: 'date' })}</div>)}
      </div>
      <div className="row wrap-row form-foot">
        <Button look="primary" type="submit" busy={make.isPending}>{t('new.go')}</Button>
        <ButtonLink href="/work/authoring">{t('new.cancel')}</ButtonLink>
      </div>
    </form>
  );
}
