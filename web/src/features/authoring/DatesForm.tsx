/** Which year is judged and to which day lists and certificates must hold. */
import { useTranslation } from 'react-i18next';
import { useDesk } from './context';
import { TextIn } from './fields';

export function DatesForm() {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const { dates } = state.doc;
  return (
    <fieldset className="panel item" disabled={!editable}>
      <legend className="sr">{t('dates.title')}</legend>
      <div className="item-h"><h2>{t('dates.title')}</h2></div>
      <div className="grid2">
        <TextIn label={t('dates.year')} type="number" placeholder={t('dates.yearHint')} value={dates.judged_year === null ? '' : String(dates.judged_year)} onText={(typed) => editor.edit((doc) => ({ ...doc, dates: { ...doc.dates, judged_year: typed === '' ? null : Math.round(Number(typed)) } }))} />
        <TextIn label={t('dates.cutOff')} type="date" value={dates.cut_off ?? ''} onText={(typed) => editor.edit((doc) => ({ ...doc, dates: { ...doc.dates, cut_off: typed === '' ? null : typed } }))} />
      </div>
    </fieldset>
  );
}
