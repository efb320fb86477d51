/** Yearly fields, years side by side, the newest first. */
import { useTranslation } from 'react-i18next';
import { useSay } from '@/kit/language';
import type { FullRecord, RecordModel } from '@/api/types';
import { useWords } from '@/blocks/values';
import { Source } from './Facts';
import { isFigure } from './Rows';

const SHOWN = 5;

export function Years({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const say = useSay();
  const words = useWords(model.name);
  const fields = model.fields.filter((field) => field.yearly);
  const years = Object.keys(record.years).sort().reverse().slice(0, SHOWN);
  if (fields.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="years">
      <div className="panel-h">
        <h2 id="years">{t('detail.years')}</h2>
        <span className="muted small">{t('detail.yearsNote')}</span>
      </div>
      {years.length === 0 ? (
        <p className="pad muted">{t('detail.noYears')}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="group" aria-labelledby="years">
          <table className="tb years">
            <thead>
              <tr>
                <th scope="col">{t('detail.field')}</th>
                {years.map((year) => (
                  <th scope="col" className="r" key={year}>
                    {year}
                  </th>
                ))}
                <th scope="col">{t('detail.source')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.name}>
                  <th scope="row">{words.label(field.name)}</th>
                  {years.map((year) => {
                    const note = record.facts[field.name];
                    const value = record.years[year]?.[field.name];
                    const none = value === null || value === undefined;
                    return (
                      <td key={year} className={isFigure(field) || none ? 'r nw' : 'r'}>
                        {none ? <span className="muted">{common('missing')}</span> : note?.band && note.period === year ? common('chosenRange', { band: say(note.band) }) : words.value(field.name, value, record.titles)}
                      </td>
                    );
                  })}
                  <td className="muted nw">
                    <Source note={record.facts[field.name]} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
