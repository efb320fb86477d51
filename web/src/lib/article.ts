/** Articles of Chinese documents for English readers: 第七条第二款 → Art. 7 para. 2. What is not understood stays. */
import type { Lang } from './text';

const DIGITS = '零一二三四五六七八九';
const PARTS: Readonly<Record<string, string>> = { 章: 'Ch.', 节: 'Sec.', 条: 'Art.', 款: 'para.', 项: 'item' };

/** 1 to 999 in Chinese or Arabic figures; null when it is neither. */
export function chineseNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const found = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text);
  if (!found || text === '') return null;
  const digit = (at: number): number => Math.max(0, DIGITS.indexOf(found[at] ?? '零'));
  const tens = found[3] === undefined ? 0 : (digit(2) || 1) * 10;
  return digit(1) * 100 + tens + digit(4);
}

export function article(text: string, lang: Lang): string {
  if (lang === 'zh' || text === '') return text;
  const parts = [...text.matchAll(/第([零一二三四五六七八九十百\d]+)([章节条款项])|[（(]([零一二三四五六七八九十\d]+)[）)]/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text.replace(/\s/g, '')) return text;
  const words = parts.map((part) => {
    const value = chineseNumber(part[1] ?? part[3] ?? '');
    return value === null ? null : `${PARTS[part[2] ?? '项'] ?? ''}\u00a0${value}`;
  });
  return words.includes(null) ? text : words.join(' ');
}
