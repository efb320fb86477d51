/**
 * The types written by hand, held against the document the server generates: a field the interface reads and the server does not
 * send stops the build. Words for closed sets (`'yes' | 'no'`), optional and null are looked over; the names of fields are not.
 */
import type * as facts from './facts';
import type * as flow from './flow';
import type * as authoring from './authoring';
import type * as matches from './matches';
import type { components } from './schema';
import type * as types from './types';

export type Sent = components['schemas'];

/** Names of the fields that `Ours` reads and `Theirs` lacks, at any depth; never if all are there. */
export type Lacking<Ours, Theirs, Depth extends readonly unknown[] = []> = Depth['length'] extends 6
  ? never
  : unknown extends Theirs
    ? never
    : NonNullable<Ours> extends infer O
      ? NonNullable<Theirs> extends infer T
        ? O extends readonly (infer Item)[]
          ? T extends readonly (infer Other)[]
            ? Lacking<Item, Other, [...Depth, 1]>
            : never
          : O extends object
            ? T extends object
              ? string extends keyof O
                ? never
                : { [Key in keyof O & string]: Key extends keyof T ? Lacking<O[Key], T[Key], [...Depth, 1]> : Key }[keyof O & string]
              : never
            : never
        : never
      : never;

export type Holds<Missing extends never> = Missing;

/** One line a type; a missing field is named in the compiler's error. */
export type Held =
  | Holds<Lacking<types.Session, Sent['Session']>>
  | Holds<Lacking<types.Account, Sent['Account']>>
  | Holds<Lacking<types.Model, Sent['Model']>>
  | Holds<Lacking<types.CodeList, Sent['CodeListView']>>
  | Holds<Lacking<types.ItemPage, Sent['ItemPage']>>
  | Holds<Lacking<types.FullRecord, Sent['FullRecord']>>
  | Holds<Lacking<types.HistoryPage, Sent['HistoryPage']>>
  | Holds<Lacking<types.PolicyCard, Sent['PolicyCard']>>
  | Holds<Lacking<types.Hall, Sent['Hall']>>
  | Holds<Lacking<types.FigureOpened, Sent['FigureOpened']>>
  | Holds<Lacking<flow.FlowView, Sent['FlowView']>>
  | Holds<Lacking<matches.Matches, Sent['Matches']>>
  | Holds<Lacking<matches.MatchPage, Sent['MatchPage']>>
  | Holds<Lacking<matches.Answered, Sent['Answered']>>
  | Holds<Lacking<matches.PolicyAnswer, Sent['PolicyAnswer']>>
  | Holds<Lacking<matches.Question, Sent['Question']>>
  | Holds<Lacking<facts.FirmFacts, Sent['FirmFacts']>>
  | Holds<Lacking<facts.ContestPage, Sent['ContestPage']>>
  | Holds<Lacking<facts.ConflictPage, Sent['ConflictPage']>>
  | Holds<Lacking<facts.FactOpened, Sent['FactOpened']>>
  | Holds<Lacking<authoring.AuthoringList, Sent['AuthoringList']>>
  | Holds<Lacking<authoring.PolicyVersion, Sent['PolicyVersion']>>
  | Holds<Lacking<authoring.PolicyVersions, Sent['PolicyVersions']>>
  | Holds<Lacking<authoring.Trial, Sent['Trial']>>
  | Holds<Lacking<authoring.Vocabulary, Sent['RuleVocabulary']>>
  | Holds<Lacking<authoring.Differences, Sent['Differences']>>
  | Holds<Lacking<authoring.Withdrawal, Sent['Withdrawal']>>
  | Holds<Lacking<authoring.SplitClauses, Sent['SplitClauses']>>;
