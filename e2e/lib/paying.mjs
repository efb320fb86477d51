// How money leaves, as journeys need it: finance draws, two sign, the bank's file goes out and its answer comes in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { settled } from './browser.mjs';
import { command, order } from './desk.mjs';
import { whole } from './writing.mjs';

/** Draws all that a policy may pay now, and pays it; its title is a text or a pattern. @returns the path of the batch */
export async function paidOut({ as, say, words }, title) {
  const batch = await as('颜书宁', '/work/payment_batch', async ({ page, sound }) => {
    await whole(page, sound, 'payments');
    const line = page.locator('.payable li', { hasText: title });
    // After a move in time the server has many ended notices to work off.
    for (let turn = 0; turn < 30 && (await line.count()) === 0; turn += 1) {
      await page.waitForTimeout(2000);
      await page.reload();
      await settled(page);
    }
    await line.locator('a[href*="/payment_batch/new"]').click();
    await page.getByRole('button', { name: say('payments', 'draw.action'), exact: true }).waitFor();
    await settled(page);
    await whole(page, sound, 'drawing a batch');
    await page.getByRole('button', { name: say('payments', 'draw.action'), exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: say('payments', 'draw.action'), exact: true }).click();
    await page.waitForURL(/payment_batch\/pay_/);
    await settled(page);
    await whole(page, sound, 'drawn');
    return new URL(page.url()).pathname;
  });
  await as('聂珂', batch, async ({ page, sound }) => {
    await order(page, words('payment_batch', 'sign_first'));
    await refusedWithReason(page, words('payment_batch', 'sign_second'));
    await whole(page, sound, 'signed once');
  });
  await as('曾昕岚', batch, ({ page }) => order(page, words('payment_batch', 'sign_second')));
  await as('颜书宁', batch, async ({ page, sound }) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: say('payments', 'file.download') }).click()]);
    const file = readFileSync(await download.path());
    await order(page, words('payment_batch', 'export'));
    await page.locator('#return-file').setInputFiles({ name: '回单.csv', mimeType: 'text/csv', buffer: answered(file) });
    await page.getByRole('region', { name: say('payments', 'return.preview') }).waitFor();
    await settled(page);
    await whole(page, sound, 'what the bank answers');
    await page.getByRole('button', { name: say('payments', 'return.apply'), exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: say('payments', 'return.apply'), exact: true }).click();
    await page.locator('.case-strip').getByText(words.state('payment_batch', 'settled')).waitFor();
    await settled(page);
    await whole(page, sound, 'settled');
  });
  return batch;
}

/** The button stands there in grey and says why this person may not press it. */
export async function refusedWithReason(page, label) {
  const button = command(page, label);
  assert.equal(await button.getAttribute('aria-disabled'), 'true', `${label}: one person does not sign twice`);
  const why = await button.evaluate((one) => (one.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(''));
  assert.notEqual(why.trim(), '', `${label}: it is said why`);
}

/** The bank's file with a column that says each line was paid. */
function answered(file) {
  const [head, ...rows] = new TextDecoder().decode(file).replace(/^\uFEFF/, '').trim().split(/\r?\n/);
  return Buffer.from([`${head},结果`, ...rows.map((row) => `${row},成功`)].join('\n'));
}
