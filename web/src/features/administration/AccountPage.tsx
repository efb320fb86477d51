/** One account: its fields, a one-time password, disabling, and what happened to it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { request } from '@/api/client';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import { isProblem } from '@/api/problem';
import { Crumbs } from '@/blocks/Crumbs';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { accountPatch, formOf, type AccountForm as Fields } from './account';
import { AccountForm } from './AccountForm';
import { Entries } from './Entries';
import { useAccount, type ManagedAccount } from './wire';
import './administration.css';

export default function AccountPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { t } = useTranslation('administration');
  const account = useAccount(id);
  const title = account.data ? account.data.name : t('account');
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('accounts'), href: '/administration/accounts' }]} />
      <PageHeading title={title}>{title}</PageHeading>
      <Loaded of={account}>{(data) => <Known account={data} />}</Loaded>
    </div>
  );
}

function Known({ account }: { readonly account: ManagedAccount }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const queries = useQueryClient();
  const path = `/accounts/${encodeURIComponent(account.id)}`;
  const settle = (after: ManagedAccount) => {
    queries.setQueryData([...keys.accounts, after.id], after);
    void queries.invalidateQueries({ queryKey: keys.accounts });
    void queries.invalidateQueries({ queryKey: keys.administration });
  };
  const save = useMutation({
    mutationFn: (patch: Readonly<Record<string, unknown>>) => request<ManagedAccount>('PATCH', path, { body: patch, version: account.version }),
    onSuccess: settle,
    // Somebody else was first: the form shows the account as it is now.
    onError: (error) => (isProblem(error) && error.status === 412 ? void queries.invalidateQueries({ queryKey: keys.accounts }) : undefined),
  });
  const titles = { organisation: say(account.organisation?.name), firm: say(account.firm?.name), park: say(account.park?.name) };
  return (
    <>
      <p className="muted small mono">{account.login}</p>
      {save.isSuccess ? (
        <p className="good saved" role="status">
          {t('saved')}
        </p>
      ) : null}
      {isProblem(save.error) && save.error.status === 412 ? <ErrorNote error={save.error} /> : null}
      <div className="account-cols">
        <AccountForm key={account.version} start={formOf(account)} known titles={titles} busy={save.isPending} error={save.error} onSave={(form: Fields) => save.mutate(accountPatch(formOf(account), form))} />
        <aside aria-label={t('actions')}>
          <section className="panel account-acts" aria-labelledby="acts">
            <h2 id="acts">{t('actions')}</h2>
            <OneTime account={account} path={path} />
            <Disabling account={account} busy={save.isPending} onChange={(disabled) => save.mutate({ disabled })} />
          </section>
        </aside>
      </div>
      <section className="panel below" aria-labelledby="account-history">
        <div className="panel-h">
          <h2 id="account-history">{t('history')}</h2>
        </div>
        <Entries path={`${path}/history`} within="account" />
      </section>
    </>
  );
}

/** Shown once: it is not kept anywhere, and a second one makes the first useless. */
function OneTime({ account, path }: { readonly account: ManagedAccount; readonly path: string }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const give = useMutation({
    mutationFn: () => request<{ readonly password: string }>('POST', `${path}/password`),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.accounts }),
    onSettled: () => setAsking(false),
  });
  return (
    <div>
      <Button block onClick={() => setAsking(true)}>
        {t('giveOneTime')}
      </Button>
      <p className="small muted">{account.has_password ? t('oneTimeWhy') : t('oneTimeFirst')}</p>
      {give.data ? (
        <div className="good one-time" role="status">
          <p>{t('oneTime')}</p>
          <p className="mono secret">{give.data.password}</p>
          <p className="small">{t('oneTimeOnce')}</p>
        </div>
      ) : null}
      {give.error ? <ErrorNote error={give.error} /> : null}
      {asking ? (
        <Confirm title={t('confirmOneTime', { name: account.name })} action={t('giveOneTime')} busy={give.isPending} onNo={() => setAsking(false)} onYes={() => give.mutate()}>
          <p>{t('confirmOneTimeText')}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function Disabling({ account, busy, onChange }: { readonly account: ManagedAccount; readonly busy: boolean; readonly onChange: (disabled: boolean) => void }) {
  const { t } = useTranslation('administration');
  const own = useSession().data?.account?.id === account.id;
  const [asking, setAsking] = useState(false);
  if (account.disabled) {
    return (
      <div>
        <Button block busy={busy} onClick={() => onChange(false)}>
          {t('enable')}
        </Button>
        <p className="small muted">{t('isDisabled')}</p>
      </div>
    );
  }
  return (
    <div>
      <Button block busy={busy} {...(own ? { refusedBy: 'not-self' } : {})} onClick={() => setAsking(true)}>
        {t('disable')}
      </Button>
      {own ? (
        <p className="small muted" id="not-self">
          {t('notSelf')}
        </p>
      ) : null}
      {asking ? (
        <Confirm
          title={t('confirmDisable', { name: account.name })} action={t('disable')} onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            onChange(true);
          }}
        >
          <p>{t('confirmDisableText')}</p>
        </Confirm>
      ) : null}
    </div>
  );
}
