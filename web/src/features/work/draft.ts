/** What was typed and not saved, kept in this window: the back button or a reload does not lose it. */
import type { FormState, Typed } from './form';

const STORED = 'liangu.draft ';

function isTyped(value: unknown): value is Typed {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'zh') === 'string' && typeof Reflect.get(value, 'en') === 'string';
}

function isTypedMap(value: unknown): value is Readonly<Record<string, Typed>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isTyped);
}

function isState(value: unknown): value is FormState {
  if (typeof value !== 'object' || value === null) return false;
  const years: unknown = Reflect.get(value, 'years');
  return isTypedMap(Reflect.get(value, 'values')) && typeof years === 'object' && years !== null && Object.values(years).every(isTypedMap);
}

/** `of` names the form and the version it was opened on: a draft of another version is not offered. */
export function readDraft(of: string): FormState | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED + of) ?? 'null');
    return isState(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function keepDraft(of: string, state: FormState | null): void {
  try {
    if (state === null) sessionStorage.removeItem(STORED + of);
    else sessionStorage.setItem(STORED + of, JSON.stringify(state));
  } catch {
    // Without storage the guard's question is what remains.
  }
}

/** The source chosen for what was typed. */
export function readDraftSource(of: string): string {
  const source = readDraft(`${of} source`)?.values['source'];
  return typeof source === 'string' ? source : '';
}

export function keepDraftSource(of: string, source: string): void {
  keepDraft(`${of} source`, source === '' ? null : { values: { source }, years: {} });
}
