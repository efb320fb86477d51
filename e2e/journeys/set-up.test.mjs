// An empty installation has no demonstration, no default password, and asks for its first administrator.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, settled } from '../lib/browser.mjs';
import { startInstallation } from '../lib/server.mjs';
import { speaker } from '../lib/words.mjs';

describe('a fresh installation', () => {
  let server, browser;
  before(async () => {
    server = await startInstallation();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('leads to the set-up, refuses a wrong token, makes the administrator, and then is closed', async () => {
    const say = speaker('zh');
    const { page, sound, expectError, close } = await open(browser, server.url, { width: 'phone', language: 'zh' });
    expectError(/40[0-9]|422/);
    await page.goto('/');
    await page.waitForURL(/set-up/);
    await settled(page);
    assert.equal(await page.getByText(say('common', 'demonstration.banner')).count(), 0, 'no demonstration banner');
    await sound('set-up');
    await page.getByRole('button', { name: say('sign-in', 'setUp.action') }).click();
    await page.getByText(say('sign-in', 'setUp.needToken')).first().waitFor();
    const fill = async (token) => {
      await page.getByLabel(say('sign-in', 'setUp.token'), { exact: true }).fill(token);
      await page.getByLabel(say('sign-in', 'setUp.login'), { exact: true }).fill('chief');
      await page.getByLabel(say('sign-in', 'setUp.name'), { exact: true }).fill('陈主任');
      await page.getByLabel(say('sign-in', 'setUp.password'), { exact: true }).fill('correct horse battery');
      await page.getByLabel(say('sign-in', 'setUp.again'), { exact: true }).fill('correct horse battery');
      await page.getByRole('button', { name: say('sign-in', 'setUp.action') }).click();
    };
    await fill('this-is-not-the-token-at-all');
    await page.getByRole('alert').first().waitFor();
    assert.match(page.url(), /set-up/, 'a wrong token changes nothing');
    assert.ok(server.token, 'init printed a token');
    await fill(server.token);
    await page.waitForURL((url) => !url.pathname.includes('set-up'));
    await settled(page);
    const session = await (await page.request.get('/api/session')).json();
    assert.equal(session.account.login, 'chief');
    assert.equal(session.installation.demonstration, false);
    const again = await page.request.post('/api/set-up', { headers: { 'X-Liangu': 'web' }, data: { token: server.token, login: 'second', name: '二', password: 'correct horse battery' } });
    assert.ok(again.status() >= 400, 'the token works once');
    const personas = await page.request.get('/api/demo/personas');
    assert.equal(personas.status(), 404);
    await close();
  });
});
