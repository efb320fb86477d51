/** Answers shaped like the HTTP interface, small and fixed. Features add routes in `routes` of their fixture file. */
import { routes } from './routes.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Key of the persona signed in, from the cookie. */
  readonly persona: string | null;
  /** If-Match. */
  readonly version?: number;
}

export interface Answered {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
  /** Sets (or with null clears) the persona's cookie. */
  readonly persona?: string | null;
}

export type Handler = (asked: Asked, parts: readonly string[]) => Answered;
/** `GET /records/:record` → handler; `parts` are the values of the named segments in order. */
export type Routes = Readonly<Record<string, Handler>>;

function match(pattern: string, path: string): readonly string[] | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parts: string[] = [];
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) parts.push(decodeURIComponent(value));
    else if (part !== value) return null;
  }
  return parts;
}

export function answer(asked: Asked): Answered {
  for (const [pattern, handler] of Object.entries(routes)) {
    const [method = '', path = ''] = pattern.split(' ');
    if (method !== asked.method) continue;
    const parts = match(path, asked.path);
    if (parts) return handler(asked, parts);
  }
  return { status: 404, body: { title: '没有找到', status: 404, detail: `没有 ${asked.method} ${asked.path} 的示例`, code: 'not_found' } };
}
