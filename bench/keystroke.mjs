// Authors at work on a served demonstration: 50 of them, each with an edit a second for a minute, every edit tried on all
// firms. Prints `what <tab> p95 in ms <tab> limit` a line; ends with an error if an answer is wrong or refused.
const [url, seconds = '60'] = process.argv.slice(2);
const AUTHORS = 50;
const LIMIT_MS = 100;
const headers = { 'X-Liangu': 'web', 'Content-Type': 'application/json' };

async function call(cookie, method, path, body, more = {}) {
  const answer = await fetch(`${url}${path}`, { method, headers: { ...headers, cookie, ...more }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

async function signIn() {
  const answer = await fetch(`${url}/api/demo/session`, { method: 'POST', headers, body: JSON.stringify({ persona: 'officer' }) });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

const clause = (n, when, item = null) => ({ key: `c${n}`, text: { zh: `条款 ${n}`, en: `clause ${n}` }, kind: 'deciding', when, item });
const money = (amount, more = {}) => ({ kind: 'money', amount, text: { zh: '补助', en: 'grant' }, ...more });
const item = (key, benefit, bind = null) => ({ key, label: { zh: key, en: key }, bind, benefit });

// A text as it grows under the author's hands; `n` differs from edit to edit, so that no answer can be kept.
const stages = [
  () => ({ clauses: [], items: [] }),
  (n) => ({ clauses: [clause(1, `revenue >= wan(${500 + n})`)], items: [item('i1', money(`wan(${10 + (n % 20)})`))] }),
  (n) => ({
    clauses: [clause(1, `revenue >= wan(${500 + n})`), clause(2, '!abnormal_listed'), clause(3, 'within(industry, "C")')],
    items: [item('i1', money('share(revenue, percent(1))', { cap: `wan(${50 + n})` }))],
  }),
  (n) => ({
    clauses: [
      clause(1, `growth(revenue) >= percent(${n % 30})`),
      clause(2, `ratio(rd_spend, revenue) >= percent(${(n % 50) / 10})`),
      clause(3, 'certs.exists(c, c in ["high_tech", "srdi", "little_giant"])'),
      clause(4, `years_since(established) >= ${n % 6}`),
      clause(5, `employees >= ${n % 100} && insured_employees >= ${n % 60}`),
    ],
    items: [item('i1', money(`min(share(rd_spend, percent(10)), wan(${100 + n}))`))],
  }),
  (n) => ({
    clauses: [
      clause(1, `revenue >= wan(${200 + n})`),
      clause(2, 'p.kind == "upgrade"', 'i1'),
      clause(3, `p.total_investment >= wan(${100 + n})`, 'i1'),
    ],
    items: [item('i1', money('share(p.total_investment, percent(10))', { cap: `wan(${200 + n})`, round_down: 'wan(1)' }), { child: 'projects', variable: 'p' })],
  }),
];

const cookies = await Promise.all(Array.from({ length: AUTHORS }, signIn));
const { items: policies } = await call(cookies[0], 'GET', `/api/records/policy?limit=${AUTHORS}&where.series=demonstration`);
const places = [];
for (const [at, cookie] of cookies.entries()) {
  const id = policies[at].id;
  const { versions } = await call(cookie, 'GET', `/api/policies/${id}/versions`);
  const open = versions.find((v) => v.state === 'draft');
  const version = open ?? (await call(cookie, 'POST', `/api/policies/${id}/versions`, {}, { 'Idempotency-Key': `bench-${process.pid}-${at}` }));
  places.push(`/api/policies/${id}/versions/${version.number}/trial`);
}

const times = [];
const empty = [];
let late = 0;
async function author(at) {
  const begun = performance.now() + (at * 1000) / AUTHORS;
  for (let edit = 0; edit < Number(seconds); edit += 1) {
    const due = begun + edit * 1000;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((go) => setTimeout(go, wait));
    else if (wait < -1000) late += 1;
    const stage = (edit + at) % stages.length;
    const start = performance.now();
    const trial = await call(cookies[at], 'POST', places[at], { content: stages[stage](edit * AUTHORS + at) });
    const took = performance.now() - start;
    times.push(took);
    if (stage === 0) empty.push(took);
    if (!trial.counts) throw new Error(`stage ${stage} does not type: ${JSON.stringify(trial.clauses.flatMap((c) => c.findings)).slice(0, 400)}`);
  }
}
await Promise.all(cookies.map((_, at) => author(at)));

const p95 = (list) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)];
console.log(`a keystroke of one of ${AUTHORS} authors, ${times.length} edits, p95\t${p95(times).toFixed(1)}\t${LIMIT_MS}`);
console.log(`the same, the empty rule alone, p95\t${p95(empty).toFixed(1)}\t${LIMIT_MS}`);
console.log(`edits more than a second late\t${late}\t0`);
