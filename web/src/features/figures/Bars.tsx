/** Bars drawn as SVG: how a figure splits, and its value day by day. The numbers stand beside the bars. */
import { useTranslation } from 'react-i18next';
import type { FigureOpened } from '@/api/types';
import { number } from '@/lib/numbers';
import { unitIn, type Text } from '@/lib/text';
import { fenOf, measure } from '@/lib/units';
import { useLang, useSay } from '@/kit/language';

/** Height or width in per cent of the largest, never of nothing. */
export function shares(values: readonly number[]): readonly number[] {
  const most = Math.max(...values.map(Math.abs), 0);
  return values.map((value) => (most === 0 ? 0 : (Math.abs(value) / most) * 100));
}

/** `daily` values thinned to at most `most` bars, the newest always kept. */
export function thinned<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const step = Math.ceil(all.length / most);
  return all.filter((_, at) => (all.length - 1 - at) % step === 0);
}

/** Money says its unit with every value, anything else once above. */
function useFigure(unit: Text): { readonly figureOf: (value: number) => string; readonly heading: string } {
  const lang = useLang();
  const isMoney = fenOf(0, unit) !== undefined;
  return { figureOf: (value) => (isMoney ? measure(value, unit, lang) : number(value, 2, true)), heading: isMoney ? '' : unitIn(unit, lang) };
}

export function SplitBars({ split, unit }: { readonly split: FigureOpened['split']; readonly unit: Text }) {
  const { t } = useTranslation('figures');
  const say = useSay();
  const { figureOf, heading } = useFigure(unit);
  const wide = shares(split.map((one) => one.value));
  return (
    <section aria-labelledby="split">
      <div className="between">
        <h2 id="split">{t('split')}</h2>
        <span className="muted small">{heading}</span>
      </div>
      <ul className="split">
        {split.map((one, at) => (
          <li key={one.code}>
            <span>{say(one.label)}</span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect className="ground" width="100" height="8" />
              <rect className="value" width={wide[at] ?? 0} height="8" />
            </svg>
            <b className="r">{figureOf(one.value)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOST = 31;
const HIGH = 96;

export function HistoryBars({ history, unit }: { readonly history: FigureOpened['history']; readonly unit: Text }) {
  const { t } = useTranslation('figures');
  const { figureOf, heading } = useFigure(unit);
  const days = thinned(history, MOST);
  const high = shares(days.map((one) => one.value));
  const first = days[0];
  const last = days.at(-1);
  return (
    <section aria-labelledby="past">
      <div className="between">
        <h2 id="past">{t('history')}</h2>
        <span className="muted small">{heading}</span>
      </div>
      <svg className="past" viewBox={`0 0 ${days.length * 10} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={first && last ? t('historyAlt', { from: first.at, a: figureOf(first.value), to: last.at, b: figureOf(last.value) }) : t('history')}>
        {days.map((one, at) => {
          const tall = ((high[at] ?? 0) / 100) * HIGH;
          return (
            <rect key={one.at} className="value" x={at * 10 + 1} width={8} y={HIGH - tall} height={tall}>
              <title>{`${one.at}: ${figureOf(one.value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="between small muted">
        <span>{first ? `${first.at} · ${figureOf(first.value)}` : ''}</span>
        <span>{last && last !== first ? `${last.at} · ${figureOf(last.value)}` : ''}</span>
      </p>
    </section>
  );
}
