/** Another record, found by its name among those the reader sees. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { keys } from '@/api/keys';
import type { FullRecord, Words } from '@/api/types';
import { say } from '@/lib/text';
import { Combobox } from '@/kit/Combobox';
import { useLang } from '@/kit/language';

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly record: string;
  readonly value: string;
  /** Its title, when already known. */
  readonly title?: string | undefined;
  readonly onChoose: (id: string, title: string) => void;
  readonly none?: string;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
}

interface Titled {
  readonly id: string;
  readonly title: Words;
}

export function RefSelect({ id, label, record, value, title, onChoose, none, invalid = false, describedBy }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const [typed, setTyped] = useState<string | null>(null);
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<{ readonly id: string; readonly title: string } | null>(null);
  useEffect(() => {
    const soon = setTimeout(() => setQ(typed ?? ''), 200);
    return () => clearTimeout(soon);
  }, [typed]);
  const found = useQuery({
    queryKey: keys.reference(record, q),
    queryFn: ({ signal }) => get<readonly Titled[]>(`/reference/${record}`, { q }, signal),
    enabled: typed !== null,
    placeholderData: keepPreviousData,
  });
  const known = chosen?.id === value ? chosen.title : title;
  const named = useQuery({
    queryKey: keys.record(record, value),
    queryFn: ({ signal }) => get<FullRecord>(`/records/${record}/${encodeURIComponent(value)}`, undefined, signal),
    enabled: value !== '' && known === undefined,
  });
  const options = (found.data ?? []).map((one) => ({ value: one.id, label: say(one.title, lang) }));
  return (
    <Combobox
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { label })}
      value={value}
      shown={value === '' ? '' : (known ?? (say(named.data?.title, lang) || value))}
      options={options}
      onType={setTyped}
      busy={found.isFetching}
      onChoose={(next) => {
        const picked = options.find((one) => one.value === next)?.label ?? '';
        setChosen({ id: next, title: picked });
        onChoose(next, picked);
      }}
      placeholder={none ?? t('choose')}
      invalid={invalid}
      describedBy={describedBy}
    />
  );
}
