/**
 * One version under the pen: the document, the trees not yet turned into text, the server's last answer, what is saved.
 * Invariant: nothing typed is thrown away except by the reader; the server's answer only fills in what the author did not touch since.
 */
import type { Clause, Condition, Content, PolicyVersion, Trial } from '@/api/authoring';
import { isProblem } from '@/api/problem';
import { readKept, keep } from './kept';
import { Saving, type SaveState } from './saving';
import { setClause, whole } from './document';
import { browserClock, Trialing, type Clock } from './trialing';

export type Trees = Readonly<Record<string, Condition>>;

export interface Question {
  readonly doc: Content;
  readonly trees: Trees;
}

export interface EditorState {
  readonly version: PolicyVersion;
  readonly doc: Content;
  /** Clauses last edited as a tree. */
  readonly trees: Trees;
  readonly trial: Trial | null;
  /** The last answer that counted firms: stays in sight while what is typed is not whole. */
  readonly counted: Trial | null;
  /** Keys whose tree cannot be written as text yet. */
  readonly unfinished: readonly string[];
  readonly asking: boolean;
  readonly trialError: unknown;
  readonly save: SaveState;
  /** Somebody else's version, when they saved first. */
  readonly theirs: PolicyVersion | null;
  /** What was typed and not saved stood in this window. */
  readonly recovered: boolean;
  readonly removed: { readonly label: string; readonly doc: Content; readonly trees: Trees } | null;
}

export interface Ways {
  readonly attempt: (content: unknown, signal: AbortSignal) => Promise<Trial>;
  readonly put: (content: Content, revision: number) => Promise<PolicyVersion>;
  readonly read: () => Promise<PolicyVersion>;
  readonly clock?: Clock;
}

/** The document as the trial takes it: trees in place of texts. */
export function asked({ doc, trees }: Question): unknown {
  return { ...doc, clauses: doc.clauses.map((clause) => withTree(clause, trees[clause.key])) };
}

function withTree(clause: Clause, tree: Condition | undefined): unknown {
  if (!tree || clause.kind !== 'deciding') return clause;
  const { when: _, ...rest } = clause;
  return { ...rest, condition: tree };
}

export class Editor {
  #state: EditorState;
  #listeners = new Set<() => void>();
  readonly #trialing: Trialing<Question, Trial>;
  readonly #saving: Saving<Content>;
  readonly #ways: Ways;

