// 100,000 firms × 40 columns imported through the API of an empty installation: time and peak memory of the server, then
// the same once more, killed half-way and resumed. Prints `what <tab> measured <tab> limit <tab> unit` a line.
// Arguments: the binary, an empty folder, and perhaps rows and a folder with a demonstration to import into instead.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, createDeflateRaw } from 'node:zlib';

const [binary, place, rowsText = '100000', demo] = process.argv.slice(2);
const rows = Number(rowsText);
const guard = { 'X-Liangu': 'web' };
const json = { ...guard, 'Content-Type': 'application/json' };

let running = null;
/** Whatever ends the measurement ends the server too. */
process.on('exit', () => running?.kill('SIGKILL'));

/** One server: its address, its session, its peak memory. */
async function serve(dir, port, token) {
  const how = demo ? ['demo'] : ['serve'];
  const child = spawn(binary, [...how, '--dir', dir, '--address', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LIANGU_LOG: 'warn' } });
  running = child;
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 1200) throw new Error('the server did not start');
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const login = { login: 'first', password: 'a long enough passphrase 7' };
  const [path, body] = demo ? ['demo/session', { persona: 'administrator' }] : token ? ['set-up', { ...login, token, name: '易槿' }] : ['session', login];
  const signed = await fetch(`${url}/api/${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  if (!signed.ok) throw new Error(await signed.text());
  const cookie = signed.headers.getSetCookie()[0].split(';')[0];
  const ask = async (method, path, body, headers = json) => {
    const answer = await fetch(`${url}/api/${path}`, { method, headers: { ...headers, cookie, 'Idempotency-Key': crypto.randomUUID() }, body, duplex: 'half' });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ask,
    peak: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    end: async (signal) => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function install(name) {
  const dir = demo ?? join(place, name);
  if (demo) return { dir };
  const made = spawnSync(binary, ['init', '--region', '431300', '--dir', dir], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return { dir, token: /\b[A-Za-z0-9_-]{24,}\b/.exec(made.stdout)[0] };
}

/** A credit code with its two check digits (GB 11714, GB 32100). */
function creditCode(n) {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const base = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const body = `B${String(n).padStart(7, '0')}`;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((all, letter, at) => all + base.indexOf(letter) * weights[at], 0);
  const check = 11 - (sum % 11);
  const stem = `91431300${body}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  let all = 0;
  let weight = 1;
  for (const letter of stem) {
    all += letters.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return stem + letters[(31 - (all % 31)) % 31];
}

/** Forty columns: the head, and the cell of row n. */
async function columns(ask) {
  const labels = async (list) => (await (await ask('GET', `lists/${list}`)).json()).codes.map((code) => code.label.zh);
  const [ownership, size, grade, certs] = await Promise.all(['ownership', 'size_class', 'credit_grade', 'certificate'].map(labels));
  const pick = (words, n) => words[n % words.length];
  const yes = (n) => (n % 3 === 0 ? '是' : '否');
  const fixed = [
    ['企业名称', (n) => `湖南试验第${n}号制造有限公司`], ['统一社会信用代码', creditCode], ['注册地', (n) => pick(['涟源市', '娄星区', '双峰县', '新化县', '冷水江市'], n)],
    ['行业', (n) => pick(['3240', '3311', '1311', '3411'], n)], ['经济类型', (n) => pick(ownership, n)], ['成立日期', (n) => `${2000 + (n % 20)}年${1 + (n % 12)}月${1 + (n % 28)}日`],
    ['注册资本（万元）', (n) => 100 + (n % 900)], ['独立法人', yes], ['居民企业', yes], ['公共信用等级', (n) => pick(grade, n)], ['列入严重失信名单', yes], ['列入经营异常名录', yes],
    ['企业划型', (n) => pick(size, n)], ['规模以上（在库）', yes], ['贷款余额（万元）', (n) => n % 500], ['用地面积', (n) => 1000 + (n % 5000)], ['联系人', (n) => `联系人${n}`], ['联系电话', (n) => `0738-${String(n).padStart(7, '0')}`],
    ['经营地址', (n) => `娄底市试验路 ${n} 号`], ['称号与资质', (n) => `${pick(certs, n)}、${pick(certs, n + 1)}`],
  ];
  const yearly = ['营业收入', '从业人数', '资产总额', '负债总额', '研发费用', '实缴税金', '出口额', '社保参保人数', '用电量', '综合能耗'];
  const wan = new Set(['营业收入', '资产总额', '负债总额', '研发费用', '实缴税金', '出口额']);
  const byYear = yearly.flatMap((name, at) => [2024, 2025].map((year) => [`${year}年${name}${wan.has(name) ? '（万元）' : ''}`, (n) => (n % 9000) + at + (year % 10)]));
  return [...fixed, ...byYear];
}

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letters = (at) => (at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26));

