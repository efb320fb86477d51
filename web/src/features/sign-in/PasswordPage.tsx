/** Changing the password, by choice or because it was a one-time one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink, Button } from '@/kit/Button';
import { send } from '@/api/client';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import { PageHeading } from '@/blocks/Page';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { TextField } from '@/kit/TextField';
import { checkChange, type Change } from './checks';
import { mistakesOf } from './mistakes';
import './sign-in.css';

const FIELDS = ['old', 'fresh', 'again'] as const;

export default function PasswordPage() {
  const { t } = useTranslation('sign-in');
  const account = useSession().data?.account ?? null;
  const [done, setDone] = useState(false);
  return (
    <div className="wrap door narrow">
      <PageHeading title={t('change.title')}>{t('change.title')}</PageHeading>
      {done ? (
        <div className="good" role="status">
          <b>{t('change.done')}</b>
          <p>{t('change.doneText')}</p>
          <div className="row wrap-row">
            <ButtonLink href="/start">{t('change.go')}</ButtonLink>
          </div>
        </div>
      ) : account === null ? (
        <div className="row wrap-row">
          <p className="soft">{t('change.signedOut')}</p>
          <ButtonLink href="/sign-in?next=/password">{t('title')}</ButtonLink>
        </div>
      ) : (
        <>
          {account.must_change_password ? <p className="soft">{t('change.forced')}</p> : null}
          <section className="panel pad">
            <ChangeForm login={account.login} onDone={() => setDone(true)} />
          </section>
        </>
      )}
    </div>
  );
}

function ChangeForm({ login, onDone }: { readonly login: string; readonly onDone: () => void }) {
  const { t } = useTranslation('sign-in');
  const unknown = useTranslation().t('errors.networkDetail');
  const queries = useQueryClient();
  const [form, setForm] = useState<Change>({ old: '', fresh: '', again: '' });
  const [attempt, setAttempt] = useState(0);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const again = (found: readonly Mistake[]) => {
    setMistakes(found);
    setAttempt((n) => n + 1);
  };
  const save = useMutation({
    mutationFn: () => send('POST', '/session/password', { body: { old: form.old, new: form.fresh } }),
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: keys.session });
    },
    onError: (error) => again(mistakesOf(error, unknown, 'change-').map((one) => (one.field === 'change-new' ? { ...one, field: 'change-fresh' } : one))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkChange(form);
    const list = FIELDS.flatMap((field) => {
      const key = found[field];
      return key === undefined ? [] : [{ field: `change-${field}`, message: t(`change.${key}`) }];
    });
    again(list);
    if (list.length === 0) save.mutate();
  };
  const wrong = (field: string) => mistakes.find((one) => one.field === `change-${field}`)?.message;
  const set = (field: keyof Change) => (value: string) => setForm((now) => ({ ...now, [field]: value }));
  return (
    <form onSubmit={submit} noValidate className="door-form">
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <input type="text" className="sr" autoComplete="username" value={login} readOnly tabIndex={-1} aria-hidden="true" />
      <TextField id="change-old" type="password" label={t('change.old')} value={form.old} onValue={set('old')} wrong={wrong('old')} autoComplete="current-password" />
      <TextField id="change-fresh" type="password" label={t('change.fresh')} hint={t('setUp.passwordHint')} value={form.fresh} onValue={set('fresh')} wrong={wrong('fresh')} autoComplete="new-password" />
      <TextField id="change-again" type="password" label={t('change.again')} value={form.again} onValue={set('again')} wrong={wrong('again')} autoComplete="new-password" />
      <Button type="submit" look="primary" size="lg" block busy={save.isPending}>
        {t('change.action')}
      </Button>
    </form>
  );
}
