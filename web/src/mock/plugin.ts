/** Vite middleware that answers /api from fixtures: `npm run dev:mock`. Never part of the build. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { answer } from './server.ts';

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString('utf8');
  const json = (request.headers['content-type'] ?? '').includes('json');
  return text === '' || !json ? undefined : JSON.parse(text);
}

function versionOf(header: string | undefined): { readonly version?: number } {
  const version = Number(header?.replaceAll('"', ''));
  return Number.isInteger(version) ? { version } : {};
}

async function handle(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!url.pathname.startsWith('/api/')) return next();
  const persona = /liangu=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? null;
  const result = answer({ method: request.method ?? 'GET', path: url.pathname.slice(4), query: url.searchParams, body: await bodyOf(request), persona, ...versionOf(request.headers['if-match']) });
  response.statusCode = result.status;
  if (result.persona !== undefined) {
    response.setHeader('Set-Cookie', result.persona === null ? 'liangu=; Path=/; Max-Age=0' : `liangu=${result.persona}; Path=/`);
  }
  response.setHeader('Content-Type', result.type ?? (result.status >= 400 ? 'application/problem+json' : 'application/json'));
  response.end(result.body === undefined ? '' : typeof result.body === 'string' ? result.body : JSON.stringify(result.body));
}

export function fixtures(): Plugin {
  return {
    name: 'liangu-fixtures',
    configureServer(server) {
      server.middlewares.use((request, response, next) => void handle(request, response, next));
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => void handle(request, response, next));
    },
  };
}
