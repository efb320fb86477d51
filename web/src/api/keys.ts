/** Query keys in one place, so that an answer knows what it makes stale. */
import type { Query } from '@/lib/search';

export const keys = {
  session: ['session'],
  personas: ['personas'],
  model: ['model'],
  list: (name: string) => ['list', name],
  hall: ['hall'],
  records: (record: string, query: Query) => ['records', record, query],
  recordsOf: (record: string) => ['records', record],
  record: (record: string, id: string) => ['record', record, id],
  history: (record: string, id: string) => ['history', record, id],
  reference: (record: string, q: string) => ['reference', record, q],
  firm: (id: string) => ['firm', id],
  matches: (firm: string) => ['firm', firm, 'matches'],
  group: (firm: string, group: string, query: Query) => ['firm', firm, 'group', group, query],
  policyAnswer: (firm: string, policy: string) => ['firm', firm, 'policy', policy],
  firmFacts: (firm: string) => ['firm', firm, 'facts'],
  figures: ['figures'],
  figure: (id: string) => ['figure', id],
  map: ['map'],
  accounts: ['accounts'],
  administration: ['administration'],
} as const;
