// An official turns a document into a rule, sees who is affected while typing, tries it on cases; a second person approves.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';
import { addFact, choose, kind, part, paste, said, saved, whole, writeHead, writeItem } from '../lib/writing.mjs';

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
