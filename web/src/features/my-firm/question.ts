/** Questions as the page handles them: which comes next, and typed words into wire values. */
import type { Matches, Question } from '@/api/matches';
import type { FieldModel, Value } from '@/api/types';
import { fenFromWan } from '@/lib/money';
import { parseNumber } from '@/lib/numbers';

export function sameQuestion(a: { readonly field: string; readonly year: number | null }, field: string, year: number | null): boolean {
  return a.field === field && a.year === year;
}

/** `smart_share` or `energy:2025`, as addresses carry it. */
export function askKey(field: string, year: number | null): string {
  return year === null ? field : `${field}:${year}`;
}

export function parseAsk(key: string): { readonly field: string; readonly year: number | null } | null {
  const found = /^([a-z][a-z0-9_.]*)(?::(\d{4}))?$/.exec(key);
  if (!found?.[1]) return null;
  return { field: found[1], year: found[2] === undefined ? null : Number(found[2]) };
}

/** The question asked for by `wanted`; a fact nobody asks about yet becomes a plain question made from the model. */
export function pickQuestion(matches: Matches, wanted: string, skipped: number, fields: readonly FieldModel[]): Question | null {
  const ask = wanted === '' ? null : parseAsk(wanted);
  if (ask) {
    const listed = matches.questions.find((question) => sameQuestion(question, ask.field, ask.year));
    if (listed) return listed;
    const field = fields.find((one) => one.name === ask.field);
    if (field) return plainQuestion(field, ask.year ?? (field.yearly ? matches.judged_year : null));
  }
  const all = matches.questions.length > 0 ? matches.questions : matches.question ? [matches.question] : [];
  return all[skipped % Math.max(1, all.length)] ?? null;
}

export function plainQuestion(field: FieldModel, year: number | null): Question {
  return { field: field.name, year, label: field.label, prompt: field.label, decides: { count: 0, money: 0 }, type: field.type, unit: field.unit, list: field.list, choices: [] };
}

export type Wrong = 'needNumber' | 'needChoice' | 'needText' | 'tooSmall';
export type Read = { readonly value: Value } | { readonly wrong: Wrong };

const NUMERIC = new Set(['int', 'money', 'area', 'percent', 'number']);
export function isNumeric(question: Question): boolean {
  return NUMERIC.has(question.type);
}

/** Money is typed in 万元, percent in percent; the wire wants fen and basis points. */
export function readAnswer(question: Question, typed: string, picked: readonly string[]): Read {
  if (question.type === 'set') return { value: picked };
  if (question.type === 'code') return typed === '' ? { wrong: 'needChoice' } : { value: typed };
  if (!isNumeric(question)) return typed.trim() === '' ? { wrong: 'needText' } : { value: typed.trim() };
  const figure = parseNumber(typed);
  if (figure === null) return { wrong: 'needNumber' };
  if (figure < 0 && question.type !== 'money' && question.type !== 'number' && question.type !== 'percent') return { wrong: 'tooSmall' };
  if (question.type === 'money') return { value: fenFromWan(figure) };
  if (question.type === 'percent') return { value: Math.round(figure * 100) };
  return { value: question.type === 'int' ? Math.round(figure) : figure };
}
