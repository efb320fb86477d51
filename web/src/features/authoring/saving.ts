/**
 * Keeps a draft on the server while somebody writes: one save at a time, the latest document last, never over somebody else's.
 * Invariant: after `stale` nothing is sent until `settle` says which document stands.
 */
import { browserClock, type Clock } from './trialing';

export type SaveState =
  | { readonly is: 'saved'; readonly at: string | null }
  | { readonly is: 'unsaved' }
  | { readonly is: 'saving' }
  | { readonly is: 'refused'; readonly error: unknown }
  | { readonly is: 'stale' };

interface Parts<Document> {
  /** Answers with the new revision and the time of saving. */
  readonly put: (document: Document, revision: number) => Promise<{ readonly revision: number; readonly at: string | null }>;
  readonly isStale: (error: unknown) => boolean;
  readonly onState: (state: SaveState) => void;
  readonly onSaved?: (document: Document, revision: number) => void;
  readonly rest?: number;
  readonly clock?: Clock;
}

export class Saving<Document> {
  readonly #parts: Parts<Document>;
  #revision: number;
  #pending: { readonly document: Document } | null = null;
  #timer: unknown = null;
  #busy = false;
  #stale = false;

  constructor(revision: number, parts: Parts<Document>) {
    this.#parts = parts;
    this.#revision = revision;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Nothing is left to send and nothing is on its way. */
  get quiet(): boolean {
    return this.#pending === null && !this.#busy;
  }

  change(document: Document): void {
    this.#pending = { document };
    if (this.#stale) return;
    if (!this.#busy) this.#parts.onState({ is: 'unsaved' });
    this.#arm();
  }

  /** At once, as before a command; resolves when nothing is left to send or it could not be sent. */
  async flush(): Promise<boolean> {
    this.#disarm();
    await this.#send();
    return this.quiet && !this.#stale;
  }

  /** The reader chose: what stands at `revision` is the base now, and `document` (if any) is saved over it. */
  settle(revision: number, at: string | null, document: Document | null): void {
    this.#revision = revision;
    this.#stale = false;
    this.#pending = document === null ? null : { document };
    if (document === null) this.#parts.onState({ is: 'saved', at });
    else void this.flush();
  }

  stop(): void {
    this.#disarm();
  }

  #arm(): void {
    this.#disarm();
    this.#timer = (this.#parts.clock ?? browserClock).set(() => void this.#send(), this.#parts.rest ?? 1500);
  }

  #disarm(): void {
    if (this.#timer !== null) (this.#parts.clock ?? browserClock).clear(this.#timer);
    this.#timer = null;
  }

  #sending: Promise<void> | null = null;

  async #send(): Promise<void> {
    if (this.#sending) await this.#sending;
    if (this.#pending === null || this.#stale) return;
    this.#sending = this.#put(this.#pending.document);
    await this.#sending;
    this.#sending = null;
  }

  async #put(document: Document): Promise<void> {
    const sent = this.#pending;
    this.#pending = null;
    this.#busy = true;
    this.#parts.onState({ is: 'saving' });
    try {
      const { revision, at } = await this.#parts.put(document, this.#revision);
      this.#revision = revision;
      this.#busy = false;
      this.#parts.onSaved?.(document, revision);
      this.#parts.onState(this.#pending === null ? { is: 'saved', at } : { is: 'unsaved' });
      if (this.#pending !== null) this.#arm();
    } catch (error) {
      this.#busy = false;
      this.#pending ??= sent;
      this.#stale = this.#parts.isStale(error);
      this.#parts.onState(this.#stale ? { is: 'stale' } : { is: 'refused', error });
    }
  }
}
