/**
 * What a firm types, apart from what is on file. Only what differs is sent; what somebody else saved meanwhile is taken where
 * the firm typed nothing. Until it is saved it is also kept in this window, so that a reload or an ended session loses nothing.
 */
import type { Claim, Material, SaveClaim, SaveMaterial } from './wire';

export const FIELDS = ['payee_name', 'payee_bank', 'payee_account', 'contact', 'note'] as const;
export type DraftField = (typeof FIELDS)[number];
export type Draft = Readonly<Record<DraftField, string>>;

/** Without these nothing can be paid. */
export const REQUIRED: readonly DraftField[] = ['payee_name', 'payee_bank', 'payee_account', 'contact'];

export function draftOf(claim: Claim): Draft {
  return { payee_name: claim.payee?.name ?? '', payee_bank: claim.payee?.bank ?? '', payee_account: claim.payee?.account ?? '', contact: claim.payee?.contact ?? '', note: claim.note ?? '' };
}

/** What differs from what is on file. */
export function changes(saved: Draft, draft: Draft): SaveClaim {
  return Object.fromEntries(FIELDS.filter((field) => draft[field].trim() !== saved[field].trim()).map((field) => [field, draft[field].trim()]));
}

/** Takes what is on file anew where nothing was typed since `before`. */
export function rebase(before: Draft, draft: Draft, after: Draft): Draft {
  const one = (field: DraftField) => (draft[field] === before[field] ? after[field] : draft[field]);
  return { payee_name: one('payee_name'), payee_bank: one('payee_bank'), payee_account: one('payee_account'), contact: one('contact'), note: one('note') };
}

export function unchanged(change: SaveClaim): boolean {
  return Object.keys(change).length === 0;
}

const kept = (material: Material): SaveMaterial => ({
  id: material.id, name: material.name, ...(material.clause === null ? {} : { clause: material.clause }), ...(material.note === null ? {} : { note: material.note }), ...(material.file === null ? {} : { file: material.file }),
});

/** The whole list with one more, or with one fewer. */
export const withMaterial = (all: readonly Material[], more: SaveMaterial): readonly SaveMaterial[] => [...all.map(kept), more];
export const withoutMaterial = (all: readonly Material[], id: string): readonly SaveMaterial[] => all.filter((one) => one.id !== id).map(kept);

export type Missing = { readonly field: DraftField } | { readonly clause: string };

/** What still stands between the claim and its submission, in the order of the page. */
export function missingOf(claim: Claim, draft: Draft): readonly Missing[] {
  const materials = claim.wanted.filter((one) => one.required && !one.provided).map((one) => ({ clause: one.clause }));
  const fields = REQUIRED.filter((field) => draft[field].trim() === '').map((field) => ({ field }));
  return [...materials, ...fields];
}

/** An account number in groups of four, as banks print it. */
export function grouped(account: string): string {
  return account.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}

const place = (id: string) => `liangu.claim ${id}`;

export function readKept(id: string): Partial<Draft> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(place(id)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([field, value]) => FIELDS.some((one) => one === field) && typeof value === 'string'));
  } catch {
    return {};
  }
}

export function keep(id: string, change: SaveClaim): void {
  try {
    if (unchanged(change)) sessionStorage.removeItem(place(id));
    else sessionStorage.setItem(place(id), JSON.stringify(change));
  } catch {
    // Without storage what is typed lives as long as the page.
  }
}
