// An official finds a firm in the register, changes it, takes the change back; two officials do not overwrite each other.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

const label = { zh: '联系人', en: 'Contact person' };

async function openFirm(page, say) {
  await signIn(page, '彭砚秋');
  await page.goto(`/work/enterprise?q=${encodeURIComponent('澜砺合金')}`);
  await settled(page);
  await page.locator('main a[href^="/work/enterprise/ent_"]').first().click();
  await page.waitForURL(/\/work\/enterprise\/ent_/);
  await page.getByRole('heading', { level: 1, name: '湖南澜砺合金材料有限公司' }).waitFor();
  await page.getByText(say('work', 'detail.history')).first().waitFor();
  await settled(page);
}

async function openForm(page, say) {
  await openFirm(page, say);
  await page.locator('main a[href$="/edit"]').first().click();
  await page.getByRole('button', { name: say('work', 'form.save'), exact: true }).waitFor();
  await settled(page);
}

journey('registers', {
  'find, change, see the history, take it back': async ({ page, say, sound, language }) => {
    await openForm(page, say);
    await sound('form');
    const box = page.getByRole('textbox', { name: label[language] });
    const before = await box.inputValue();
    await box.fill(`${before}之友`);
    await page.getByRole('button', { name: say('work', 'form.save'), exact: true }).click();
    await page.getByText(say('work', 'saved.updated'), { exact: true }).waitFor();
    await settled(page);
    assert.ok((await page.locator('main').innerText()).includes(`${before}之友`), 'the new value stands, and in the history too');
    await sound('detail after a change');
    await page.getByRole('button', { name: say('work', 'saved.undo') }).click();
    await page.getByText(say('work', 'saved.undone')).waitFor();
  },

  'what does not pass is said under its field and nothing is lost': async ({ page, say, sound, language }) => {
    await openForm(page, say);
    const name = page.getByRole('textbox', { name: { zh: /^企业名称/, en: /^Name/ }[language] });
    await name.fill('');
    await page.getByRole('button', { name: say('work', 'form.save'), exact: true }).click();
    const summary = page.getByRole('alert').first();
    await summary.waitFor();
    assert.equal(await name.inputValue(), '', 'the form still holds what was typed');
    assert.match(page.url(), /\/edit/, 'and stays open');
    await sound('refused form');
  },

  'two people, one record: the second chooses': async ({ page, say, sound, language, width, expectError }) => {
    expectError(/412/);
    await openForm(page, say);
    const id = /ent_[0-9a-z]+/.exec(page.url())[0];
    const box = page.getByRole('textbox', { name: label[language] });
    const mine = `我填的名字${width}${language}`;
    await box.fill(mine);
    const path = `/api/records/enterprise/${id}`;
    const { version } = await (await page.request.get(path)).json();
    const other = await page.request.patch(path, { headers: { 'X-Liangu': 'web', 'If-Match': `"${version}"` }, data: { values: { contact_name: `先存的${version}` } } });
    assert.ok(other.ok(), 'the other saves first');
    await page.getByRole('button', { name: say('work', 'form.save'), exact: true }).click();
    await page.getByRole('heading', { name: say('work', 'stale.title') }).waitFor();
    await sound('stale');
    await page.getByLabel(say('work', 'stale.mine')).first().check();
    await page.getByRole('button', { name: say('work', 'form.save'), exact: true }).click();
    await page.getByText(say('work', 'saved.updated'), { exact: true }).waitFor();
    const after = await (await page.request.get(path)).json();
    assert.equal(after.values.contact_name, mine);
  },
});
