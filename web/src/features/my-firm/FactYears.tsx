/** Yearly facts with the years side by side; under each the acts of its latest year on file. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirmFacts } from '@/api/facts';
import type { FieldModel, FullRecord } from '@/api/types';
import { useWords } from '@/blocks/values';
import { useSay } from '@/kit/language';
import { ClaimForm } from './ClaimForm';
import { Acts, Marks, Words } from './FactRow';
import { recentYears } from './facts';

interface Props {
  readonly fields: readonly FieldModel[];
  readonly record: FullRecord;
  readonly sheet: FirmFacts;
  readonly firm: string;
}

export function FactYears({ fields, record, sheet, firm }: Props) {
  const { t } = useTranslation('my-firm');
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
          {fields.map((field) => (
            <Line key={field.name} field={field} years={years} record={record} sheet={sheet} firm={firm} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ field, years, record, sheet, firm }: Omit<Props, 'fields'> & { readonly field: FieldModel; readonly years: readonly string[] }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const words = useWords('enterprise', []);
  const [claiming, setClaiming] = useState(false);
  const facts = sheet.facts.filter((fact) => fact.field === field.name);
  const latest = facts[0];
  const counts = latest?.words.find((word) => word.counts);
  return (
    <>
      <tr>
        <th scope="row">{say(field.label)}</th>
        {years.map((year) => {
          const value = record.years[year]?.[field.name] ?? null;
          const fact = facts.find((one) => String(one.year) === year);
          return (
            <td key={year} className={value === null ? 'r muted' : 'r'}>
              {fact?.band ? t('facts.band', { band: say(fact.band) }) : words.value(field.name, value)}
              {fact ? <Marks fact={fact} /> : null}
            </td>
          );
        })}
        <td className="src">
          {counts ? `${say(counts.source.label)} ${counts.as_of}` : ''}
          {latest && counts ? <Acts fact={latest} firm={firm} claiming={claiming} onClaim={() => setClaiming(!claiming)} /> : null}
        </td>
      </tr>
      {claiming || (latest && latest.words.length > 1) ? (
        <tr className="below">
          <td colSpan={years.length + 2}>
            {latest && latest.words.length > 1 ? <Words fact={latest} /> : null}
            {claiming ? <ClaimForm field={field} facts={facts} region={record.values['region']} firm={firm} onDone={() => setClaiming(false)} /> : null}
          </td>
        </tr>
      ) : null}
    </>
  );
}
