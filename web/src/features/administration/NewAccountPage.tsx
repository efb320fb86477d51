/** A new account; its one-time password is given on its own page. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { intent, request } from '@/api/client';
import { keys } from '@/api/keys';
import { Crumbs } from '@/blocks/Crumbs';
import { PageHeading } from '@/blocks/Page';
import { EMPTY, newAccount, type AccountForm as Fields } from './account';
import { AccountForm } from './AccountForm';
import type { ManagedAccount } from './wire';
import './administration.css';

export default function NewAccountPage() {
  const { t } = useTranslation('administration');
  const [, go] = useLocation();
  const [key] = useState(intent);
  const [form, setForm] = useState(EMPTY);
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (made: Fields) => request<ManagedAccount>('POST', '/accounts', { body: newAccount(made), intent: key }),
    onSuccess: (account) => {
      void queries.invalidateQueries({ queryKey: keys.accounts });
      go(`/administration/accounts/${account.id}`);
    },
  });
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('accounts'), href: '/administration/accounts' }]} />
      <PageHeading title={t('newAccount')}>{t('newAccount')}</PageHeading>
      <AccountForm form={form} onForm={setForm} known={false} titles={{}} busy={make.isPending} error={make.error} onSave={(made) => make.mutate(made)} />
    </div>
  );
}
