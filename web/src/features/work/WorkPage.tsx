/** The desk: every register the reader may see with its count, and the records last opened. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { get } from '@/api/client';
import { useModel } from '@/api/hooks';
import { keys } from '@/api/keys';
import type { ItemPage, Model, RecordModel } from '@/api/types';
import { number } from '@/lib/numbers';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { readRecent } from './recent';
import './work.css';

/** Record types that stand on their own, each with its children. */
export function registers(model: Model): ReadonlyArray<{ readonly own: RecordModel; readonly children: readonly RecordModel[] }> {
  const below = new Set(model.records.flatMap((record) => record.children));
  return model.records
    .filter((record) => !below.has(record.name))
    .map((own) => ({ own, children: model.records.filter((record) => own.children.includes(record.name)) }));
}

export default function WorkPage() {
  const { t } = useTranslation('work');
  const model = useModel();
  return (
    <div className="wrap desk-page work-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft">{t('lead')}</p>
      <div className="work-cols">
        <section className="panel" aria-labelledby="registers">
          <div className="panel-h">
            <h2 id="registers">{t('registers')}</h2>
          </div>
          <Loaded of={model} waiting={<div className="pad"><SkeletonRows rows={4} /></div>}>
            {(data) =>
              data.records.length === 0 ? (
                <Empty title={t('noRegisters')} why={t('noRegistersWhy')} />
              ) : (
                <ul className="registers">
                  {registers(data).map(({ own, children }) => (
                    <Register key={own.name} own={own}>
                      {children}
                    </Register>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </section>
        <RecentList />
      </div>
    </div>
  );
}

function Register({ own, children }: { readonly own: RecordModel; readonly children: readonly RecordModel[] }) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const say = useSay();
  const count = useQuery({
    queryKey: keys.records(own.name, { limit: 1 }),
    queryFn: ({ signal }) => get<ItemPage>(`/records/${own.name}`, { limit: 1 }, signal),
  });
  return (
    <li>
      <div className="grow">
        <h3>
          <Link href={`/work/${own.name}`}>{say(own.label)}</Link>
        </h3>
        <p className="small muted">
          {t(`archetype.${own.archetype}`)}
          {children.length === 0 ? '' : t('with')}
          {children.map((child, at) => (
            <span key={child.name}>
              {at === 0 ? '' : common('comma')}
              <Link href={`/work/${child.name}`}>{say(child.label)}</Link>
            </span>
          ))}
        </p>
      </div>
      <span className="big">{count.data ? number(count.data.total) : count.error ? <span className="muted small">{t('noCount')}</span> : ' '}</span>
      {own.can_create ? (
        <Link href={`/work/${own.name}/new`} className="btn sm" aria-label={t('newOf', { label: say(own.label) })}>
          <Icon name="plus" />
          {t('list.new')}
        </Link>
      ) : null}
    </li>
  );
}

function RecentList() {
  const { t } = useTranslation('work');
  const say = useSay();
  const model = useModel().data;
  const recent = readRecent();
  return (
    <section className="panel" aria-labelledby="recent">
      <div className="panel-h">
        <h2 id="recent">{t('recent')}</h2>
      </div>
      {recent.length === 0 ? (
        <Empty title={t('noRecent')} why={t('noRecentWhy')} />
      ) : (
        <ul className="recent">
          {recent.map((one) => (
            <li key={one.id}>
              <Link href={`/work/${one.record}/${one.id}`}>{one.title}</Link>
              <span className="muted small">{say(model?.records.find((record) => record.name === one.record)?.label)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
