/** A measured figure with its unit, as clauses state it. */
import { money } from './money';
import { number, percent, withUnit } from './numbers';
import { unitIn, type Lang, type Text } from './text';

/** Units in which the server counts money; such figures are rewritten as people say them. */
const FEN_PER: Readonly<Record<string, number>> = { 分: 1, 元: 100, 万元: 1_000_000, 亿元: 10_000_000_000 };

export function measure(value: number, unit: Text | null, lang: Lang): string {
  if (unit?.zh === '基点') return percent(value);
  const fen = unit ? FEN_PER[unit.zh] : undefined;
  if (fen !== undefined) return money(Math.round(value * fen), lang);
  return withUnit(number(value, 2, true), unitIn(unit, lang));
}
