// Pictures of every page × width × language × reader, and a contact sheet: e2e/shots/index.html, sheet-*.png.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open, settled, violations } from './lib/browser.mjs';
import { startDemonstration } from './lib/server.mjs';

const out = fileURLToPath(new URL('shots', import.meta.url));
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./;

/** Reader (persona key or null) → pages: name and path; a path may be found on the page before it. */
const pages = [
  [null, { hall: '/', shelf: '/policies', 'shelf-search': '/policies?q=设备', policy: firstLink('/policies', '/policies/pol_'), map: '/map', figures: '/figures', figure: '/figures/policies', 'public-notices': '/public-notices', objection: firstLink('/public-notices', '/public-notices/clm_'), 'sign-in': '/sign-in', absent: '/nowhere' }],
  ['firm', { 'my-firm': '/my-firm', fits: '/my-firm/groups/fits', near: '/my-firm/groups/near', unknown: '/my-firm/groups/unknown', no: '/my-firm/groups/no', answer: firstLink('/my-firm/groups/fits', '/my-firm/policies/'), 'answer-near': firstLink('/my-firm/groups/near', '/my-firm/policies/'), facts: '/my-firm/facts', claims: '/my-firm/claims', 'claims-running': '/my-firm/claims?show=running', 'claims-done': '/my-firm/claims?show=done', claim: firstLink('/my-firm/claims', '/my-firm/claims/clm_'), 'claim-done': firstLink('/my-firm/claims?show=done', '/my-firm/claims/clm_'), notices: '/notices' }],
  ['officer', { inbox: '/work?show=all', 'inbox-none': '/work?show=mine&group=today', records: '/work/records', 'claims-register': '/work/claim', review: firstLink('/work/claim?where.state=reviewing', '/work/claim/clm_'), 'review-done': firstLink('/work/claim?where.state=paid', '/work/claim/clm_'), runs: '/work/award_run?show=all', 'run-new': '/work/award_run/new', run: firstLink('/work/award_run?show=all', '/work/award_run/awr_'), recoveries: '/work/recovery?show=all', recovery: firstLink('/work/recovery?show=all', '/work/recovery/rcv_'), firms: '/work/enterprise', firm: firstLink('/work/enterprise', '/work/enterprise/ent_'), 'firm-edit': edit('/work/enterprise', '/work/enterprise/ent_'), 'firm-new': '/work/enterprise/new', parks: '/work/park', policies: '/work/policy', 'policy-edit': edit('/work/policy', '/work/policy/pol_'), authoring: '/work/authoring', 'authoring-new': '/work/authoring/new', 'authoring-versions': versions, 'authoring-editor': editor(''), 'authoring-items': editor('?part=items'), 'authoring-cases': editor('?part=cases'), 'authoring-difference': editor('?part=difference'), 'authoring-release': editor('?part=release'), import: '/work/import', dictionary: '/work/facts', fact: '/work/facts/revenue', conflicts: '/work/conflicts', contests: '/work/contests' }],
  ['finance', { payments: '/work/payment_batch', batch: firstLink('/work/payment_batch?show=all', '/work/payment_batch/pay_'), budgets: '/work/budget', draw: firstLink('/work/payment_batch', '/work/payment_batch/new') }],
  ['administrator', { mail: '/administration/mail', webhooks: '/administration/webhooks', 'bank-file': '/administration/bank-file', administration: '/administration', accounts: '/administration/accounts', journal: '/administration/journal' }],
];

function firstLink(list, start) {
  return async (page) => {
    await page.goto(list);
    await settled(page);
    const link = page.locator(`main a[href^="${start}"]`).first();
    return link.getAttribute('href', { timeout: 5000 });
  };
}

function edit(list, start) {
  return async (page) => `${await firstLink(list, start)(page)}/edit`;
}

/** A policy with versions that is in the list of what is written. */
async function versions(page) {
  return `/work/authoring/${(await firstLink('/work/authoring', '/work/authoring/pol_')(page)).split('/')[3]}`;
}

function editor(search) {
  return async (page) => `${(await firstLink('/work/authoring', '/work/authoring/pol_')(page)).split('?')[0]}${search}`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const server = await startDemonstration('shots');
const browser = await launch();
const taken = [];
for (const [persona, list] of pages) {
  for (const width of ['desk', 'phone']) {
    for (const language of ['zh', 'en']) {
      const { page, expectError, close } = await open(browser, server.url, { width, language });
      expectError(/404/);
      await page.goto('/');
      if (persona) await page.request.post('/api/demo/session', { headers: { 'X-Liangu': 'web' }, data: { persona } });
      for (const [name, path] of Object.entries(list)) {
        if (!only.test(name)) continue;
        try {
          await page.goto(typeof path === 'string' ? path : await path(page));
          await settled(page);
          const file = `${name}-${width}-${language}.png`;
          await page.screenshot({ path: `${out}/${file}`, fullPage: true });
          taken.push({ file, name, width, language, violations: await violations(page) });
        } catch (error) {
          taken.push({ file: null, name, width, language, violations: [`not taken: ${error.message.split('\n')[0]}`] });
        }
      }
      await close();
    }
  }
}

const cell = (shot) => `<figure><a href="${shot.file}"><img src="${shot.file}" alt=""></a><figcaption>${shot.name} ${shot.width} ${shot.language}${shot.violations.length ? ` <b>${shot.violations.length} findings</b>` : ''}</figcaption></figure>`;
const sheet = (width) => `<!doctype html><meta charset="utf-8"><title>pages</title><style>body{font:12px sans-serif;margin:12px}figure{display:inline-block;vertical-align:top;margin:6px;width:${width === 'desk' ? 300 : 170}px}img{width:100%;max-height:420px;object-fit:cover;object-position:top;border:1px solid #ccc}b{color:#b3261e}</style>${taken.filter((s) => s.file && s.width === width).map(cell).join('')}`;
for (const width of ['desk', 'phone']) {
  writeFileSync(`${out}/sheet-${width}.html`, sheet(width));
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  await page.goto(`file://${out}/sheet-${width}.html`);
  await page.screenshot({ path: `${out}/sheet-${width}.png`, fullPage: true });
  await page.close();
}
await browser.close();
await server.stop();
const bad = taken.filter((s) => s.violations.length > 0);
console.log(`${taken.length} pictures in e2e/shots, ${bad.length} with findings`);
for (const s of bad) console.log(`${s.name} ${s.width} ${s.language}\n  ${s.violations.join('\n  ')}`);
process.exit(bad.length > 0 ? 1 : 0);
