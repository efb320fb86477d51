// An official turns a document into a rule, sees who is affected while typing, tries it on cases; a second person approves.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

const TEXT = [
  '第一条　为支持工业企业技术改造，制定本办法。',
  '第二条　支持对象为在本市注册的规模以上工业企业。',
  '第三条　上一年度营业收入不低于 2000 万元。',
  '第四条　技术改造项目设备投资不低于 500 万元。',
  '第五条　按设备投资的 10% 给予补助，单个项目最高不超过 200 万元。',
  '第六条　设备与备案的建设内容相符。',
].join('\n');

/** The whole page at once: what the places' bar of a phone happens to cover is no fault of the page. */
async function whole(page, sound, name) {
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await sound(name);
  await page.setViewportSize(size);
}

/** Chooses a clause of the list; on a narrow window the list comes back first. */
async function choose(page, say, article) {
  const back = page.getByRole('button', { name: say('authoring', 'clauses.all'), exact: true });
  if (await back.isVisible().catch(() => false)) await back.click();
  await page.locator('.doc button').filter({ has: page.getByText(article, { exact: true }) }).click();
  await page.getByRole('textbox', { name: say('authoring', 'clauses.article') }).waitFor();
}

const part = (page, say, name) => page.locator('nav.parts a', { hasText: say('authoring', `parts.${name}`) }).click();
const saved = (page) => page.waitForFunction(() => document.querySelector('.bar-h .st')?.textContent?.match(/已保存|Saved/));

/** A fact is found by its name. */
async function addFact(page, say, words, name) {
  const box = page.getByRole('combobox', { name: say('authoring', 'add.fact') }).last();
  await box.click();
  await box.fill(words);
  await page.locator('.combo-list li', { hasText: name }).first().click();
}

async function writeHead(page, say, title) {
  await page.getByLabel(say('authoring', 'head.title'), { exact: true }).fill(title);
  await page.getByLabel(say('authoring', 'head.issuer'), { exact: true }).fill('娄底市工业和信息化局');
  await page.locator('#head-level').selectOption('city');
  await page.locator('#head-kind').fill('subsidy');
  await page.locator('.combo-list li').first().click();
  await page.getByRole('button', { name: say('authoring', 'new.go') }).click();
  await page.waitForURL(/\/work\/authoring\/pol_[0-9a-z]+\/1/);
}

async function paste(page, say, count) {
  await page.getByLabel(say('authoring', 'paste.label')).fill(TEXT);
  await page.getByRole('button', { name: say('authoring', 'paste.action') }).click();
  await page.waitForFunction((all) => document.querySelectorAll('.segs i').length >= all || document.querySelectorAll('.steps').length > 0, count);
}

const kind = (page, say, name) => page.getByRole('group', { name: say('authoring', 'kind.label') }).getByRole('button', { name: say('authoring', `kind.${name}`), exact: true }).click();
const said = (page, words) => page.locator('.pane .sent p[lang="zh-CN"]').filter({ hasText: words }).waitFor();

/** An item bound to projects: ten per cent of the equipment, at most two million. */
async function writeItem(page, say) {
  await part(page, say, 'items');
  await page.getByRole('button', { name: say('authoring', 'items.add') }).first().click();
  await page.getByLabel(say('authoring', 'items.name'), { exact: true }).fill('设备投资补助');
  await page.getByLabel(say('authoring', 'items.bind')).selectOption('projects');
  await page.getByLabel(say('authoring', 'items.amount'), { exact: true }).fill('share(p.equipment, percent(10))');
  await page.getByLabel(say('authoring', 'items.cap'), { exact: true }).fill('wan(200)');
  await page.locator('.amounts .sent').waitFor();
}

