/** The wire of flows: where a case stands, whose it is, what may be done. Days are YYYY-MM-DD, instants RFC 3339. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, intent, request } from './client';
import { keys } from './keys';
import type { FullRecord, Permission, Text } from './types';

export type LampColour = 'red' | 'amber' | 'green' | 'paused' | 'done';
export interface FlowLamp {
  readonly colour: LampColour;
  /** Working days left, or over when negative; null when no clock runs. */
  readonly days: number | null;
  readonly words: Text;
}

/** What leads out of the state, allowed or not; `needs` are the inputs it asks for. */
export interface FlowCommand {
  readonly name: string;
  readonly label: Text;
  readonly allowed: boolean;
  readonly why: Text | null;
  readonly needs: readonly string[];
  readonly confirm: Text | null;
}

export interface FlowClock {
  readonly name: string;
  readonly label: Text;
  readonly started: string | null;
  readonly due: string | null;
  readonly left_days: number | null;
  readonly colour: LampColour;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly provisional: boolean;
}

export interface FlowHolder {
  readonly kind: 'nobody' | 'role' | 'account' | 'firm';
  readonly role: string | null;
  readonly role_label: Text | null;
  readonly name: string | null;
  readonly mine: boolean;
}

export interface FlowStep {
  readonly command: string;
  readonly label: Text;
  readonly from: string | null;
  readonly to: string;
  readonly to_label: Text;
  readonly at: string;
  readonly by_name: string | null;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Who signed a step that two persons must sign. */
export interface Signature {
  readonly command: string;
  readonly by_name: string;
  readonly at: string;
}

export interface FlowView {
  readonly record: string;
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly state_label: Text;
  readonly lamp: FlowLamp;
  readonly clocks: readonly FlowClock[];
  readonly holder: FlowHolder;
  /** What happens next, and by when. */
  readonly next: Text;
  readonly promised: string | null;
  readonly provisional: boolean;
  readonly commands: readonly FlowCommand[];
  /** Oldest first. */
  readonly steps: readonly FlowStep[];
  readonly may_delegate: Permission;
  readonly reopened: number;
}

export const flowKey = (record: string, id: string) => ['flow', record, id] as const;
const path = (record: string, id: string) => `/records/${encodeURIComponent(record)}/${encodeURIComponent(id)}`;

export function useFlow(record: string, id: string) {
  return useQuery({ queryKey: flowKey(record, id), queryFn: ({ signal }) => get<FlowView>(`${path(record, id)}/flow`, undefined, signal) });
}

/** Everything that shows a case is stale once one has moved. */
export function useMoved(): (record: string, id: string) => Promise<unknown> {
  const queries = useQueryClient();
  return (record, id) => Promise.all([flowKey(record, id), keys.record(record, id), keys.recordsOf(record), ['inbox'], ['notices']].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
}

export interface Ordered {
  readonly command: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * A command of the version that is on the screen: when somebody was first, it is refused and what was typed stays.
 * `onDone` is called even when the button goes away with the version it belonged to.
 */
export function useCommand(flow: Pick<FlowView, 'record' | 'id' | 'version'>, onDone?: (command: string) => void) {
  const moved = useMoved();
  return useMutation({
    mutationFn: ({ command, inputs }: Ordered) => request<FullRecord>('POST', `${path(flow.record, flow.id)}/commands/${encodeURIComponent(command)}`, { body: { inputs }, version: flow.version, intent: intent() }),
    onSuccess: (_, { command }) => onDone?.(command),
    onSettled: () => moved(flow.record, flow.id),
  });
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
}

export function useColleagues(record: string, id: string, asked: boolean) {
  return useQuery({ queryKey: ['colleagues', record, id], queryFn: ({ signal }) => get<readonly Colleague[]>('/colleagues', { record, id }, signal), enabled: asked });
}

export function useDelegate(flow: Pick<FlowView, 'record' | 'id' | 'version'>) {
  const moved = useMoved();
  return useMutation({
    mutationFn: (account: string) => request<FullRecord>('POST', `${path(flow.record, flow.id)}/delegate`, { body: { account }, version: flow.version, intent: intent() }),
    onSettled: () => moved(flow.record, flow.id),
  });
}
