/** Yearly fields as a table to type into: a row a field, a column a year. */
import { useTranslation } from 'react-i18next';
import type { FieldModel } from '@/api/types';
import { Button } from '@/kit/Button';
import { useSay } from '@/kit/language';
import { Control, useTypedUnit } from './FieldInput';
import { keyOf, typedAt, type FormState, type Typed } from './form';

interface Props {
  readonly fields: readonly FieldModel[];
  readonly years: readonly string[];
  readonly state: FormState;
  readonly idOf: (key: string) => string;
  readonly wrongAt: (key: string) => string | undefined;
  readonly onValue: (key: string, typed: Typed) => void;
  /** Offers earlier years, when there are more. */
  readonly onMore?: (() => void) | undefined;
}

export function YearTable({ fields, years, state, idOf, wrongAt, onValue, onMore }: Props) {
  const { t } = useTranslation('work');
  const say = useSay();
  const unitOf = useTypedUnit();
  return (
    <section className="panel" aria-labelledby="form-years">
      <div className="panel-h">
        <h2 id="form-years">{t('detail.years')}</h2>
        <span className="muted small grow">{t('form.yearsNote')}</span>
        {onMore ? (
          <Button size="sm" look="quiet" onClick={onMore}>
            {t('form.moreYears')}
          </Button>
        ) : null}
      </div>
      <div className="scroll-x">
        <table className="tb year-form">
          <thead>
            <tr>
              <th scope="col">{t('detail.field')}</th>
              {years.map((year) => (
                <th scope="col" key={year}>
                  {year}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const unit = unitOf(field);
              return (
                <tr key={field.name}>
                  <th scope="row">
                    {say(field.label)}
                    {unit === '' ? null : <span className="u"> {unit}</span>}
                  </th>
                  {years.map((year) => {
                    const key = keyOf(field.name, year);
                    const wrong = wrongAt(key);
                    return (
                      <td key={year}>
                        <Control field={field} id={idOf(key)} label={`${say(field.label)} ${year}`} value={typedAt(state, key) ?? ''} wrong={wrong} describedBy={wrong ? `${idOf(key)}-wrong` : undefined} onValue={(typed) => onValue(key, typed)} />
                        {wrong ? (
                          <span className="wrong-cell" id={`${idOf(key)}-wrong`}>
                            {wrong}
                          </span>
                        ) : null}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
