/** 我的资料: every fact that policies are checked against, with who gave it and when, and the years side by side. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel, useRecord } from '@/api/hooks';
import type { FirmFacts } from '@/api/facts';
import type { FullRecord, Model } from '@/api/types';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { Contests } from './Contests';
import { FactRow } from './FactRow';
import { FactYears } from './FactYears';
import { factGroups } from './facts';
import { useFirmFacts } from './queries';
import { useWhich } from './which';
import './facts.css';

export default function FactsPage() {
  const { t } = useTranslation('my-firm');
  const { firm } = useWhich();
  const model = useModel();
  const record = useRecord('enterprise', firm);
  const sheet = useFirmFacts(firm);
  const all = {
    data: model.data && record.data && sheet.data ? { model: model.data, record: record.data, sheet: sheet.data } : undefined,
    error: model.error ?? record.error ?? sheet.error,
    refetch: () => Promise.all([model.refetch(), record.refetch(), sheet.refetch()]),
  };
  return (
    <div className="wrap facts">
      <PageHeading title={t('facts.title')}>{t('facts.title')}</PageHeading>
      <p className="soft">{t('facts.lead')}</p>
      <Loaded of={all} waiting={<SkeletonRows rows={8} />}>
        {(data) => <Facts {...data} firm={firm} />}
      </Loaded>
    </div>
  );
}

interface Props {
  readonly model: Model;
  readonly record: FullRecord;
  readonly sheet: FirmFacts;
  readonly firm: string;
}

function Facts({ model, record, sheet, firm }: Props) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const [find, setFind] = useState('');
  const own = model.records.find((one) => one.name === 'enterprise');
  if (!own) return null;
  const missing = own.fields.filter((field) => !field.yearly && field.name in record.values && record.values[field.name] === null).length;
  const groups = factGroups(own, record, find);
  return (
    <>
      <Contests contests={sheet.contests} />
      <div className="facts-find">
        <TextField label={t('facts.find')} type="search" value={find} onValue={setFind} autoComplete="off" />
        {missing === 0 ? null : <p className="small soft">{t('facts.missing', { count: missing })}</p>}
      </div>
      {groups.length === 0 ? (
        <Empty title={t('facts.none')} why={t('facts.noneWhy')}>
          <Button onClick={() => setFind('')}>{t('facts.clear')}</Button>
        </Empty>
      ) : null}
      {groups.map((group) => (
        <section key={group.name} className="fact-group" aria-labelledby={`group-${group.name}`}>
          <div className="ruled">
            <h2 id={`group-${group.name}`}>{group.label ? say(group.label) : t('facts.other')}</h2>
          </div>
          <ul>
            {group.plain.map((field) => (
              <FactRow key={field.name} field={field} value={record.values[field.name]} record={record} fact={sheet.facts.find((fact) => fact.field === field.name)} firm={firm} />
            ))}
          </ul>
          {group.yearly.length === 0 ? null : <FactYears fields={group.yearly} record={record} sheet={sheet} firm={firm} />}
        </section>
      ))}
    </>
  );
}
