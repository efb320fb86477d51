/** A measured figure with its unit, as clauses state it. */
import { money } from './money';
import { number, percent, withUnit } from './numbers';
import { unitIn, type Lang, type Text } from './text';

/** Units in which the server counts money; such figures are rewritten as people say them. */
const FEN_PER: Readonly<Record<string, number>> = { 分: 1, 元: 100, 万元: 1_000_000, 亿元: 10_000_000_000 };

/** Money counted in any unit, as fen; nothing for what is no money. */
export function fenOf(value: number, unit: Text | null): number | undefined {
  const fen = unit ? FEN_PER[unit.zh] : undefined;
  return fen === undefined ? undefined : Math.round(value * fen);
}

export function measure(value: number, unit: Text | null, lang: Lang): string {
  if (unit?.zh === '基点') return percent(value);
  const fen = fenOf(value, unit);
  if (fen !== undefined) return money(fen, lang);
  return withUnit(number(value, 2, true), unitIn(unit, lang));
}
