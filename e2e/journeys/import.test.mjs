// An officer imports a table: mapping, preview, bad rows back, corrected and taken.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

/** A credit code of these eight characters with its check digits (GB 11714, GB 32100). */
function creditCode(body) {
  const base = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sum = [...body].reduce((all, letter, at) => all + base.indexOf(letter) * [3, 7, 9, 10, 5, 8, 4, 2][at], 0);
  const check = 11 - (sum % 11);
  const stem = `91431300${body}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  const all = [...stem].reduce(([sum, weight], letter) => [sum + letters.indexOf(letter) * weight, (weight * 3) % 31], [0, 1])[0];
  return stem + letters[(31 - (all % 31)) % 31];
}

async function upload(page, say, name, text) {
  await page.goto('/work/import');
  await settled(page);
  await page.locator('#import-record').selectOption('enterprise');
  await page.locator('#import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });
  await page.getByRole('button', { name: say('exchange', 'upload'), exact: true }).click();
  await page.waitForURL(/\/work\/import\/imp_/);
  await page.getByRole('heading', { name: say('exchange', 'preview.title') }).waitFor();
  await settled(page);
}

const start = (page, say) => page.getByRole('button', { name: new RegExp(say('exchange', 'start').replace('{{count, number}}', '\\d+')) }).click();

journey('import', {
  'upload, mapping, bad rows, corrected, done': async ({ page, say, sound, language, width }) => {
    const mark = `${width === 'desk' ? 'D' : 'P'}${language === 'zh' ? 'Z' : 'E'}`;
    const code = (n) => creditCode(`${mark}${String(n).padStart(6, '0')}`.replaceAll('Z', 'Y'));
    const head = '企业情况表,,,\n单位名称,统一社会信用代码,所在县市,2025年营业收入（万元）\n';
    await signIn(page, '彭砚秋');
    await page.goto('/work/import');
    await settled(page);
    await sound('imports');
    await upload(page, say, 'firms.csv', `${head}试验甲${mark}有限公司,${code(1)},娄星区,120\n试验乙${mark}有限公司,${code(2)},娄星区,约三百\n`);
    await sound('draft');
    await page.getByLabel(say('exchange', 'plan.fieldOf').replace('{{head}}', '所在县市')).selectOption('region');
    await settled(page);
    await page.getByText(say('exchange', 'preview.bad'), { exact: true }).first().waitFor();
    await sound('mapped');
    await start(page, say);
    await page.getByText(say('exchange', 'done'), { exact: true }).waitFor();
    await sound('done with a bad row');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: say('exchange', 'badRows').replace('{{count, number}}', '1') }).click()]);
    const back = readFileSync(await download.path());
    assert.equal(back.subarray(0, 2).toString(), 'PK', 'the rows come back as a workbook');
    await upload(page, say, 'corrected.csv', `${head.split('\n')[1]}\n试验乙${mark}有限公司,${code(2)},娄星区,300\n`);
    assert.equal(await page.getByLabel(say('exchange', 'plan.fieldOf').replace('{{head}}', '所在县市')).inputValue(), 'region', 'the mapping is remembered');
    await start(page, say);
    await page.getByText(say('exchange', 'done'), { exact: true }).waitFor();
    assert.equal(await page.locator('.import-counts dd').first().innerText(), '1');
    await sound('done');
  },
});
