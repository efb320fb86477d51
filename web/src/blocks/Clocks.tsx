/** The working-day clocks of a case: what was promised, what is left, and whether it runs. */
import { useTranslation } from 'react-i18next';
import type { FlowClock, FlowView } from '@/api/flow';
import { useSession } from '@/api/hooks';
import { dayInWords } from '@/lib/dates';
import { Lamp } from '@/kit/Lamp';
import { LAMPS } from './CaseStrip';
import { useLang, useSay } from '@/kit/language';
import './flow.css';

export function Clocks({ flow }: { readonly flow: FlowView }) {
  const { t } = useTranslation();
  const say = useSay();
  const lang = useLang();
  const today = useSession().data?.installation.as_of;
  if (flow.clocks.length === 0) return null;
  const words = (clock: FlowClock) => {
    if (clock.state === 'stopped') return t('flow.clock.stopped');
    const days = clock.left_days ?? 0;
    if (clock.state === 'paused') return t('flow.clock.paused', { count: Math.max(0, days) });
    return days < 0 ? t('flow.clock.over', { count: -days }) : days === 0 ? t('flow.clock.today') : t('flow.clock.left', { count: days });
  };
  return (
    <section className="panel clocks" aria-labelledby="clocks">
      <div className="panel-h">
        <h2 id="clocks">{t('flow.clocks')}</h2>
        <span className="small muted">{t('flow.calendar')}</span>
      </div>
      <ul>
        {flow.clocks.map((clock) => (
          <li key={clock.name}>
            <span className="grow">
              {say(clock.label)}
              {clock.due === null || clock.state !== 'running' ? null : (
                <span className="muted small">
                  {' '}
                  {dayInWords(clock.due, lang, today)}
                  {clock.provisional ? ` ${t('flow.provisional')}` : ''}
                </span>
              )}
            </span>
            <Lamp state={LAMPS[clock.colour]} word={words(clock)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
