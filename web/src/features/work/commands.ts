/** The journal's commands, as people say them: `policy.update` is a change of a record. */
export type Command = 'create' | 'update' | 'answer' | 'import' | 'other';

const KNOWN: readonly Exclude<Command, 'other'>[] = ['create', 'update', 'answer', 'import'];

export function commandOf(command: string): Command {
  const verb = command === 'demonstration.fill' ? 'import' : (command.split('.').at(-1) ?? '');
  return KNOWN.find((one) => one === verb) ?? 'other';
}
