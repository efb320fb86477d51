// Answers of a served demonstration under a few readers: prints `what <tab> p95 in ms <tab> limit` a line.
const [url] = process.argv.slice(2);
const headers = { 'X-Liangu': 'web', 'Content-Type': 'application/json' };

async function signIn(persona) {
  const answer = await fetch(`${url}/api/demo/session`, { method: 'POST', headers, body: JSON.stringify({ persona }) });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
  return { cookie: answer.headers.getSetCookie()[0].split(';')[0], session: await answer.json() };
}

async function p95(requests, readers, ask) {
  const times = [];
  let left = requests;
  const one = async () => {
    while (left-- > 0) {
      const start = performance.now();
      const answer = await ask();
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: readers }, one));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)];
}

const { cookie, session } = await signIn('firm');
const firm = session.account.firm.id;
const words = ['设备', '研发', '技改', '专精特新', '贷款'];
let n = 0;
const rows = [
  ['policies searched without an account, 4 readers, p95', 400, await p95(200, 4, () => fetch(`${url}/api/records/policy?q=${encodeURIComponent(words[n++ % words.length])}&limit=20`))],
  ['what fits my firm, 4 readers, p95', 400, await p95(100, 4, () => fetch(`${url}/api/firms/${firm}/matches`, { headers: { cookie } }))],
];
for (const [what, limit, measured] of rows) console.log(`${what}\t${measured.toFixed(1)}\t${limit}`);
