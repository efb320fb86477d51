/** Where notices go out as mail: the server, who sends, and a message to try it with. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '@/api/client';
import { isProblem } from '@/api/problem';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary } from '@/kit/ErrorSummary';
import { TextField } from '@/kit/TextField';
import { Outbox, TriedNote } from './Outbox';
import { checkMail, isAddress, mailBody, mailForm, OUTGOING, TLS, useMail, type MailForm, type MailSettings, type Tried } from './outgoing';
import './administration.css';
import './outgoing.css';

export default function MailPage() {
  const { t } = useTranslation('administration');
  const mail = useMail();
  return (
    <div className="wrap desk-page">
      <PageHeading title={t('mail.title')}>{t('mail.title')}</PageHeading>
      <p className="soft">{t('mail.lead')}</p>
      <div className="outgoing-cols">
        <Loaded of={mail}>{(data) => <Settings key={data.version} of={data} />}</Loaded>
        <Outbox />
      </div>
    </div>
  );
}

function Settings({ of }: { readonly of: MailSettings }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [form, setForm] = useState(() => mailForm(of));
  const [attempt, setAttempt] = useState(0);
  const save = useMutation({
    mutationFn: (typed: MailForm) => request<MailSettings>('PUT', '/settings/mail', { body: mailBody(typed), version: of.version }),
    onSuccess: (after) => queries.setQueryData(OUTGOING.mail, after),
  });
  const set = (change: Partial<MailForm>) => setForm({ ...form, ...change });
  const wrong = attempt > 0 ? checkMail(form) : {};
  const mine = Object.entries(wrong).map(([field, mistake]) => ({ field: `mail-${field}`, message: t(`mail.wrong.${mistake}`) }));
  const theirs = isProblem(save.error) ? save.error.errors.map((one) => ({ field: `mail-${one.field}`, message: one.message })) : [];
  const mistakes = mine.length > 0 ? mine : theirs;
  const under = (field: string) => mistakes.find((one) => one.field === `mail-${field}`)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(checkMail(form)).length === 0) save.mutate(form);
  };
  return (
    <div className="stack-3">
      <form className="panel account-form outgoing-form" noValidate onSubmit={submit} aria-label={t('mail.title')}>
        <ErrorSummary mistakes={mistakes} attempt={attempt} />
        <label className="tick">
          <input type="checkbox" checked={form.active} onChange={(event) => set({ active: event.target.checked })} />
          <span>
            {t('mail.active')} <span className="muted small">{t('mail.activeHint')}</span>
          </span>
        </label>
        <div className="pair">
          <TextField id="mail-host" label={t('mail.host')} value={form.host} wrong={under('host')} onValue={(host) => set({ host })} autoComplete="off" autoCapitalize="off" spellCheck={false} placeholder="smtp.example.gov.cn" />
          <TextField id="mail-port" label={t('mail.port')} value={form.port} wrong={under('port')} onValue={(port) => set({ port })} inputMode="numeric" autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor="mail-tls">{t('mail.tls')}</label>
          <select id="mail-tls" className="input" value={form.tls} onChange={(event) => set({ tls: TLS.find((one) => one === event.target.value) ?? 'starttls' })}>
            {TLS.map((one) => (
              <option key={one} value={one}>
                {t(`mail.tlsOf.${one}`)}
              </option>
            ))}
          </select>
          {form.tls === 'none' ? <span className="hint warn">{t('mail.tlsNone')}</span> : null}
        </div>
        <TextField id="mail-user" label={t('mail.user')} hint={t('mail.userHint')} value={form.user} wrong={under('user')} onValue={(user) => set({ user })} autoComplete="off" autoCapitalize="off" spellCheck={false} />
        <TextField id="mail-password" label={t('mail.password')} hint={of.has_password ? t('mail.passwordKept') : t('mail.passwordNone')} type="password" value={form.password} wrong={under('password')} onValue={(password) => set({ password })} autoComplete="new-password" />
        <TextField id="mail-from" label={t('mail.from')} hint={t('mail.fromHint')} value={form.from} wrong={under('from')} onValue={(from) => set({ from })} autoComplete="off" autoCapitalize="off" spellCheck={false} />
        {save.error && theirs.length === 0 ? <ErrorNote error={save.error} /> : null}
        <div className="row wrap-row">
          <Button type="submit" look="primary" busy={save.isPending}>
            {t('save')}
          </Button>
          {save.isSuccess || of.version > 0 ? <span className="small muted">{t('outgoing.version', { count: of.version })}</span> : null}
        </div>
      </form>
      <Try active={of.active} />
    </div>
  );
}

/** Goes out with what is saved, not with what is typed above. */
function Try({ active }: { readonly active: boolean }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [to, setTo] = useState('');
  const [wrong, setWrong] = useState('');
  const trial = useMutation({
    mutationFn: () => request<Tried>('POST', '/settings/mail/try', { body: { to: to.trim() } }),
    onSettled: () => queries.invalidateQueries({ queryKey: OUTGOING.outbox }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isAddress(to)) return setWrong(t('mail.needTo'));
    trial.mutate();
  };
  return (
    <form className="panel outgoing-try" noValidate onSubmit={submit} aria-labelledby="mail-try">
      <h2 id="mail-try">{t('mail.try')}</h2>
      <p className="small soft" id="try-why">
        {active ? t('mail.tryWhy') : t('mail.tryOff')}
      </p>
      <TextField
        label={t('mail.to')} value={to} wrong={wrong} inputMode="email" autoComplete="email" spellCheck={false}
        onValue={(typed) => {
          setTo(typed);
          setWrong('');
        }}
      />
      {trial.error ? <ErrorNote error={trial.error} /> : null}
      {trial.data ? <TriedNote of={trial.data} good={t('mail.tried')} /> : null}
      <div className="row wrap-row">
        <Button type="submit" busy={trial.isPending} {...(active ? {} : { refusedBy: 'try-why' })}>
          {t('mail.tryAction')}
        </Button>
      </div>
    </form>
  );
}