/** Writes the workbook as Excel does, texts shared; returns its size. */
async function workbook(file, all) {
  const out = createWriteStream(file);
  let offset = 0;
  const directory = [];
  const write = async (bytes) => {
    offset += bytes.length;
    if (!out.write(bytes)) await once(out, 'drain');
  };
  const part = async (name, pieces) => {
    const chunks = [];
    const deflate = createDeflateRaw({ level: 1 });
    deflate.on('data', (chunk) => chunks.push(chunk));
    let [crc, size] = [0, 0];
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      [crc, size] = [crc32(bytes, crc), size + bytes.length];
      if (!deflate.write(bytes)) await once(deflate, 'drain');
    }
    deflate.end();
    await once(deflate, 'end');
    const packed = Buffer.concat(chunks);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), Buffer.from(name)]);
    central.writeUInt32LE(offset, 42);
    directory.push(central);
    await write(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)]));
    await write(packed);
  };
  const shared = new Map();
  const cell = (at, row, value) => {
    const reference = `${letters(at)}${row}`;
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    if (!shared.has(value)) shared.set(value, shared.size);
    return `<c r="${reference}" t="s"><v>${shared.get(value)}</v></c>`;
  };
  function* sheet() {
    yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">';
    yield all.map(([head], at) => cell(at, 1, head)).join('');
    yield '</row>';
    for (let n = 0; n < rows; n++) yield `<row r="${n + 2}">${all.map(([, value], at) => cell(at, n + 2, value(n))).join('')}</row>`;
    yield '</sheetData></worksheet>';
  }
  function* texts() {
    yield '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
    for (const text of shared.keys()) yield `<si><t>${escaped(text)}</t></si>`;
    yield '</sst>';
  }
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  await part('xl/workbook.xml', [`<workbook xmlns:r="${relation}"><sheets><sheet name="企业" sheetId="1" r:id="r1"/></sheets></workbook>`]);
  await part('xl/_rels/workbook.xml.rels', [`<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`]);
  await part('xl/worksheets/sheet1.xml', sheet());
  await part('xl/sharedStrings.xml', texts());
  const begin = offset;
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(begin, 16);
  await write(Buffer.concat([central, end]));
  out.end();
  await once(out, 'close');
  return statSync(file).size;
}

async function upload({ ask }, file) {
  const imported = await (await ask('POST', 'imports?record=enterprise&name=firms.xlsx', readFileSync(file), { ...guard, 'Content-Type': 'application/octet-stream' })).json();
  const left = imported.plan.columns.filter((column) => column.field === null);
  if (left.length > 0 || imported.plan.columns.length !== 40) throw new Error(`columns without a field: ${left.map((column) => column.head)}`);
  await ask('POST', `imports/${imported.id}/start`);
  return imported.id;
}

/** Polls as a page does until the import has come so far. */
async function until({ ask }, id, enough) {
  for (;;) {
    const now = await (await ask('GET', `imports/${id}`)).json();
    if (now.stage === 'stopped') throw new Error(JSON.stringify(now.why));
    if (enough(now)) return now;
    await new Promise((done) => setTimeout(done, 200));
  }
}

const exported = async ({ ask }) => (await (await ask('GET', 'records/enterprise/export?format=csv')).text()).split('\n').sort();
const row = (what, measured, limit, unit) => console.log(`${what}\t${measured}\t${limit}\t${unit}`);
const ended = (now) => now.stage === 'done';

mkdirSync(place, { recursive: true });
const port = 9000 + Math.floor(Math.random() * 900);
const whole = install('whole');
const file = join(place, 'firms.xlsx');
let server = await serve(whole.dir, port, whole.token);
const size = await workbook(file, await columns(server.ask));
process.stderr.write(`${(size / 2 ** 20).toFixed(1)} MB workbook; server at rest ${server.peak().toFixed(0)} MB\n`);
let begun = performance.now();
let id = await upload(server, file);
process.stderr.write(`uploaded in ${((performance.now() - begun) / 1000).toFixed(1)} s, peak ${server.peak().toFixed(0)} MB\n`);
const first = await until(server, id, ended);
row(`import ${rows.toLocaleString('en')} × 40, upload to end`, ((performance.now() - begun) / 1000).toFixed(2), 180, 's');
row(`import ${rows.toLocaleString('en')} × 40, peak of the server`, server.peak().toFixed(0), 300, 'MB');
if (first.progress.created !== rows) throw new Error(JSON.stringify(first.progress));
if (!demo) {
  const before = await exported(server);
  await server.end('SIGTERM');
  const cut = install('cut');
  server = await serve(cut.dir, port, cut.token);
  id = await upload(server, file);
  await until(server, id, (now) => now.progress.done >= rows / 2 || ended(now));
  await server.end('SIGKILL');
  server = await serve(cut.dir, port);
  begun = performance.now();
  const second = await until(server, id, ended);
  process.stderr.write(`resumed and ended in ${((performance.now() - begun) / 1000).toFixed(1)} s, ${second.progress.batches} batches\n`);
  const after = await exported(server);
  const differing = before.filter((line, at) => line !== after[at]).length + Math.abs(before.length - after.length);
  row('import resumed after kill -9 half-way: rows differing', differing + Number(JSON.stringify(first.progress) !== JSON.stringify(second.progress)), 0, 'rows');
}
await server.end('SIGTERM');
