/** The open figures; each opens to its definition, history and rows. */
import { useTranslation } from 'react-i18next';
import type { HallFigure } from '@/api/types';
import { dayInWords } from '@/lib/dates';
import { Measured } from '@/kit/Num';
import { useLang, useSay } from '@/kit/language';

export function Figures({ figures, day }: { readonly figures: readonly HallFigure[]; readonly day: string }) {
  const { t } = useTranslation('hall');
  const lang = useLang();
  const say = useSay();
  return (
    <section className="sec" aria-labelledby="figures">
      <div className="sec-h">
        <h2 id="figures">{t('figures.title')}</h2>
        <span className="small muted">{t('figures.note', { day: dayInWords(day, lang) })}</span>
      </div>
      <dl className="panel figs">
        {figures.map((figure) => (
          <div key={figure.id}>
            <dt>{say(figure.label)}</dt>
            <dd>
              <Measured value={figure.value} unit={figure.unit} href={`/figures/${figure.id}`} />
            </dd>
            {figure.note ? <dd className="n">{say(figure.note)}</dd> : null}
          </div>
        ))}
      </dl>
    </section>
  );
}
