/** Any record in full: facts by group with who said so, years side by side, children, history, and what may be done. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useModel, useRecord } from '@/api/hooks';
import type { FullRecord, RecordModel } from '@/api/types';
import { Crumbs } from '@/blocks/Crumbs';
import { FirmCounts } from '@/blocks/FirmCounts';
import { PageHeading } from '@/blocks/Page';
import { ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonPage } from '@/kit/Skeleton';
import { Actions } from './Actions';
import { Attachments } from './Attachments';
import { Children } from './Children';
import { Facts } from './Facts';
import { History } from './History';
import { remember } from './recent';
import { SavedNotice } from './SavedNotice';
import { UnknownRecord } from './UnknownRecord';
import { Years } from './Years';
import './work.css';

export default function DetailPage() {
  const { record = '', id = '' } = useParams<{ record: string; id: string }>();
  const { t } = useTranslation('work');
  const say = useSay();
  const model = useModel();
  const full = useRecord(record, id);
  const own = model.data?.records.find((one) => one.name === record);
  if (model.data && !own) return <UnknownRecord />;
  if (own && full.data) return <Detail key={id} model={own} record={full.data} />;
  const error = model.error ?? full.error;
  if (!error) return <SkeletonPage />;
  const label = own ? say(own.label) : t('title');
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('title'), href: '/work/records' }, { label, href: `/work/${record}` }]} />
      <PageHeading title={label}>{label}</PageHeading>
      <ErrorNote error={error} onRetry={() => void (model.error ? model.refetch() : full.refetch())}>
        <ButtonLink href={`/work/${record}`} size="sm">
          {t('detail.toList')}
        </ButtonLink>
      </ErrorNote>
    </div>
  );
}

function Detail({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const say = useSay();
  const title = say(record.title) || record.id;
  useEffect(() => remember({ record: record.record, id: record.id, title }), [record.record, record.id, title]);
  return (
    <div className="wrap desk-page detail-page">
      <Crumbs items={[{ label: t('title'), href: '/work/records' }, { label: say(model.label), href: `/work/${model.name}` }]} />
      <div className="desk-head">
        <div>
          <PageHeading title={title}>{title}</PageHeading>
          <p className="small muted ids">
            <span>{say(model.label)}</span>
            <span>{record.id}</span>
            <span>{t('detail.version', { count: record.version })}</span>
          </p>
        </div>
      </div>
      <SavedNotice model={model} record={record} />
      <div className="detail-cols">
        <div className="stack">
          <Facts model={model} record={record} />
          <Years model={model} record={record} />
          {record.record === 'policy' ? <Attachments record={record} /> : null}
          <Children record={record} names={model.children} />
          <History model={model} record={record} />
        </div>
        <aside className="stack" aria-label={t('detail.aside')}>
          <Actions model={model} record={record} />
          {model.name === 'policy' ? <FirmCounts policy={record.id} /> : null}
        </aside>
      </div>
    </div>
  );
}
