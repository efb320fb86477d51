/** A new record. A child's parent may come with the address: `/work/policy_clause/new?policy=pol_1`. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearch } from 'wouter';
import { intent } from '@/api/client';
import { useModel, useSession } from '@/api/hooks';
import type { RecordModel, Value } from '@/api/types';
import { Empty } from '@/kit/Empty';
import { ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { Form } from './Form';
import { FormPage } from './FormPage';
import { formYears, setTyped, stateOf, type FormState } from './form';
import { UnknownRecord } from './UnknownRecord';
import './work.css';

/** An empty form with the values that the address gives to fields of the model. */
export function startOf(model: RecordModel, search: string, years: readonly string[]): FormState {
  const given: ReadonlyArray<readonly [string, Value]> = [...new URLSearchParams(search)];
  let state = stateOf(model, { values: {}, years: {} }, years);
  for (const [name, value] of given) {
    const field = model.fields.find((one) => one.name === name && !one.yearly && !one.read_only);
    if (field && typeof value === 'string' && ['ref', 'code', 'text', 'date'].includes(field.type)) state = setTyped(state, name, value);
  }
  return state;
}

export default function NewPage() {
  const { record = '' } = useParams<{ record: string }>();
  const { t } = useTranslation('work');
  const say = useSay();
  const model = useModel();
  const own = model.data?.records.find((one) => one.name === record);
  if (model.error) {
    return (
      <FormPage crumbs={[{ label: t('title'), href: '/work/records' }]} title={t('list.new')}>
        <ErrorNote error={model.error} onRetry={() => void model.refetch()} />
      </FormPage>
    );
  }
  if (!model.data) return <SkeletonPage />;
  if (!own) return <UnknownRecord />;
  const label = say(own.label);
  const crumbs = [
    { label: t('title'), href: '/work/records' },
    { label, href: `/work/${record}` },
  ];
  return (
    <FormPage crumbs={crumbs} title={t('newOf', { label })}>
      {own.can_create ? (
        <Fresh key={record} model={own} />
      ) : (
        <Empty title={t('form.refused')} why={t('form.refusedCreate')}>
          <ButtonLink href={`/work/${record}`}>{t('form.cancel')}</ButtonLink>
        </Empty>
      )}
    </FormPage>
  );
}

function Fresh({ model }: { readonly model: RecordModel }) {
  const search = useSearch();
  const today = useSession().data?.installation.as_of ?? '';
  const years = formYears(Number(today.slice(0, 4)) || 0, []);
  const [start] = useState(() => startOf(model, search, years));
  const [key] = useState(intent);
  return <Form model={model} record={null} start={start} years={years} titles={{}} intent={key} back={`/work/${model.name}`} />;
}
