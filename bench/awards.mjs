// 10,000 firms of a demonstration awarded without application: from the second signature to the last claim, then once
// more with the server killed half-way. The list and the claims are counted again from the firms' facts, to the fen.
// Prints `what <tab> measured <tab> limit <tab> unit` a line; ends with an error where a count differs.
import { serve } from './served.mjs';

const [binary, dir, portText = '8931'] = process.argv.slice(2);
const port = Number(portText);
const AWARDS = 10_000;
const WAN = 1_000_000; // fen
const until = async (what, holds, seconds = 600) => {
  for (let tries = 0; tries < seconds * 5; tries += 1) {
    const found = await what();
    if (holds(found)) return found;
    await new Promise((go) => setTimeout(go, 200));
  }
  throw new Error('it did not come to pass');
};
const same = (what, a, b) => {
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
};

let server = await serve(binary, dir, port);
const people = {};
const signIn = async () => {
  for (const key of ['officer', 'administrator', 'finance', 'reviewer']) people[key] = await server.persona(key);
};
await signIn();

/** A second reviewer, with a password of his own. */
const login = `second-${process.pid}`;
const made = await people.administrator.ask('POST', 'accounts', { login, name: '复签', roles: ['reviewer'], region: '431300' });
const once = await people.administrator.ask('POST', `accounts/${made.id}/password`, {});
const password = 'blue stone bridge 7';
const first = await server.account(login, once.password);
await first.ask('POST', 'session/password', { old: once.password, new: password });
const second = async () => (people.second = await server.account(login, password));
await second();

const REVENUE = 300 * WAN;
/** 0.5 % of revenue up to 200,000 yuan in steps of 100 yuan, for the 10,000 firms of the highest revenue. */
const content = {
  clauses: [
    { key: 'c1', text: { zh: '在娄底市注册', en: 'Registered in Loudi' }, kind: 'deciding', when: 'within(region, "431300")' },
    { key: 'c2', text: { zh: '营业收入不低于 300 万元', en: 'Revenue of 3 million' }, kind: 'deciding', when: 'revenue >= wan(300)' },
  ],
  items: [{ key: 'i1', label: { zh: '奖励', en: 'Award' }, benefit: { kind: 'money', amount: 'share(revenue, percent(0.5))', cap: 'wan(20)', text: { zh: '按营业收入 0.5%', en: '0.5 % of revenue' } } }],
  money: { round_down: 'yuan(100)', pool: { quota: AWARDS, rank: 'revenue' } },
  cases: [
    { key: 'k1', label: { zh: '达标', en: 'fits' }, firm: { region: '431300', revenue: 'wan(9000)' }, expects: 'yes', amount: 'wan(20)' },
    { key: 'k2', like: 'k1', label: { zh: '外地', en: 'elsewhere' }, firm: { region: '430100' }, expects: 'no', fails_on: 'c1' },
    { key: 'k3', like: 'k1', label: { zh: '不足', en: 'too small' }, firm: { revenue: 'wan(10)' }, expects: 'no', fails_on: 'c2' },
  ],
};

/** A policy written, checked, approved by another person, and granted without application, with its budget. */
async function policy(name) {
  const { officer, administrator, finance } = people;
  const head = { title: { zh: `免申奖励${name}`, en: `Award ${name}` }, issuer: { zh: '娄底市工信局', en: 'Loudi MIIT' }, level: 'city', kind: 'reward', region: '431300' };
  const draft = await officer.ask('POST', 'policies', head);
  const { id } = draft.policy;
  const path = `policies/${id}/versions/1`;
  const saved = await officer.ask('PUT', path, { content }, draft.revision);
  const checked = await officer.ask('POST', `${path}/commands/check`, {}, saved.revision);
  await administrator.ask('POST', `${path}/commands/approve`, {}, checked.revision);
  const row = await officer.ask('GET', `records/policy/${id}`);
  await officer.ask('PATCH', `records/policy/${id}`, { values: { grant_mode: 'automatic' } }, row.version);
  const year = Number((await officer.ask('GET', 'session')).installation.as_of.slice(0, 4));
  await finance.ask('POST', 'budgets', { policy: id, year, total: 300_000 * WAN });
  return id;
}

const command = async (who, run, name, inputs = {}) => {
  const { version } = await who.ask('GET', `award-runs/${run}`);
  await who.ask('POST', `records/award_run/${run}/commands/${name}`, { inputs }, version);
};
const state = (run) => () => people.officer.ask('GET', `award-runs/${run}`);

/** Cells of a CSV file, by row. */
function cells(text) {
  const [rows, row, cell] = [[], [], []];
  let quoted = false;
  const end = () => row.push(cell.splice(0).join(''));
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at += 1) {
    const c = text[at];
    if (quoted && c === '"' && text[at + 1] === '"') cell.push(text[(at += 1)]);
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') end();
    else if (!quoted && c === '\n') end(), rows.push(row.splice(0));
    else if (quoted || c !== '\r') cell.push(c);
  }
  if (cell.length || row.length) end(), rows.push(row.splice(0));
  return rows;
}

