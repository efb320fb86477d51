/** The journal's commands in words: each that the program writes by its own, those of packs by their last word. */
import { verbOf } from '@/blocks/told';

/** Command → key of its words. `test/journal.test.ts` holds them against the server's sources. */
export const COMMANDS = {
  'installation.initialise': 'initialise',
  'installation.set_up': 'setUp',
  'account.create': 'accountCreate',
  'account.update': 'accountUpdate',
  'account.password': 'accountPassword',
  'account.one_time_password': 'accountOneTime',
  'firm.answer': 'firmAnswer',
  'firm.answer_undone': 'firmAnswerUndone',
  'firm.answer_withdrawn': 'firmAnswerWithdrawn',
  'fact_contest.raise': 'contestRaise',
  'fact_contest.decide': 'contestDecide',
  'enterprise.settle_fact': 'settleFact',
  'policy_version.open': 'versionOpen',
  'policy_version.save': 'versionSave',
  'policy_version.check': 'versionCheck',
  'policy_version.approve': 'versionApprove',
  'policy_version.return': 'versionReturn',
  'policy_version.discard': 'versionDiscard',
  'policy_version.withdraw': 'versionWithdraw',
  'policy_version.release': 'versionRelease',
  'import.upload': 'importUpload',
  'import.plan': 'importPlan',
  'import.start': 'importStart',
  'import.stop': 'importStop',
  'import.cancel': 'importCancel',
  'import.discard': 'importDiscard',
  'award_run.create': 'awardRunCreate',
  'award_run.work': 'awardRunWork',
  'bank_file.save': 'bankFileSave',
  'budget.change': 'budgetChange',
  'budget.set': 'budgetSet',
  'claim.judge': 'claimJudge',
  'claim.object': 'claimObject',
  'claim.save': 'claimSave',
  'claim.start': 'claimStart',
  'match_request.create': 'matchRequestCreate',
  'notice.read': 'noticeRead',
  'outgoing.state': 'outgoingState',
  'payment_batch.draw': 'paymentBatchDraw',
  'payment_batch.return': 'paymentBatchReturn',
  'recovery.open': 'recoveryOpen',
  'recovery.watch': 'recoveryWatch',
  'settings.mail': 'settingsMail',
  'settings.my_mail': 'settingsMyMail',
  'webhook.create': 'webhookCreate',
  'webhook.delete': 'webhookDelete',
  'webhook.update': 'webhookUpdate',
  'map.import': 'mapImport',
  'indicators.day': 'indicatorsDay',
  'backup.done': 'backupDone',
  'demonstration.fill': 'demonstrationFill',
  'demonstration.documents': 'demonstrationDocuments',
  'demonstration.accounts': 'demonstrationAccounts',
  'installation.stand_still': 'installationDay',
  'demonstration.personas': 'demonstrationPersonas',
} as const;
/** Last words: of the generic commands, and of what the flow shell does by itself. */
export const VERBS = ['create', 'update', 'delete', 'import', 'timer', 'delegate', 'carry'] as const;

export type Said = { readonly own: (typeof COMMANDS)[keyof typeof COMMANDS] } | { readonly verb: (typeof VERBS)[number] | 'other' };

function isKnown(command: string): command is keyof typeof COMMANDS {
  return Object.keys(COMMANDS).includes(command);
}

export function saidOf(command: string): Said {
  if (isKnown(command)) return { own: COMMANDS[command] };
  return { verb: VERBS.find((one) => one === verbOf(command)) ?? 'other' };
}

/** Record types of the journal for what is not in the model. */
export const ACCOUNT = 'account';
export const DOCUMENT = 'document';

const ACCOUNT_FIELDS = ['login', 'name', 'password', 'roles', 'organisation', 'firm', 'park', 'region', 'disabled', 'must_change'] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];
export function isAccountField(field: string): field is AccountField {
  return ACCOUNT_FIELDS.some((one) => one === field);
}
