/** A refusal of the server (problem+json), or no answer at all (`status` 0). */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  /** Number of the request, in the server's log too. */
  readonly request?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly errors?: readonly FieldProblem[];
  readonly current?: unknown;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
  /** What to quote to the help desk. */
  readonly instance: string;
  readonly errors: readonly FieldProblem[];
  /** On 412 the record as it is now. */
  readonly current: unknown;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'network' : `http_${status}`);
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.hint = body.hint ?? '';
    this.instance = body.request ?? body.instance ?? '';
    this.errors = body.errors ?? [];
    this.current = body.current;
  }
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}

/** Worth trying again without a change of what was sent. */
export function passes(error: unknown): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 503 || error.status === 429);
}
