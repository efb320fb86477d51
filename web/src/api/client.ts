/**
 * The one way to the server. Same origin only. Every answer that is not 2xx becomes a `Problem`.
 * The wire shape is trusted (server and web are one version); `types.ts` states it.
 */
import { withSearch, type Query } from '@/lib/search';
import { Problem, type ProblemBody } from './problem';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Ask {
  readonly query?: Query;
  readonly body?: unknown;
  /** A file sent as it is, instead of `body`. */
  readonly file?: Blob;
  /** The version read, for PATCH and PUT: sent as If-Match. */
  readonly version?: number;
  /** One key per intent; a repeat of the same key is answered from the first. Made by `intent()`. */
  readonly intent?: string;
  readonly signal?: AbortSignal;
}

/** A fresh Idempotency-Key: take it when the form opens, keep it until the server has accepted. */
export function intent(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function headers(method: Method, ask: Ask): Headers {
  const all = new Headers({ Accept: 'application/json', 'Accept-Language': document.documentElement.lang });
  if (ask.body !== undefined) all.set('Content-Type', 'application/json');
  if (ask.file) all.set('Content-Type', 'application/octet-stream');
  if (method !== 'GET') all.set('X-Liangu', 'web');
  if (ask.version !== undefined) all.set('If-Match', `"${ask.version}"`);
  if (ask.intent !== undefined) all.set('Idempotency-Key', ask.intent);
  return all;
}

async function problemOf(response: Response): Promise<Problem> {
  let body: ProblemBody = {};
  if ((response.headers.get('Content-Type') ?? '').includes('json')) {
    try {
      body = await response.json();
    } catch {
      body = {};
    }
  }
  return new Problem(response.status, body);
}

/** Sends and returns the raw answer; throws `Problem` on refusal, silence or a cut line (never on abort). */
export async function send(method: Method, path: string, ask: Ask = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(withSearch(`/api${path}`, ask.query ?? {}), {
      method,
      headers: headers(method, ask),
      credentials: 'same-origin',
      ...(ask.file ? { body: ask.file } : ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      ...(ask.signal ? { signal: ask.signal } : {}),
    });
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    throw new Problem(0, {});
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function request<T>(method: Method, path: string, ask: Ask = {}): Promise<T> {
  const response = await send(method, path, ask);
  const answer: T = await response.json();
  return answer;
}

export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
}
