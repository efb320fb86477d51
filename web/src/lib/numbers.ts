/** Figures as people read them: thousands comma, U+2212 for minus, no-break space before a unit. */
import { MINUS, NBSP } from './text';

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `decimals` fixed, or up to `decimals` with trailing zeros dropped when `trim`. */
export function number(value: number, decimals = 0, trim = false): string {
  const fixed = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction = ''] = fixed.split('.');
  const kept = trim ? fraction.replace(/0+$/, '') : fraction;
  const text = kept === '' ? group(whole) : `${group(whole)}.${kept}`;
  return value < 0 && Number(fixed) !== 0 ? `${MINUS}${text}` : text;
}

/** Basis points: 300 → `3`, 275 → `2.75`. The sign % belongs to the unit. */
export function percentValue(basisPoints: number): string {
  return number(basisPoints / 100, 2, true);
}

export function percent(basisPoints: number): string {
  return `${percentValue(basisPoints)}${NBSP}%`;
}

/** `+37`, `−2.4`, `0`. */
export function signed(value: number, decimals = 0): string {
  const text = number(value, decimals);
  return value > 0 ? `+${text}` : text;
}

export function withUnit(figure: string, unit: string): string {
  if (unit === '') return figure;
  return `${figure}${NBSP}${unit}`;
}

/** A typed figure: commas (either width), full-width digits and spaces are forgiven; null when it is not a number. */
export function parseNumber(typed: string): number | null {
  const plain = typed
    .replace(/[\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\uff0e\u3002]/g, '.')
    .replace(/[,\uff0c\s\u00a0]/g, '')
    .replace(/^[\u2212\uff0d]/, '-');
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return null;
  return Number(plain);
}
