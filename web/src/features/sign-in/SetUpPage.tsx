/** The first administrator of a fresh installation. What was typed stays when the server refuses. */
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect } from 'wouter';
import { request } from '@/api/client';
import { useSession } from '@/api/hooks';
import type { Session } from '@/api/types';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { TextField } from '@/kit/TextField';
import { checkSetUp, type SetUp } from './checks';
import { mistakesOf } from './mistakes';
import { useEntered } from './useEntered';
import './sign-in.css';

const FIELDS = ['token', 'login', 'name', 'password', 'again'] as const;

export default function SetUpPage() {
  const { t } = useTranslation('sign-in');
  const needed = useSession().data?.installation.needs_set_up ?? true;
  if (!needed) return <Redirect to="/sign-in" replace />;
  return (
    <div className="wrap door narrow">
      <PageHeading title={t('setUp.title')}>{t('setUp.title')}</PageHeading>
      <p className="soft">{t('setUp.lead')}</p>
      <section className="panel pad">
        <SetUpForm />
      </section>
    </div>
  );
}

function SetUpForm() {
  const { t } = useTranslation('sign-in');
  const unknown = useTranslation().t('errors.networkDetail');
  const entered = useEntered();
  const [form, setForm] = useState<SetUp>({ token: '', login: '', name: '', password: '', again: '' });
  const [attempt, setAttempt] = useState(0);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const again = (found: readonly Mistake[]) => {
    setMistakes(found);
    setAttempt((n) => n + 1);
  };
  const save = useMutation({
    mutationFn: () => request<Session>('POST', '/set-up', { body: { token: form.token.trim(), login: form.login, name: form.name.trim(), password: form.password } }),
    onSuccess: entered,
    onError: (error) => again(mistakesOf(error, unknown, 'set-up-')),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkSetUp(form);
    const list = FIELDS.flatMap((field) => {
      const key = found[field];
      return key === undefined ? [] : [{ field: `set-up-${field}`, message: t(`setUp.${key}`) }];
    });
    again(list);
    if (list.length === 0) save.mutate();
  };
  const wrong = (field: string) => mistakes.find((one) => one.field === `set-up-${field}`)?.message;
  const set = (field: keyof SetUp) => (value: string) => setForm((now) => ({ ...now, [field]: value }));
  return (
    <form onSubmit={submit} noValidate className="door-form">
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <TextField id="set-up-token" label={t('setUp.token')} hint={t('setUp.tokenHint')} value={form.token} onValue={set('token')} wrong={wrong('token')} autoComplete="off" spellCheck={false} />
      <TextField id="set-up-login" label={t('setUp.login')} hint={t('setUp.loginHint')} value={form.login} onValue={set('login')} wrong={wrong('login')} autoComplete="username" autoCapitalize="none" spellCheck={false} />
      <TextField id="set-up-name" label={t('setUp.name')} value={form.name} onValue={set('name')} wrong={wrong('name')} autoComplete="name" />
      <TextField id="set-up-password" type="password" label={t('setUp.password')} hint={t('setUp.passwordHint')} value={form.password} onValue={set('password')} wrong={wrong('password')} autoComplete="new-password" />
      <TextField id="set-up-again" type="password" label={t('setUp.again')} value={form.again} onValue={set('again')} wrong={wrong('again')} autoComplete="new-password" />
      <Button type="submit" look="primary" size="lg" block busy={save.isPending}>
        {t('setUp.action')}
      </Button>
    </form>
  );
}
