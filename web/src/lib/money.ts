/** Money: integer fen in, what people say out (万元 with one decimal, 亿元 with two). */
import { number } from './numbers';
import { NBSP, type Lang } from './text';

export interface Amount {
  readonly value: string;
  readonly unit: string;
  /** Exact yuan with unit, for hover and screen readers. */
  readonly exact: string;
}

const YUAN = 100;
const WAN = 10_000 * YUAN;
const YI = 100_000_000 * YUAN;
const MILLION = 1_000_000 * YUAN;
const BILLION = 1_000_000_000 * YUAN;

/**
 * `column` keeps decimals so that figures line up; `prose` drops trailing zeros.
 * English speaks of yuan, million yuan and billion yuan.
 */
export function amount(fen: number, lang: Lang, style: 'column' | 'prose' = 'column'): Amount {
  const trim = style === 'prose';
  const size = Math.abs(fen);
  const yuan = fen % YUAN === 0 ? number(fen / YUAN) : number(fen / YUAN, 2);
  const exact = `${yuan}${NBSP}${lang === 'zh' ? '元' : 'yuan'}`;
  if (lang === 'zh') {
    // The rounded figure decides the unit, so that 9,999.99 万元 never shows as 10,000.0 万元.
    if (size >= YI - WAN / 20) return { value: number(fen / YI, 2, trim), unit: '亿元', exact };
    if (size >= WAN) return { value: number(fen / WAN, 1, trim), unit: '万元', exact };
    return { value: yuan, unit: '元', exact };
  }
  if (size >= BILLION - MILLION / 200) return { value: number(fen / BILLION, 2, trim), unit: 'billion yuan', exact };
  if (size >= MILLION - 50 * YUAN) return { value: number(fen / MILLION, 2, trim), unit: 'million yuan', exact };
  return { value: yuan, unit: 'yuan', exact };
}

export function money(fen: number, lang: Lang, style: 'column' | 'prose' = 'prose'): string {
  const { value, unit } = amount(fen, lang, style);
  return `${value}${NBSP}${unit}`;
}

/** 万元 typed by a person → integer fen. */
export function fenFromWan(wan: number): number {
  return Math.round(wan * WAN);
}
export function wanFromFen(fen: number): number {
  return fen / WAN;
}
