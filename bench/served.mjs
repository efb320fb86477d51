// One server over a demonstration on disk, for measurements that stop, kill and start it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const guard = { 'X-Liangu': 'web', 'Content-Type': 'application/json' };
let running = null;
/** Whatever ends the measurement ends the server too. */
process.on('exit', () => running?.kill('SIGKILL'));

export async function serve(binary, dir, port) {
  const child = spawn(binary, ['demo', '--dir', dir, '--address', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LIANGU_LOG: 'warn' },
  });
  running = child;
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 2400) throw new Error('the server did not start');
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url,
    /** Somebody signed in: `ask(method, path, body, version)` answers parsed JSON, or the text of what is no JSON. */
    person: (cookie) => person(url, cookie),
    persona: async (key) => person(url, await signIn(`${url}/api/demo/session`, { persona: key })),
    account: async (login, password) => person(url, await signIn(`${url}/api/session`, { login, password })),
    peak: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    /** Seconds of processor time so far, user and system together. */
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    end: async (signal) => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function signIn(address, body) {
  const answer = await fetch(address, { method: 'POST', headers: guard, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

function person(url, cookie) {
  const ask = async (method, path, body, version) => {
    const headers = { ...guard, cookie, 'Idempotency-Key': crypto.randomUUID() };
    if (version !== undefined) headers['If-Match'] = `"${version}"`;
    const answer = await fetch(`${url}/api/${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
  };
  /** Every row of a list. */
  const all = async (path) => {
    const rows = [];
    for (let after = ''; ; ) {
      const page = await ask('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
      rows.push(...page.items);
      if (!page.next) return rows;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  };
  return { ask, all, cookie };
}
