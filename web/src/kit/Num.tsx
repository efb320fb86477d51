/** Figures: `Num` opens to its drawer or list, `Money` says fen as people do with exact yuan on hover. */
import { Link } from 'wouter';
import { useTranslation } from 'react-i18next';
import { amount } from '@/lib/money';
import { number } from '@/lib/numbers';
import { NBSP, unitIn, type Text } from '@/lib/text';
import { fenOf } from '@/lib/units';
import { useLang } from './language';

interface NumProps {
  /** Null is shown as 未报, never as 0 or a dash. */
  readonly value: number | string | null;
  readonly href?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly title?: string;
}

export function Num({ value, href, unit, decimals = 0, title }: NumProps) {
  const { t } = useTranslation();
  if (value === null) return <span className="muted">{t('missing')}</span>;
  const figure = typeof value === 'number' ? number(value, Number.isInteger(value) ? 0 : Math.max(decimals, 1)) : value;
  return (
    <>
      {href === undefined ? (
        <span title={title}>{figure}</span>
      ) : (
        <Link href={href} className="num" title={title}>
          {figure}
        </Link>
      )}
      {unit === undefined || unit === '' ? null : (
        <span className="u">
          {NBSP}
          {unit}
        </span>
      )}
    </>
  );
}

interface MeasuredProps {
  readonly value: number | string | null;
  readonly unit: Text;
  readonly href?: string;
  readonly title?: string;
}

/** A figure of the server in its unit; money as people say it. */
export function Measured({ value, unit, ...link }: MeasuredProps) {
  const lang = useLang();
  const fen = typeof value === 'number' ? fenOf(value, unit) : undefined;
  return fen === undefined ? <Num value={value} unit={unitIn(unit, lang)} decimals={2} {...link} /> : <Money fen={fen} style="prose" {...(link.href === undefined ? {} : { href: link.href })} />;
}

interface MoneyProps {
  readonly fen: number;
  readonly style?: 'column' | 'prose';
  readonly href?: string;
}

export function Money({ fen, style = 'column', href }: MoneyProps) {
  const lang = useLang();
  const { value, unit, exact } = amount(fen, lang, style);
  return (
    <span className="nw" title={exact}>
      {href === undefined ? (
        value
      ) : (
        <Link href={href} className="num" title={exact}>
          {value}
        </Link>
      )}
      <span className="u">
        {NBSP}
        {unit}
      </span>
    </span>
  );
}
