/** The head of a policy as typed, and as the server takes it. */
export const HEAD_CODES = ['level', 'region', 'kind', 'grant_mode'] as const;
export const HEAD_DATES = ['valid_from', 'valid_to', 'window_from', 'window_to'] as const;
const TEXTS = ['title', 'title_en', 'issuer', 'issuer_en', 'number'] as const;

export type HeadKey = (typeof TEXTS)[number] | (typeof HEAD_CODES)[number] | (typeof HEAD_DATES)[number];
export type Head = Readonly<Record<HeadKey, string>>;

export const EMPTY: Head = { title: '', title_en: '', issuer: '', issuer_en: '', number: '', level: '', region: '', kind: '', grant_mode: '', valid_from: '', valid_to: '', window_from: '', window_to: '' };

const NEEDED: readonly HeadKey[] = ['title', 'issuer', 'level', 'region', 'kind'];

export function missingIn(head: Head): readonly HeadKey[] {
  return NEEDED.filter((field) => head[field].trim() === '');
}

/** Empty fields are left out; a text without English says the same in both. */
export function bodyOf(head: Head): Readonly<Record<string, unknown>> {
  const both = (zh: string, en: string) => ({ zh: zh.trim(), en: en.trim() === '' ? zh.trim() : en.trim() });
  const plain = (['number', ...HEAD_CODES, ...HEAD_DATES] as const).flatMap((field) => (head[field].trim() === '' ? [] : [[field, head[field].trim()] as const]));
  return { title: both(head.title, head.title_en), issuer: both(head.issuer, head.issuer_en), ...Object.fromEntries(plain) };
}
