/** Changing a record. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useModel, useRecord, useSession } from '@/api/hooks';
import type { FullRecord, RecordModel } from '@/api/types';
import { ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { Form } from './Form';
import { FormPage } from './FormPage';
import { formYears, stateOf } from './form';
import { UnknownRecord } from './UnknownRecord';
import './work.css';

export default function EditPage() {
  const { record = '', id = '' } = useParams<{ record: string; id: string }>();
  const { t } = useTranslation('work');
  const say = useSay();
  const model = useModel();
  const full = useRecord(record, id);
  const own = model.data?.records.find((one) => one.name === record);
  if (model.data && !own) return <UnknownRecord />;
  const back = `/work/${record}/${id}`;
  const crumbs = [
    { label: t('title'), href: '/work/records' },
    { label: say(own?.label) || record, href: `/work/${record}` },
    { label: say(full.data?.title) || id, href: back },
  ];
  const error = model.error ?? full.error;
  if (error) {
    return (
      <FormPage crumbs={crumbs} title={t('form.editTitle')}>
        <ErrorNote error={error} onRetry={() => void (model.error ? model.refetch() : full.refetch())} />
      </FormPage>
    );
  }
  if (!own || !full.data) return <SkeletonPage />;
  return (
    <FormPage crumbs={crumbs} title={t('form.editOf', { title: say(full.data.title) || id })}>
      {full.data.can.update.allowed ? (
        <Opened key={id} model={own} record={full.data} back={back} />
      ) : (
        <Empty title={t('form.refused')} why={say(full.data.can.update.reason)}>
          <ButtonLink href={back}>{t('form.cancel')}</ButtonLink>
        </Empty>
      )}
    </FormPage>
  );
}

/** Years offered at most. */
const ALL = 6;

/** The record as it was when the form was opened: a refresh behind it must not move what is compared with. */
function Opened({ model, record, back }: { readonly model: RecordModel; readonly record: FullRecord; readonly back: string }) {
  const [opened] = useState(record);
  const [more, setMore] = useState(3);
  const today = useSession().data?.installation.as_of ?? '';
  const latest = Number(today.slice(0, 4)) || 0;
  const years = formYears(latest, Object.keys(opened.years), more);
  const [start] = useState(() => stateOf(model, opened, [...new Set([...years, ...formYears(latest, Object.keys(opened.years), ALL)])]));
  return <Form model={model} record={opened} start={start} years={years} titles={opened.titles ?? {}} intent="" back={back} onMoreYears={more < ALL ? () => setMore(ALL) : undefined} />;
}