/** Yuan as they are written, in fen. */
const fen = (yuan) => {
  const [whole, part = ''] = yuan.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
};

/** The city's firms that fit, by credit code: revenue in fen, read from the exported file of firms. */
async function facts() {
  const [head, ...rows] = cells(await people.administrator.ask('GET', 'records/enterprise/export?format=csv&where.region=431300'));
  const column = (name) => head.findIndex((title) => title.startsWith(name));
  const [code, revenue] = [column('统一社会信用代码'), column('营业收入')];
  const known = rows.filter((row) => row[revenue] !== '').map((row) => [row[code], fen(row[revenue])]);
  return new Map(known.filter(([, amount]) => amount >= REVENUE));
}

/** Firm → fen by the policy's terms and the firms' facts; `ids` gives the firms of the list their ids and nothing else. */
function recount(revenues, ids) {
  const fitting = [...revenues].map(([code, revenue]) => ({ id: ids.get(code), revenue }));
  same('firms without an id', fitting.filter((firm) => firm.id === undefined).length, 0);
  fitting.sort((a, b) => b.revenue - a.revenue || (a.id < b.id ? -1 : 1));
  const money = (revenue) => {
    const share = Number((BigInt(revenue) * 50n) / 10_000n);
    return Math.floor(Math.min(share, 20 * WAN) / 10_000) * 10_000;
  };
  return new Map(fitting.slice(0, AWARDS).map((firm) => [firm.id, money(firm.revenue)]));
}

async function signed(id) {
  const run = (await people.officer.ask('POST', 'award-runs', { policy: id })).id;
  const begun = performance.now();
  await command(people.officer, run, 'freeze');
  const frozen = await until(state(run), (now) => now.state !== 'freezing');
  same('state after the freeze', frozen.state, 'frozen');
  const froze = (performance.now() - begun) / 1000;
  await command(people.officer, run, 'dry_run');
  const tried = await state(run)();
  same('firms that fit', tried.candidates, revenues.size);
  const list = async (show) => cells(await people.officer.ask('GET', `award-runs/${run}/export?show=${show}`)).slice(1);
  const due = recount(revenues, new Map((await list('all')).map((line) => [line[2], line[0]])));
  const lines = await list('granted');
  same('lines of the list', lines.length, due.size);
  for (const line of lines) same(`award of ${line[0]}`, fen(line[5]), due.get(line[0]));
  await command(people.reviewer, run, 'sign_first');
  return { run, froze, due };
}

async function verified(id, { run, due }) {
  const granted = await state(run)();
  const claims = await people.reviewer.all(`records/claim?where.policy=${id}`);
  same('claims', claims.length, due.size);
  same('firms with a claim', new Set(claims.map((claim) => claim.values.enterprise)).size, due.size);
  let total = 0n;
  for (const claim of claims) {
    same(`claim of ${claim.values.enterprise}`, claim.values.amount, due.get(claim.values.enterprise));
    total += BigInt(claim.values.amount);
  }
  same('money of the claims', BigInt(granted.created_total), total);
  same('money reserved', BigInt(granted.budget.reserved), total);
  same('money of the list', BigInt(granted.total), total);
}

const revenues = await facts();
if (revenues.size < AWARDS) throw new Error(`only ${revenues.size} firms fit`);

const whole = await policy('甲');
const signedOnce = await signed(whole);
const { run } = signedOnce;
console.log(`award run: ${revenues.size} firms frozen\t${signedOnce.froze.toFixed(1)}\t120\ts`);
const [start, cpu] = [performance.now(), server.cpu()];
await command(people.second, run, 'sign_second');
await until(state(run), (now) => now.state === 'granted');
console.log(`award run: ${AWARDS} awards, second signature to granted\t${((performance.now() - start) / 1000).toFixed(1)}\t60\ts`);
console.log(`award run: processor time of that\t${(server.cpu() - cpu).toFixed(1)}\t60\ts`);
console.log(`award run: peak memory of the server\t${server.peak().toFixed(0)}\t1500\tMB`);
await verified(whole, signedOnce);

const broken = await policy('乙');
const cut = await signed(broken);
await command(people.second, cut.run, 'sign_second');
const half = await until(state(cut.run), (now) => now.created_count >= AWARDS / 2);
if (half.state !== 'granting') throw new Error('it was over before it could be killed');
await server.end('SIGKILL');
server = await serve(binary, dir, port);
await signIn();
await second();
const resumed = performance.now();
await until(state(cut.run), (now) => now.state === 'granted');
console.log(`award run: killed half-way, resumed and exact\t${((performance.now() - resumed) / 1000).toFixed(1)}\t60\ts`);
await verified(broken, cut);
await server.end('SIGTERM');