  constructor(version: PolicyVersion, ways: Ways) {
    this.#ways = ways;
    const doc = whole(version.content);
    const kept = version.can.save.allowed ? readKept(version.policy.id, version.number) : null;
    this.#state = {
      version, doc, trees: {}, trial: null, counted: null, unfinished: [], asking: true, trialError: null, save: { is: 'saved', at: version.saved_at }, theirs: null, recovered: false, removed: null,
    };
    this.#trialing = new Trialing({
      ask: (question, signal) => ways.attempt(asked(question), signal),
      onAnswer: (trial, question) => this.#answered(trial, question),
      onError: (error) => this.#set({ trialError: error }),
      onBusy: (asking) => this.#set({ asking }),
      clock: ways.clock ?? browserClock,
    });
    this.#saving = new Saving<Content>(kept?.revision ?? version.revision, {
      put: async (content, revision) => {
        const after = await ways.put(content, revision);
        this.#set({ version: after });
        return { revision: after.revision, at: after.saved_at };
      },
      isStale: (error) => isProblem(error) && error.status === 412,
      onState: (save) => this.#saved(save),
      clock: ways.clock ?? browserClock,
    });
    if (kept) {
      this.#state = { ...this.#state, doc: whole(kept.doc), trees: kept.trees, recovered: true };
      this.#saving.change(this.#state.doc);
    }
  }

  readonly subscribe = (listen: () => void): (() => void) => {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  };
  readonly get = (): EditorState => this.#state;

  start(): void {
    this.#ask(true);
  }
  stop(): void {
    this.#trialing.stop();
    this.#saving.stop();
  }

  edit(change: (doc: Content) => Content): void {
    const doc = change(this.#state.doc);
    if (doc === this.#state.doc) return;
    this.#changed({ doc });
  }

  /** An edit that takes something away, with the way back. */
  remove(label: string, change: (doc: Content) => Content): void {
    const { doc, trees } = this.#state;
    this.#changed({ doc: change(doc), removed: { label, doc, trees } });
  }
  undoRemoval(): void {
    const { removed } = this.#state;
    if (removed) this.#changed({ doc: removed.doc, trees: removed.trees, removed: null });
  }
  forgetRemoval(): void {
    this.#set({ removed: null });
  }

  setTree(key: string, tree: Condition): void {
    this.#changed({ trees: { ...this.#state.trees, [key]: tree } });
  }

  setText(key: string, when: string): void {
    const { [key]: _, ...trees } = this.#state.trees;
    this.#changed({ trees, unfinished: this.#state.unfinished.filter((one) => one !== key), doc: setClause(this.#state.doc, key, { when: when === '' ? null : when }) });
  }

  /** Back to what the server holds; what was typed is given up. */
  dropRecovered(): void {
    const { version } = this.#state;
    keep(version.policy.id, version.number, null);
    this.#set({ doc: whole(version.content), trees: {}, recovered: false, theirs: null });
    this.#saving.settle(version.revision, version.saved_at, null);
    this.#ask(true);
  }
  acceptRecovered(): void {
    this.#set({ recovered: false });
  }

  flush(): Promise<boolean> {
    return this.#saving.flush();
  }

  settle(choice: 'mine' | 'theirs'): void {
    const { theirs, doc } = this.#state;
    if (!theirs) return;
    if (choice === 'mine') {
      this.#set({ version: theirs, theirs: null });
      this.#saving.settle(theirs.revision, theirs.saved_at, doc);
    } else {
      keep(theirs.policy.id, theirs.number, null);
      this.#set({ version: theirs, theirs: null, removed: { label: '', doc, trees: this.#state.trees }, doc: whole(theirs.content), trees: {} });
      this.#saving.settle(theirs.revision, theirs.saved_at, null);
      this.#ask(true);
    }
  }

  /** After a command: the server's answer is what stands. */
  replace(version: PolicyVersion): void {
    keep(version.policy.id, version.number, null);
    this.#set({ version, doc: whole(version.content), trees: {}, unfinished: [], removed: null });
    this.#saving.settle(version.revision, version.saved_at, null);
    this.#ask(true);
  }

  #ask(now: boolean): void {
    this.#trialing.ask({ doc: this.#state.doc, trees: this.#state.trees }, now);
  }

  #changed(part: Partial<EditorState>): void {
    this.#set(part);
    const { version, doc, trees, trial } = this.#state;
    if (!version.can.save.allowed) return;
    keep(version.policy.id, version.number, { revision: this.#saving.revision, doc, trees });
    // A tree becomes text with the answer; until then the document is not what is shown.
    if (Object.keys(trees).length === 0 || trial === null || part.trees === undefined) this.#saving.change(doc);
    else this.#set({ save: { is: 'unsaved' } });
    this.#ask(false);
  }

  #answered(trial: Trial, question: Question): void {
    const { trees, doc } = this.#state;
    const unfinished: string[] = [];
    let next = doc;
    for (const clause of trial.clauses) {
      const tree = trees[clause.key];
      if (!tree || question.trees[clause.key] !== tree) continue;
      if (clause.when === null) unfinished.push(clause.key);
      else if (next.clauses.find((one) => one.key === clause.key)?.when !== clause.when) next = setClause(next, clause.key, { when: clause.when });
    }
    this.#set({ trial, counted: trial.counts === null ? this.#state.counted : trial, trialError: null, unfinished, doc: next });
    if (next !== doc || this.#state.save.is === 'unsaved') {
      if (this.#state.version.can.save.allowed) this.#saving.change(next);
    }
  }

  #saved(save: SaveState): void {
    this.#set({ save });
    const { version, unfinished } = this.#state;
    if (save.is === 'saved' && unfinished.length === 0) keep(version.policy.id, version.number, null);
    if (save.is === 'saved' && this.#state.recovered) this.#set({ recovered: false });
    if (save.is === 'stale') void this.#readTheirs();
  }

  async #readTheirs(): Promise<void> {
    try {
      this.#set({ theirs: await this.#ways.read() });
    } catch (error) {
      this.#set({ save: { is: 'refused', error } });
    }
  }

  #set(part: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...part };
    this.#listeners.forEach((listen) => listen());
  }
}
