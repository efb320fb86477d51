// Starts `liangu` on a demonstration made for the tests and stops it again.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync, readFileSync, cpSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.LIANGU ?? join(root, 'target/release/liangu');
const results = join(root, 'e2e/results');

/** The day on which all journeys take place, so that pictures and counts repeat. */
export const day = process.env.AS_OF ?? '2026-11-20';

/** A demonstration made once by a binary and copied for each server, since journeys write into it. */
function made() {
  const template = join(results, 'demonstration');
  const mark = join(results, 'made');
  const by = `${day} ${statSync(binary).mtimeMs}`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === by) return template;
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const run = spawnSync(binary, ['demo', '--dir', template, '--as-of', day, '--no-serve'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) throw new Error(`liangu demo ended with ${run.status}`);
  writeFileSync(mark, by);
  return template;
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Waits until the server answers that it is ready, or has ended. */
async function ready(url, child) {
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    try {
      const answer = await fetch(`${url}/readyz`);
      if (answer.ok) return;
    } catch { /* not listening yet */ }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the server was not ready within a minute');
}

/**
 * `later` stops it and starts it on a later day at the same address: what falls due until then happens, who is signed in stays so.
 * @returns {Promise<{url: string, stop: () => Promise<void>, later: (day: string) => Promise<void>}>}
 */
export async function startDemonstration(name = 'journeys') {
  if (process.env.URL_UNDER_TEST) return { url: process.env.URL_UNDER_TEST, stop: async () => {}, later: async () => {} };
  const dir = join(results, name);
  const template = made();
  rmSync(dir, { recursive: true, force: true });
  cpSync(template, dir, { recursive: true });
  const first = await start(['demo', '--dir', dir, '--as-of', day]);
  let now = first;
  return {
    url: first.url,
    stop: () => now.stop(),
    later: async (day) => {
      await now.stop();
      now = await start(['demo', '--dir', dir, '--move-to', day], new URL(first.url).port);
    },
  };
}

/** An empty installation as `liangu init` makes it, and the set-up token that it prints. */
export async function startInstallation(name = 'installation') {
  const dir = join(results, name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const run = spawnSync(binary, ['init', '--region', '431300', '--dir', dir], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const token = /\b[A-Za-z0-9_-]{24,}\b/.exec(run.stdout)?.[0];
  const server = await start(['serve', '--dir', dir]);
  return { ...server, token, said: run.stdout };
}

async function start(args, at) {
  const port = at ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, [...args, '--address', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LIANGU_LOG: 'warn' } });
  await ready(url, child);
  return {
    url,
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}
