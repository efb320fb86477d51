// One Chromium for a test file; each page reports console errors, foreign requests and accessibility violations.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const widths = { desk: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } };

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/**
 * A page in its own session. `problems` collects what must not happen: console errors, uncaught errors,
 * requests to another host.
 */
export async function open(browser, url, { width = 'desk', language = 'zh' } = {}) {
  const context = await browser.newContext({
    viewport: widths[width],
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    hasTouch: width === 'phone',
    baseURL: url,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  // Chinese comes first whatever the browser speaks; a reader's choice of English is kept by the browser.
  if (language === 'en') await context.addInitScript(() => location.protocol.startsWith('http') && localStorage.setItem('liangu.language', 'en'));
  const page = await context.newPage();
  const problems = [];
  const expected = [];
  const asked = new Set();
  underWay.set(page, asked);
  page.on('request', (request) => request.resourceType() === 'eventsource' || asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.some((e) => e.test(message.text()))) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.origin !== url) problems.push(`foreign request: ${request.url()}`);
  });
  return {
    page,
    context,
    /** Console errors that a bad input is meant to cause (a 401 is logged by the browser). */
    expectError: (pattern) => expected.push(pattern),
    /** Everything a page must hold to before it is left. */
    async sound(name) {
      assert.deepEqual(problems, [], `${name}: the page complains`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name}: scrolls sideways by ${wide} px`);
      assert.deepEqual(await violations(page), [], `${name}: accessibility`);
    },
    close: () => context.close(),
  };
}

/** Axe A and AA violations of the page as `rule: target` lines. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 120)}`));
  });
  return found;
}

/** Signs in as a persona of the demonstration through the page a person would use. */
export async function signIn(page, name) {
  await page.goto('/sign-in');
  await page.locator('.personas').getByRole('button', { name: new RegExp(name) }).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'));
}

/** Requests of a page that have no answer yet; the line of events is open for as long as the page is. */
const underWay = new WeakMap();

/** Waits until the page asks nothing and nothing on it says that it is loading. */
export async function settled(page) {
  await page.waitForLoadState('load');
  const end = Date.now() + 30_000;
  for (let quiet = 0; quiet < 5 && Date.now() < end; quiet += 1) {
    await page.waitForTimeout(100);
    if (underWay.get(page)?.size) quiet = -1;
  }
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
}
