/** The fields of an account, new or known; what was typed is kept by the page. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { CodeSelect } from '@/blocks/CodeSelect';
import { RefSelect } from '@/blocks/RefSelect';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary } from '@/kit/ErrorSummary';
import { TextField } from '@/kit/TextField';
import { useSay } from '@/kit/language';
import { checkAccount, type AccountForm as Fields } from './account';
import { useRoles } from './roles';

interface Props {
  readonly form: Fields;
  readonly onForm: (form: Fields) => void;
  readonly known: boolean;
  readonly titles: Readonly<Partial<Record<keyof Fields, string>>>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (form: Fields) => void;
}

const REFS = [['organisation', 'organisation'], ['firm', 'enterprise'], ['park', 'park']] as const;

export function AccountForm({ form, onForm, known, titles, busy, error, onSave }: Props) {
  const { t } = useTranslation('administration');
  const records = useModel().data?.records ?? [];
  const roles = useRoles();
  const say = useSay();
  const [attempt, setAttempt] = useState(0);
  const [touched, setTouched] = useState(true);
  const set = (change: Partial<Fields>) => {
    onForm({ ...form, ...change });
    setTouched(true);
  };
  const mine = attempt > 0 ? Object.entries(checkAccount(form)).map(([field, wrong]) => ({ field, message: t(`wrong.${wrong}`) })) : [];
  const theirs = !touched && isProblem(error) ? error.errors.map((one) => ({ field: one.field, message: one.message })) : [];
  const mistakes = [...mine, ...theirs];
  const wrong = (field: keyof Fields) => mistakes.find((one) => one.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(checkAccount(form)).length > 0) return;
    setTouched(false);
    onSave(form);
  };
  const under = (field: keyof Fields) => {
    const message = wrong(field);
    return message ? (
      <span className="wrong" id={`${field}-wrong`}>
        {message}
      </span>
    ) : null;
  };
  return (
    <form className="panel account-form" noValidate onSubmit={submit} aria-label={t('account')}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {known ? null : <TextField id="login" label={t('login')} hint={t('loginHint')} value={form.login} wrong={wrong('login')} onValue={(login) => set({ login })} autoComplete="off" autoCapitalize="off" spellCheck={false} />}
      <TextField id="name" label={t('name')} value={form.name} wrong={wrong('name')} onValue={(name) => set({ name })} autoComplete="off" maxLength={60} />
      <fieldset className="field" id="roles" tabIndex={-1} aria-describedby={wrong('roles') ? 'roles-wrong' : undefined}>
        <legend>{t('rolesOf')}</legend>
        {roles.map((role) => (
          <label key={role.name} className="tick">
            <input type="checkbox" checked={form.roles.includes(role.name)} onChange={() => set({ roles: form.roles.includes(role.name) ? form.roles.filter((one) => one !== role.name) : [...form.roles, role.name] })} />
            <span>
              {say(role.label)}
              {role.about ? <span className="muted small"> {say(role.about)}</span> : null}
            </span>
          </label>
        ))}
        {under('roles')}
      </fieldset>
      {REFS.filter(([, record]) => records.some((one) => one.name === record)).map(([field, record]) => (
        <div className="field" key={field}>
          <label htmlFor={field}>{t(`belongs.${field}`)}</label>
          <RefSelect id={field} record={record} value={form[field]} title={titles[field]} none={t('none')} invalid={Boolean(wrong(field))} describedBy={wrong(field) ? `${field}-wrong` : undefined} onChoose={(id) => set({ [field]: id })} />
          {under(field)}
        </div>
      ))}
      <div className="field">
        <label htmlFor="region">{t('belongs.region')}</label>
        <CodeSelect id="region" list="region" value={form.region} none={t('none')} onChoose={(region) => set({ region })} />
        <span className="hint">{t('regionHint')}</span>
        {under('region')}
      </div>
      {error && theirs.length === 0 && !touched ? <ErrorNote error={error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" busy={busy}>
          {known ? t('save') : t('create')}
        </Button>
        <ButtonLink href="/administration/accounts">{t('toAccounts')}</ButtonLink>
      </div>
    </form>
  );
}
