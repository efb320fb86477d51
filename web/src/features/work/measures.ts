/** Figures as they are typed: 万元 for fen, % for basis points, 亩 or m² for m². Shared by forms and range filters. */
import type { FieldModel } from '@/api/types';
import { parseNumber } from '@/lib/numbers';

const FEN_PER_WAN = 1_000_000;
/** One 亩 is 10,000/15 m². */
const MU = 10_000 / 15;
export const MU_SIGN = '亩';

/** The scale of a figure's typed unit. */
function per(type: FieldModel['type']): number {
  if (type === 'money') return FEN_PER_WAN;
  return type === 'percent' ? 100 : 1;
}

/** A wire figure as it stands in a field, without rounding. */
export function typedFigure(type: FieldModel['type'], value: number): string {
  const scaled = value / per(type);
  return Number.isInteger(scaled) ? String(scaled) : String(Number(scaled.toFixed(8)));
}

export type Mistyped = 'needNumber' | 'needWhole' | 'tooLarge';

/** What was typed as a wire figure. `50 亩` is an area too. */
export function wireFigure(type: FieldModel['type'], typed: string): { readonly value: number } | { readonly wrong: Mistyped } {
  const mu = type === 'area' && typed.trim().endsWith(MU_SIGN);
  const plain = parseNumber(mu ? typed.trim().slice(0, -1) : typed);
  if (plain === null) return { wrong: 'needNumber' };
  if (type === 'int' && !Number.isInteger(plain)) return { wrong: 'needWhole' };
  if (type === 'number') return { value: plain };
  const value = Math.round(plain * (mu ? MU : per(type)));
  return Number.isSafeInteger(value) ? { value } : { wrong: 'tooLarge' };
}

/** The area typed in the other unit. */
export function areaIn(typed: string, unit: 'm2' | 'mu'): string {
  const wire = wireFigure('area', typed);
  if ('wrong' in wire) return unit === 'mu' ? `${typed} ${MU_SIGN}`.trim() : typed.replace(MU_SIGN, '').trim();
  return unit === 'm2' ? String(wire.value) : `${Number((wire.value / MU).toFixed(4))} ${MU_SIGN}`;
}
