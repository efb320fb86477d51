/** Signing in; in a demonstration the personas come first, one click each. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { get, request } from '@/api/client';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { Persona, Session } from '@/api/types';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { TextField } from '@/kit/TextField';
import { mistakesOf } from './mistakes';
import { useEntered } from './useEntered';
import './sign-in.css';

export default function SignInPage() {
  const { t } = useTranslation('sign-in');
  const demonstration = useSession().data?.installation.demonstration ?? false;
  return (
    <div className={demonstration ? 'wrap door' : 'wrap door narrow'}>
      <PageHeading title={t('title')}>{demonstration ? t('demoTitle') : t('title')}</PageHeading>
      {demonstration ? (
        <div className="door-cols">
          <Personas />
          <section className="panel pad" aria-labelledby="form">
            <h2 id="form">{t('or')}</h2>
            <SignInForm />
          </section>
        </div>
      ) : (
        <section className="panel pad">
          <SignInForm />
        </section>
      )}
    </div>
  );
}

function Personas() {
  const { t } = useTranslation('sign-in');
  const say = useSay();
  const entered = useEntered();
  const personas = useQuery({ queryKey: keys.personas, queryFn: ({ signal }) => get<readonly Persona[]>('/demo/personas', undefined, signal), staleTime: Infinity });
  const enter = useMutation({ mutationFn: (persona: string) => request<Session>('POST', '/demo/session', { body: { persona } }), onSuccess: entered });
  return (
    <section aria-label={t('personas')}>
      <p className="soft">{t('demoLead')}</p>
      {enter.error ? <ErrorNote error={enter.error} /> : null}
      <Loaded of={personas}>
        {(data) => (
          <ul className="personas panel">
            {data.map((persona) => (
              <li key={persona.key}>
                <button type="button" onClick={() => enter.mutate(persona.key)} aria-busy={enter.isPending && enter.variables === persona.key}>
                  <i aria-hidden="true">{persona.name.slice(0, 1)}</i>
                  <span className="grow">
                    <b>{say(persona.title)}</b> <span className="muted">{persona.name}</span>
                    <small>{say(persona.about)}</small>
                  </span>
                  <Icon name="right" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function SignInForm() {
  const { t } = useTranslation('sign-in');
  const unknown = useTranslation().t('errors.networkDetail');
  const entered = useEntered();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [missing, setMissing] = useState<readonly Mistake[]>([]);
  const enter = useMutation({ mutationFn: () => request<Session>('POST', '/session', { body: { login: login.trim(), password } }), onSuccess: entered, onError: () => setAttempt((n) => n + 1) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: Mistake[] = [];
    if (login.trim() === '') found.push({ field: 'login', message: t('needLogin') });
    if (password === '') found.push({ field: 'password', message: t('needPassword') });
    setMissing(found);
    setAttempt((n) => n + 1);
    if (found.length === 0) enter.mutate();
    else enter.reset();
  };
  const refusal = mistakesOf(enter.error, unknown, '');
  const wrong = (field: string) => missing.find((one) => one.field === field)?.message;
  return (
    <form onSubmit={submit} noValidate className="door-form">
      <ErrorSummary mistakes={missing.length > 0 ? missing : refusal} attempt={attempt} {...(missing.length > 0 ? {} : { title: t('refused') })} />
      <TextField id="login" label={t('login')} value={login} onValue={setLogin} wrong={wrong('login')} autoComplete="username" autoCapitalize="none" spellCheck={false} />
      <TextField id="password" label={t('password')} type="password" value={password} onValue={setPassword} wrong={wrong('password')} autoComplete="current-password" />
      <Button type="submit" look="primary" size="lg" block busy={enter.isPending}>
        {enter.isPending ? t('busy') : t('action')}
      </Button>
      <p className="small muted">{t('help')}</p>
    </form>
  );
}
