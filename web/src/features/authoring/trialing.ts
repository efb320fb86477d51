/**
 * Asks the server while somebody types: after a short rest, only the latest question, an older one on its way is given up.
 * Timers and the asking are arguments. Invariant: `onAnswer` is called in the order of the questions and never with an answer
 * to a question that was given up.
 */
export interface Clock {
  readonly set: (run: () => void, ms: number) => unknown;
  readonly clear: (timer: unknown) => void;
}

export const browserClock: Clock = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (timer) => window.clearTimeout(typeof timer === 'number' ? timer : undefined),
};

interface Parts<Question, Answer> {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  readonly onAnswer: (answer: Answer, question: Question) => void;
  /** What was typed stays; the next keystroke asks again. */
  readonly onError: (error: unknown) => void;
  readonly onBusy: (busy: boolean) => void;
  readonly rest?: number;
  readonly clock?: Clock;
}

export class Trialing<Question, Answer> {
  readonly #parts: Parts<Question, Answer>;
  #timer: unknown = null;
  #running: AbortController | null = null;
  #waiting = false;

  constructor(parts: Parts<Question, Answer>) {
    this.#parts = parts;
  }

  /** `now` skips the rest, as at the opening. */
  ask(question: Question, now = false): void {
    const clock = this.#parts.clock ?? browserClock;
    if (this.#waiting) clock.clear(this.#timer);
    this.#waiting = true;
    this.#parts.onBusy(true);
    this.#timer = clock.set(() => void this.#run(question), now ? 0 : (this.#parts.rest ?? 120));
  }

  stop(): void {
    if (this.#waiting) (this.#parts.clock ?? browserClock).clear(this.#timer);
    this.#waiting = false;
    this.#running?.abort();
    this.#running = null;
  }

  async #run(question: Question): Promise<void> {
    this.#waiting = false;
    this.#running?.abort();
    const own = new AbortController();
    this.#running = own;
    try {
      const answer = await this.#parts.ask(question, own.signal);
      if (own.signal.aborted) return;
      this.#parts.onAnswer(answer, question);
    } catch (error) {
      if (own.signal.aborted) return;
      this.#parts.onError(error);
    }
    this.#running = null;
    if (!this.#waiting) this.#parts.onBusy(false);
  }
}
