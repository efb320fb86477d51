/** The first rows as they will be read; what will come back says why in its cell. */
import { useTranslation } from 'react-i18next';
import { useSay } from '@/kit/language';
import type { Plan, Preview } from './wire';

export function PreviewTable({ plan, preview }: { readonly plan: Plan; readonly preview: Preview }) {
  const { t } = useTranslation('exchange');
  const say = useSay();
  const taken = plan.columns.flatMap((column, at) => (column.field === null ? [] : [at]));
  return (
    <section className="panel" aria-labelledby="import-preview">
      <div className="panel-h">
        <h2 id="import-preview">{t('preview.title')}</h2>
        <span className="small muted">{t('preview.lead', { count: preview.rows.length })}</span>
      </div>
      <div className="import-scroll" tabIndex={0} role="group" aria-label={t('preview.lead', { count: preview.rows.length })}>
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('preview.row')}</th>
              <th scope="col">{t('preview.action')}</th>
              {taken.map((at) => (
                <th key={at} scope="col">
                  {plan.columns[at]?.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.row} className={row.action === 'bad' ? 'bad' : ''}>
                <th scope="row" className="num">
                  {row.row}
                </th>
                <td>
                  <span className={`tag ${row.action}`}>{t(`preview.${row.action}`)}</span>
                  {row.problems.map((one) => (
                    <span key={one.zh} className="small import-problem">
                      {say(one)}
                    </span>
                  ))}
                </td>
                {taken.map((at) => {
                  const cell = row.cells[at];
                  return (
                    <td key={at}>
                      {cell?.shown ? say(cell.shown) : (cell?.text ?? '')}
                      {cell?.problem ? <span className="small import-problem">{say(cell.problem)}</span> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
