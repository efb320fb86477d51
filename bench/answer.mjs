// Firms that answer questions on a served demonstration: 50 of them, each an answer a second for half a minute; every answer is
// written, re-matched against all policies and comes back with what was gained and lost. Prints `what <tab> p95 in ms <tab> limit`.
const [url, seconds = '30', sort = '-established'] = process.argv.slice(2);
const USERS = 50;
const LIMIT_MS = 50;
const PASSWORD = 'a-long-measured-password-7';
const guard = { 'X-Liangu': 'web', 'Content-Type': 'application/json' };

async function call(cookie, method, path, body, more = {}) {
  const headers = { ...guard, ...(cookie && { cookie }), ...(method === 'POST' && { 'Idempotency-Key': crypto.randomUUID() }), ...more };
  const answer = await fetch(`${url}/api/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return { said: text ? JSON.parse(text) : null, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] };
}

const { cookie: administrator } = await call(null, 'POST', 'demo/session', { persona: 'administrator' });
const { said: list } = await call(administrator, 'GET', `records/enterprise?limit=${USERS}&sort=${sort}`);

/** An account of the firm, signed in with a password of its own. */
async function user(firm, n) {
  const login = `measured-${process.pid}-${n}`;
  const { said: account } = await call(administrator, 'POST', 'accounts', { login, name: login, roles: ['firm'], firm: firm.id });
  const { said: once } = await call(administrator, 'POST', `accounts/${account.id}/password`, {});
  const first = await call(null, 'POST', 'session', { login, password: once.password });
  const changed = await call(first.cookie, 'POST', 'session/password', { old: once.password, new: PASSWORD });
  return { firm: firm.id, cookie: changed.cookie ?? first.cookie };
}

const users = [];
for (const [n, firm] of list.items.entries()) users.push(await user(firm, n));

const times = [];
let late = 0;
let moved = 0;

async function answers({ firm, cookie }, n) {
  let { said: page } = await call(cookie, 'GET', `firms/${firm}/matches`);
  // what was asked before may be answered anew, as people who correct themselves do
  const asked = new Map();
  const begin = performance.now() + (n * 1000) / USERS;
  for (let turn = 0; turn < Number(seconds); turn += 1) {
    const due = begin + turn * 1000;
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    const open = page.questions.find((q) => q.choices.length > 0 && !asked.has(q.field));
    const question = open ?? [...asked.values()][turn % asked.size];
    if (!question) break;
    asked.set(question.field, question);
    const choice = question.choices[(n + turn) % question.choices.length];
    const start = performance.now();
    if (start - due > 1000) late += 1;
    const { said } = await call(cookie, 'POST', `firms/${firm}/answers`, { field: question.field, year: question.year, value: choice.value, band: true });
    times.push(performance.now() - start);
    if (said.gained.length + said.lost.length > 0) moved += 1;
    page = said.matches;
  }
}

await Promise.all(users.map(answers));
if (times.length < USERS * 5) throw new Error(`only ${times.length} answers: the firms have too few questions`);
if (moved === 0) throw new Error('no answer gained or lost a policy');
times.sort((a, b) => a - b);
const p95 = times[Math.floor(times.length * 0.95)];
console.log(`an answer of one of ${USERS} firms re-matched, ${times.length} answers, p95\t${p95.toFixed(1)}\t${LIMIT_MS}`);
console.error(`median ${times[times.length >> 1].toFixed(1)} ms, worst ${times.at(-1).toFixed(1)} ms, ${moved} answers gained or lost policies, ${late} late`);
