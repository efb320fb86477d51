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
import { CopyButton } from '@/kit/CopyButton';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { accountPatch, formOf, rebase, sameForm } from './account';
import { AccountForm } from './AccountForm';
import { Entries } from './Entries';
import { isAccount, useAccount, type ManagedAccount } from './wire';
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
      <Loaded of={account}>{(data) => <Known key={data.id} account={data} />}</Loaded>
    </div>
  );
}

/**
 * Invariant: `base` is the account that `form` is compared with. It follows what does not touch the form (a new password,
 * disabling) at once; what somebody else wrote into the same fields only after a save was refused and said so.
 */
function Known({ account }: { readonly account: ManagedAccount }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const queries = useQueryClient();
  const [base, setBase] = useState(account);
  const [form, setForm] = useState(() => formOf(account));
  const path = `/accounts/${encodeURIComponent(account.id)}`;
  const follow = (now: ManagedAccount) => {
    setForm((typed) => rebase(formOf(base), typed, formOf(now)));
    setBase(now);
  };
  if (account.version > base.version && sameForm(formOf(base), formOf(account))) follow(account);
  const settle = (after: ManagedAccount) => {
    follow(after);
    queries.setQueryData([...keys.accounts, after.id], after);
    void queries.invalidateQueries({ queryKey: keys.accounts });
    void queries.invalidateQueries({ queryKey: keys.administration });
  };
  const save = useMutation({
    mutationFn: (patch: Readonly<Record<string, unknown>>) => request<ManagedAccount>('PATCH', path, { body: patch, version: base.version }),
    onSuccess: settle,
    // Somebody else was first: theirs where nothing was typed, what was typed elsewhere.
    onError: (error) => {
      if (!isProblem(error) || error.status !== 412) return;
      if (isAccount(error.current)) settle(error.current);
      else void queries.invalidateQueries({ queryKey: keys.accounts });
    },
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
        <AccountForm form={form} onForm={setForm} known titles={titles} busy={save.isPending} error={save.error} onSave={(typed) => save.mutate(accountPatch(formOf(base), typed))} />
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

/** Shown once: it is not kept anywhere, not in the cache either, and a second one makes the first useless. */
function OneTime({ account, path }: { readonly account: ManagedAccount; readonly path: string }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const give = useMutation({
    mutationFn: () => request<{ readonly password: string }>('POST', `${path}/password`),
    gcTime: 0,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.accounts });
      void queries.invalidateQueries({ queryKey: keys.administration });
    },
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
          <div className="row wrap-row">
            <code id="one-time" className="mono secret">
              {give.data.password}
            </code>
            <CopyButton of="one-time" />
          </div>
          <p className="small">{t('oneTimeOnce')}</p>
          <Button size="sm" onClick={() => give.reset()}>
            {t('oneTimeDone')}
          </Button>
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
