// Anyone finds a policy without an account.
import assert from 'node:assert/strict';
import { settled } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

journey('policies without an account', {
  'search from the hall, narrow down, read clause by clause': async ({ page, say, sound }) => {
    await page.goto('/');
    await settled(page);
    await sound('hall');
    await page.getByRole('searchbox').first().fill('设备');
    await page.getByRole('button', { name: say('hall', 'go'), exact: true }).click();
    await page.waitForURL(/\/policies\?.*q=/);
    await settled(page);
    const results = page.locator('main a[href^="/policies/"]');
    assert.ok((await results.count()) >= 10, 'a full first page');
    assert.match(await results.first().innerText(), /设备|equipment/i);
    await sound('shelf');
    const first = (await results.first().innerText()).split('\n')[0].trim();
    await results.first().click();
    await page.waitForURL(/\/policies\/pol_/);
    await settled(page);
    await page.getByRole('heading', { level: 1, name: first }).waitFor();
    await page.getByRole('heading', { name: say('policies', 'page.clauses') }).waitFor();
    await page.getByRole('heading', { name: say('policies', 'page.checkTitle') }).waitFor();
    await sound('policy');
    await page.goBack();
    await settled(page);
    assert.match(page.url(), /q=/, 'the way back keeps the search');
  },

  'a document number finds its document': async ({ page, sound }) => {
    await page.goto(`/policies?q=${encodeURIComponent('国科发火〔2016〕32号')}`);
    await settled(page);
    const results = page.locator('main a[href^="/policies/"]');
    await results.first().waitFor();
    assert.match(await results.first().innerText(), /高新技术企业|High/i);
    await sound('search by number');
  },

  'nothing found says what to do; a missing page says so': async ({ page, say, sound, expectError }) => {
    expectError(/404/);
    await page.goto('/policies?q=zzqqxx');
    await page.getByText(say('policies', 'empty')).waitFor();
    await sound('nothing found');
    await page.goto('/nowhere');
    await page.getByRole('heading', { name: say('common', 'errors.page') }).waitFor();
    await sound('no such page');
  },

  'what is kept for signed-in people asks to sign in and comes back': async ({ page, say }) => {
    await page.goto('/my-firm');
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByRole('button', { name: /周岚/ }).click();
    await page.waitForURL(/\/my-firm$/);
    await page.getByRole('heading', { name: say('my-firm', 'groups.fits') }).first().waitFor();
  },
});
