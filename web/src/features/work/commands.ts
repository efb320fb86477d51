/** The journal's commands, as people say them: `policy.update` is a change of a record. */
import { verbOf } from '@/blocks/told';

export type Command = 'create' | 'update' | 'delete' | 'answer' | 'answer_undone' | 'answer_withdrawn' | 'raise' | 'decide' | 'settle_fact' | 'import' | 'other';

const KNOWN: readonly Exclude<Command, 'other'>[] = ['create', 'update', 'delete', 'answer', 'answer_undone', 'answer_withdrawn', 'raise', 'decide', 'settle_fact', 'import'];

export function commandOf(command: string): Command {
  const verb = command === 'demonstration.fill' ? 'import' : verbOf(command);
  return KNOWN.find((one) => one === verb) ?? 'other';
}
