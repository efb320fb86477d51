/** Bilingual text as the server sends it, and the reader's language. */
export type Lang = 'zh' | 'en';
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The server sends a name either in one language (a firm's) or in both (a policy's). */
export type Words = string | Text;

/** In the reader's language, else in the other; a figure and the unit after it stay in one line. */
export function say(text: Words | null | undefined, lang: Lang): string {
  if (!text) return '';
  if (typeof text === 'string') return glued(text);
  const own = text[lang];
  return glued(own === '' ? text[lang === 'zh' ? 'en' : 'zh'] : own);
}

function glued(text: string): string {
  return text.replace(/(\d) (?=[%\u4e00-\u9fff])/g, `$1${NBSP}`);
}

/** A unit may well be empty in one language (`家` is nothing in English), so there is no falling back. */
export function unitIn(unit: Text | null, lang: Lang): string {
  return unit === null ? '' : unit[lang];
}

/** U+00A0: keeps a figure with its unit and a date in one piece. */
export const NBSP = '\u00a0';
/** U+2212, as tall as the plus sign. */
export const MINUS = '\u2212';

/** Joins the parts that are there. */
export function join(parts: ReadonlyArray<string | null | undefined | false>, by: string): string {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '').join(by);
}