journey('authoring', {
  'a document becomes a rule, a second person releases it': async ({ page, say, sound, language, width, again }) => {
    const title = `技术改造设备补助${width}${language}`;
    await signIn(page, '彭砚秋');
    await page.goto('/work/authoring');
    await settled(page);
    await whole(page, sound, 'what is being written');
    await page.locator('main a[href="/work/authoring/new"]').first().click();
    await settled(page);
    await whole(page, sound, 'head');
    await writeHead(page, say, title);
    await settled(page);
    await whole(page, sound, 'empty editor');
    await paste(page, say, 6);
    await writeItem(page, say);
    await whole(page, sound, 'item');

    await part(page, say, 'clauses');
    await choose(page, say, '第二条');
    await kind(page, say, 'deciding');
    const text = page.getByLabel(say('authoring', 'rule.text'));
    await text.fill('within(region, "431300") && above_scal');
    await page.locator('.found .sev-error').first().waitFor();
    await whole(page, sound, 'a mistake in the text');
    await text.fill('within(region, "431300") && above_scale');
    await said(page, '规模以上');

    await choose(page, say, '第三条');
    await kind(page, say, 'deciding');
    await addFact(page, say, { zh: '营业收入', en: 'revenue' }[language], { zh: /营业收入/, en: /revenue/i }[language]);
    await page.getByLabel(say('authoring', 'row.value'), { exact: true }).last().fill('2000');
    await said(page, /2,?000/);
    assert.match(await text.inputValue(), /revenue >= wan\(2000\)/, 'the tree has become text');

    await choose(page, say, '第四条');
    await kind(page, say, 'deciding');
    await page.getByLabel(say('authoring', 'clauses.of')).selectOption({ index: 1 });
    await text.fill('p.equipment >= wan(500)');
    await said(page, '500');
    await choose(page, say, '第六条');
    await kind(page, say, 'person');
    await settled(page);
    if (width === 'phone') await page.locator('.effect-bar').click();
    assert.ok((await page.locator('.four b').count()) === 4, 'who fits is counted while one types');
    await whole(page, sound, 'rule with its effect');
    if (width === 'phone') await page.locator('.effect-bar').click();

    await part(page, say, 'cases');
    await page.getByRole('button', { name: say('authoring', 'cases.make') }).click();
    await page.waitForFunction(() => document.querySelectorAll('.case-list > li').length >= 4);
    await settled(page);
    assert.equal(await page.locator('.case-list > li.bad').count(), 0, 'every case answers as it should');
    await whole(page, sound, 'cases');

    await part(page, say, 'release');
    await saved(page);
    const check = page.getByRole('button', { name: say('authoring', 'command.check') });
    await page.waitForFunction((name) => [...document.querySelectorAll('button')].some((one) => one.textContent === name && !one.hasAttribute('aria-disabled')), say('authoring', 'command.check'));
    await check.click();
    const approve = page.getByRole('button', { name: say('authoring', 'command.approve'), exact: true });
    await approve.waitFor();
    assert.equal(await approve.getAttribute('aria-disabled'), 'true', 'the author cannot approve');
    await whole(page, sound, 'waiting for another person');
    const path = new URL(page.url());

    const second = await again({});
    try {
      await signIn(second.page, '易槿');
      await second.page.goto(path.pathname + path.search);
      await settled(second.page);
      await second.page.getByRole('button', { name: say('authoring', 'command.approve'), exact: true }).click();
      await second.page.locator('.state-line .now', { hasText: say('authoring', 'state.in_force') }).waitFor();
      await settled(second.page);
      await whole(second.page, second.sound, 'in force');
      const policy = /pol_[0-9a-z]+/.exec(path.pathname)[0];
      await second.page.goto(`/policies/${policy}`);
      await second.page.getByRole('heading', { level: 1, name: title }).waitFor();
    } finally {
      await second.close();
    }
  },

  'two people, one draft: both versions are there to choose from': async ({ page, say, sound, language, width, expectError }) => {
    expectError(/412/);
    await signIn(page, '彭砚秋');
    await page.goto('/work/authoring/new');
    await settled(page);
    await writeHead(page, say, `两人同写${width}${language}`);
    await settled(page);
    await paste(page, say, 6);
    await saved(page);
    const { pathname } = new URL(page.url());
    const path = `/api${pathname.replace('/work/authoring/', '/policies/').replace(/\/(\d+)$/, '/versions/$1')}`;
    const held = await (await page.request.get(path)).json();
    const theirs = { ...held.content, clauses: held.content.clauses.slice(0, 3) };
    const other = await page.request.put(path, { headers: { 'X-Liangu': 'web', 'If-Match': `"${held.revision}"` }, data: { content: theirs } });
    assert.ok(other.ok(), `the other saves first: ${other.status()}`);
    await choose(page, say, '第一条');
    await page.getByRole('textbox', { name: say('authoring', 'clauses.sentence') }).fill('我写的这一句');
    await page.getByRole('heading', { name: say('authoring', 'stale.title') }).waitFor();
    await whole(page, sound, 'stale');
    await page.getByRole('button', { name: say('authoring', 'stale.mine') }).click();
    await saved(page);
    const after = await (await page.request.get(path)).json();
    assert.equal(after.content.clauses.length, held.content.clauses.length);
    assert.equal(after.content.clauses[0].text.zh, '我写的这一句');
  },
});
