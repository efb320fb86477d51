/** Dates "YYYY-MM-DD" and instants RFC 3339, shown in the region's time (+08:00). No clock is read here. */
import { NBSP, type Lang } from './text';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

interface Ymd {
  readonly y: number;
  readonly m: number;
  readonly d: number;
}

export function parseDay(day: string): Ymd | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!found) return null;
  return { y: Number(found[1]), m: Number(found[2]), d: Number(found[3]) };
}

function ordinal(day: Ymd): number {
  return Date.UTC(day.y, day.m - 1, day.d) / 86_400_000;
}

/** Days from `from` to `to`; negative when `to` is earlier; null when either is not a date. */
export function daysBetween(from: string, to: string): number | null {
  const a = parseDay(from);
  const b = parseDay(to);
  return a && b ? ordinal(b) - ordinal(a) : null;
}

/** In sentences: `11 月 30 日`, with the year when it differs from `today`'s. Tables use the ISO date as is. */
export function dayInWords(day: string, lang: Lang, today?: string): string {
  const parts = parseDay(day);
  if (!parts) return day;
  const sameYear = today !== undefined && parseDay(today)?.y === parts.y;
  if (lang === 'zh') {
    const short = `${parts.m}${NBSP}月${NBSP}${parts.d}${NBSP}日`;
    return sameYear ? short : `${parts.y}${NBSP}年${NBSP}${short}`;
  }
  const short = `${parts.d}${NBSP}${MONTHS[parts.m - 1] ?? ''}`;
  return sameYear ? short : `${short}${NBSP}${parts.y}`;
}

/** The instant's wall clock at +08:00. */
function local(instant: string): Date | null {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? null : new Date(ms + 8 * 3_600_000);
}

/** `2026-11-24`, the region's day of an instant. A plain day is returned as it is. */
export function dayOf(instant: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(instant)) return instant;
  return local(instant)?.toISOString().slice(0, 10) ?? instant;
}

/** `08:12`. */
export function clockOf(instant: string): string {
  return local(instant)?.toISOString().slice(11, 16) ?? instant;
}

/** In logs: `11-20 08:41`, with the year when it is not `today`'s. */
export function logTime(instant: string, today?: string): string {
  const day = dayOf(instant);
  const sameYear = today !== undefined && day.slice(0, 4) === today.slice(0, 4);
  return `${sameYear ? day.slice(5) : day}${NBSP}${clockOf(instant)}`;
}
