/** 我的资料: every fact that policies are checked against, with who gave it and when, and the years side by side. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useModel, useRecord } from '@/api/hooks';
import type { FieldModel, FullRecord, Model, RecordModel, Value } from '@/api/types';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { useWords } from '@/blocks/values';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { factGroups, recentYears } from './facts';
import { askKey } from './question';
import { useWhich } from './which';
import './facts.css';

export default function FactsPage() {
  const { t } = useTranslation('my-firm');
  const { firm } = useWhich();
  const model = useModel();
  const record = useRecord('enterprise', firm);
  const both = {
    data: model.data && record.data ? { model: model.data, record: record.data } : undefined,
    error: model.error ?? record.error,
    refetch: () => Promise.all([model.refetch(), record.refetch()]),
  };
  return (
    <div className="wrap facts">
      <PageHeading title={t('facts.title')}>{t('facts.title')}</PageHeading>
      <p className="soft">{t('facts.lead')}</p>
      <Loaded of={both} waiting={<SkeletonRows rows={8} />}>
        {(data) => <Facts {...data} />}
      </Loaded>
    </div>
  );
}

function Facts({ model, record }: { readonly model: Model; readonly record: FullRecord }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const [find, setFind] = useState('');
  const own = model.records.find((one) => one.name === 'enterprise');
  if (!own) return null;
  const missing = own.fields.filter((field) => !field.yearly && field.name in record.values && record.values[field.name] === null).length;
  const groups = factGroups(own, record, find);
  return (
    <>
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
              <Fact key={field.name} field={field} value={record.values[field.name]} record={record} model={model} />
            ))}
          </ul>
          {group.yearly.length === 0 ? null : <Years fields={group.yearly} record={record} model={model} own={own} />}
        </section>
      ))}
    </>
  );
}

function useSource(model: Model): (name: string) => string {
  const say = useSay();
  return (name) => say(model.sources.find((source) => source.name === name)?.label) || name;
}

interface FactProps {
  readonly field: FieldModel;
  readonly value: Value | undefined;
  readonly record: FullRecord;
  readonly model: Model;
}

function Fact({ field, value, record, model }: FactProps) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const words = useWords('enterprise', [field.name]);
  const source = useSource(model);
  const note = record.facts[field.name];
  const unknown = value === null || value === undefined;
  return (
    <li className="fact">
      <span className="name">{say(field.label)}</span>
      <span className={unknown ? 'muted' : 'value'}>
        {words.value(field.name, value, record.titles)}
        {note?.contested ? <span className="tag"> {t('facts.contested')}</span> : null}
      </span>
      <span className="src">
        {note ? `${source(note.source)} ${note.as_of ?? ''}` : unknown && !field.read_only ? <Link href={`/my-firm?ask=${askKey(field.name, null)}`} aria-label={`${t('facts.answer')}：${say(field.label)}`}>{t('facts.answer')}</Link> : null}
      </span>
    </li>
  );
}

function Years({ fields, record, model, own }: { readonly fields: readonly FieldModel[]; readonly record: FullRecord; readonly model: Model; readonly own: RecordModel }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const words = useWords(own.name, []);
  const source = useSource(model);
  const years = recentYears(record);
  return (
    <div className="years" role="group" aria-label={t('facts.yearly')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('facts.name')}</th>
            {years.map((year) => (
              <th key={year} scope="col" className="r">
                {year}
              </th>
            ))}
            <th scope="col">{t('facts.source')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const note = record.facts[field.name];
            return (
              <tr key={field.name}>
                <th scope="row">{say(field.label)}</th>
                {years.map((year) => {
                  const value = record.years[year]?.[field.name] ?? null;
                  return (
                    <td key={year} className={value === null ? 'r muted' : 'r'}>
                      {words.value(field.name, value)}
                    </td>
                  );
                })}
                <td className="src">
                  {note ? `${source(note.source)} ${note.as_of ?? ''}` : ''}
                  {note?.contested ? <span className="tag">{t('facts.contested')}</span> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
