/** Where the reader's notices also go as mail; empty means nowhere. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { get, request } from '@/api/client';
import { isProblem } from '@/api/problem';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { TextField } from '@/kit/TextField';

interface Address {
  readonly version: number;
  readonly address: string | null;
}
const KEY = ['settings', 'my-mail'] as const;

/** Not shown where it cannot be read: the notices themselves do not depend on it. */
export function MyMail() {
  const mine = useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<Address>('/settings/my-mail', undefined, signal) });
  return mine.data ? <Form key={mine.data.version} of={mine.data} /> : null;
}

function Form({ of }: { readonly of: Address }) {
  const { t } = useTranslation('notices');
  const queries = useQueryClient();
  const [address, setAddress] = useState(of.address ?? '');
  const save = useMutation({
    mutationFn: () => request<Address>('PUT', '/settings/my-mail', { body: { address: address.trim() }, version: of.version }),
    onSuccess: (after) => queries.setQueryData(KEY, after),
  });
  const wrong = isProblem(save.error) ? save.error.errors[0]?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="panel pad my-mail" noValidate onSubmit={submit} aria-label={t('mail.title')}>
      <TextField label={t('mail.title')} hint={of.address === null || of.address === '' ? t('mail.none') : t('mail.on')} value={address} wrong={wrong} onValue={setAddress} type="email" autoComplete="email" spellCheck={false} />
      <Button type="submit" busy={save.isPending} {...(address.trim() === (of.address ?? '') ? { refusedBy: 'mail-same' } : {})}>
        {t('mail.save')}
      </Button>
      <span className="sr" id="mail-same">
        {t('mail.same')}
      </span>
      {save.error && wrong === undefined ? <ErrorNote error={save.error} /> : null}
    </form>
  );
}
