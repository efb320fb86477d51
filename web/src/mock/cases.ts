/** Cases with a flow for the fixtures: where they stand, what may be done by whom, what happened. */
import type { FlowCommand, FlowStep, FlowView } from '../api/flow';
import type { Text } from '../api/types';
import { personas } from './people.ts';

export const both = (zh: string, en: string): Text => ({ zh, en });

export interface Rule {
  readonly name: string;
  readonly label: Text;
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly string[];
  /** Commands whose actor may not give this one. */
  readonly not?: readonly string[];
  readonly needs?: readonly string[];
  readonly confirm?: Text;
}

export interface Course {
  readonly record: string;
  readonly states: Readonly<Record<string, { readonly label: Text; readonly duty: string; readonly next: Text }>>;
  readonly rules: readonly Rule[];
}

export interface Case {
  readonly id: string;
  state: string;
  version: number;
  steps: FlowStep[];
}

const ROLES: Readonly<Record<string, Text>> = {
  officer: both('政策专员', 'policy officer'), reviewer: both('复核人', 'reviewer'), finance: both('财政干部', 'finance officer'), leader: both('领导', 'leader'), firm: both('企业', 'the firm'),
};
const nameOf = (persona: string | null): string => personas.find((one) => one.key === persona)?.name ?? '';

export function step(course: Course, command: string, from: string | null, to: string, by: string, at: string, inputs: Readonly<Record<string, string>> = {}): FlowStep {
  const label = course.rules.find((rule) => rule.name === command)?.label ?? both(command, command);
  return { command, label, from, to, to_label: course.states[to]?.label ?? both(to, to), at, by_name: nameOf(by) || null, inputs };
}

function refusal(rule: Rule, of: Case, persona: string | null): Text | null {
  const roles = (say: 'zh' | 'en') => rule.by.map((role) => ROLES[role]?.[say] ?? role);
  if (!rule.by.includes(persona ?? '')) return both(`由${roles('zh').join('或')}办`, `for ${roles('en').join(' or ')}`);
  const own = of.steps.filter((one) => rule.not?.includes(one.command) && one.by_name === nameOf(persona)).at(-1);
  return own ? both(`您已办过“${own.label.zh}”，这一步要由另一人办`, `You did “${own.label.en}”; this is for somebody else`) : null;
}

export function commandsOf(course: Course, of: Case, persona: string | null): readonly FlowCommand[] {
  return course.rules.filter((rule) => rule.from.includes(of.state)).map((rule) => {
    const why = refusal(rule, of, persona);
    return { name: rule.name, label: rule.label, allowed: why === null, why, needs: rule.needs ?? [], confirm: rule.confirm ?? null };
  });
}

export function flowOf(course: Course, of: Case, persona: string | null): FlowView {
  const state = course.states[of.state];
  const over = state === undefined || state.duty === '';
  return {
    record: course.record, id: of.id, version: of.version, state: of.state, state_label: state?.label ?? both(of.state, of.state),
    lamp: over ? { colour: 'done', days: null, words: both('已办结', 'Closed') } : { colour: 'amber', days: 2, words: both('还剩 2 个工作日', '2 working days left') },
    clocks: [{ name: 'run', label: both('办结，承诺 10 个工作日', 'Completion, 10 working days'), started: '2026-11-12', due: over ? null : '2026-11-24', left_days: over ? null : 2, colour: over ? 'done' : 'amber', state: over ? 'stopped' : 'running', provisional: false }],
    holder: over ? { kind: 'nobody', role: null, role_label: null, name: null, mine: false } : { kind: 'role', role: state.duty, role_label: ROLES[state.duty] ?? null, name: null, mine: false },
    next: state?.next ?? both('', ''), promised: over ? null : '2026-11-24', provisional: false,
    commands: commandsOf(course, of, persona), steps: of.steps, may_delegate: { allowed: false, reason: both('没有同岗位的同事', 'No colleague in this post') }, reopened: 0,
  };
}

/** Moves the case, or says why not. */
export function order(course: Course, of: Case, command: string, persona: string | null, inputs: Readonly<Record<string, string>>): Text | null {
  const rule = course.rules.find((one) => one.name === command && one.from.includes(of.state));
  if (!rule) return both('现在不能办这一步', 'This cannot be done now');
  const why = refusal(rule, of, persona);
  if (why) return why;
  of.steps = [...of.steps, step(course, command, of.state, rule.to, persona ?? '', '2026-11-20T10:24:00+08:00', inputs)];
  of.state = rule.to;
  of.version += 1;
  return null;
}

export function inputsOf(body: unknown): Readonly<Record<string, string>> {
  const inputs: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'inputs') : null;
  return typeof inputs === 'object' && inputs !== null ? Object.fromEntries(Object.entries(inputs).map(([name, said]) => [name, String(said)])) : {};
}
