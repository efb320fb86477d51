// An award without application: tried out on facts on file, signed by two, consented to by the firm, seen by anyone, paid by three.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { settled, signIn } from '../lib/browser.mjs';
import { command, commandWords, order, persons, rings } from '../lib/desk.mjs';
import { journey } from '../lib/journey.mjs';
import { paidOut, refusedWithReason } from '../lib/paying.mjs';
import { whole } from '../lib/writing.mjs';

/** A policy without application whose conditions are all rules; the demonstration leaves it to whoever looks. */
const TITLES = { zh: '规模以上工业企业增产增收奖励', en: 'Reward for growth of industrial firms' };
/** Where a title stands in the language in which the policy was written. */
const EITHER = new RegExp(`${TITLES.zh}|${TITLES.en}`);
const PART = { zh: '增产增收', en: 'growth of industrial' };
const FIRM = '湖南澜砺合金材料有限公司';
const FIRMS = 246;
/** Five working days after the notice began, and one more. */
const AFTER_NOTICE = '2026-11-30';

const stands = (page, words, record, state) => page.locator('.case-strip').getByText(words.state(record, state)).waitFor({ timeout: 60_000 });

/** The officer finds the policy, freezes who fits and tries out what each receives. No money has moved. */
async function triedOut({ as, say, words, title, language }) {
  return as('彭砚秋', '/work/award_run', async ({ page, sound }) => {
    await whole(page, sound, 'runs');
    await page.getByRole('link', { name: say('awards', 'start') }).first().click();
    await page.waitForURL(/award_run\/new/);
    await page.getByLabel(say('awards', 'new.search')).fill(PART[language]);
    await settled(page);
    await whole(page, sound, 'policies to start from');
    await page.getByRole('button', { name: say('awards', 'new.beginOf').replace('{{policy}}', title) }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/award_run\/awr_/);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await settled(page);
    await whole(page, sound, 'a run begun');
    await order(page, words('award_run', 'freeze'));
    await stands(page, words, 'award_run', 'frozen');
    await page.getByText(say('awards', 'lines.notTried')).waitFor();
    await settled(page);
    await whole(page, sound, 'frozen');
    await order(page, words('award_run', 'dry_run'));
    await stands(page, words, 'award_run', 'tried');
    await page.locator('.award-lines .chips').waitFor();
    await settled(page);
    await whole(page, sound, 'tried out');
    await page.locator('#lines-find').fill('澜砺');
    await page.locator('.award-lines tbody tr', { hasText: FIRM }).getByText(/15|150,000/).first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.award-lines tbody tr').length === 1);
    await settled(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.award-lines .panel-h').getByRole('button').click()]);
    const rows = readFileSync(await download.path(), 'utf8').trim().split(/\r?\n/);
    assert.equal(rows.length, FIRMS + 1, 'the file has every firm');
    assert.match(rows.find((row) => row.includes(FIRM)) ?? '', /150000\.00/);
    return new URL(page.url()).pathname;
  });
}

/** The reviewer finds it in the inbox and signs; a second time is refused to the same person; the leader signs second. */
async function signedByTwo({ as, say, words, width }, run) {
  await as('聂珂', '/work', async ({ page, sound }) => {
    const item = page.locator('.inbox-items li').filter({ has: page.locator(`a[href="${run}"]`) });
    await item.waitFor();
    await whole(page, sound, 'inbox of the first signer');
    await item.locator(':is(a, button):visible').first().click();
    await settled(page);
    await page.goto(run);
    await page.locator('.award-lines tbody tr').first().waitFor();
    await settled(page);
    if (width === 'desk') {
      const sign = command(page, words('award_run', 'sign_first'));
      await sign.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      assert.ok(await sign.evaluate((one) => one === document.activeElement), 'who changes one’s mind is back at the button');
    }
    await order(page, words('award_run', 'sign_first'));
    await stands(page, words, 'award_run', 'signed');
    await refusedWithReason(page, words('award_run', 'sign_second'));
    await whole(page, sound, 'signed once');
  });
  await as('曾昕岚', run, async ({ page, sound }) => {
    await whole(page, sound, 'before the second signature');
    await order(page, words('award_run', 'sign_second'));
    await stands(page, words, 'award_run', 'granted');
    await page.getByText(say('awards', 'granting.agrees')).waitFor();
    await page.getByText(say('awards', 'budget.taken')).waitFor();
    await settled(page);
    await whole(page, sound, 'granted');
  });
}

/** The firm is told while it looks elsewhere, opens what it is granted, says where the money goes, and consents. */
async function consented({ page, say, sound, words }) {
  await rings(page, say, EITHER);
  await page.goto('/my-firm/claims');
  await settled(page);
  await whole(page, sound, 'claims of the firm');
  await page.getByRole('link', { name: EITHER }).first().click();
  await page.waitForURL(/\/my-firm\/claims\/clm_/);
  await page.getByRole('heading', { level: 1, name: EITHER }).waitFor();
  await settled(page);
  await whole(page, sound, 'granted to the firm');
  await page.getByLabel(say('claims', 'field.payee_name'), { exact: true }).fill(FIRM);
  await page.getByLabel(say('claims', 'field.payee_bank'), { exact: true }).fill('');
  await page.getByRole('button', { name: words('claim', 'consent'), exact: true }).click();
  await page.getByText(say('claims', 'fill.needs').replace('{{what}}', say('claims', 'field.payee_bank'))).first().waitFor();
  await whole(page, sound, 'an account that lacks its bank');
  await page.getByLabel(say('claims', 'field.payee_bank'), { exact: true }).fill('中国建设银行娄底分行');
  await page.getByLabel(say('claims', 'field.payee_account'), { exact: true }).fill('43050177000000012345');
  await page.getByLabel(say('claims', 'field.contact'), { exact: true }).fill('周岚 19000006592');
  await page.getByRole('button', { name: words('claim', 'consent'), exact: true }).click();
  await stands(page, words, 'claim', 'notice');
  await settled(page);
  await whole(page, sound, 'consented');
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** Anyone sees who is to receive what and why, without an account. */
async function seenByAnyone({ as }, claim) {
  await as(null, '/public-notices', async ({ page, sound }) => {
    await page.getByRole('searchbox').first().fill('澜砺');
    await settled(page);
    await page.locator(`a[href="/public-notices/${claim}"]`).first().click();
    await page.waitForURL(new RegExp(claim));
    await settled(page);
    await page.getByText(FIRM).first().waitFor();
    await page.getByText(EITHER).first().waitFor();
    await whole(page, sound, 'public notice');
  });
}

const story = async (walk) => {
  const { page, say, sound, language, later, again, expectError } = walk;
  const title = TITLES[language];
  const told = { ...walk, title, as: persons(again), words: await commandWords(again, language) };
  await signIn(page, '周岚');
  await page.goto('/my-firm');
  await settled(page);
  const run = await triedOut(told);
  await signedByTwo(told, run);
  const claim = await consented(told);
  await seenByAnyone(told, claim);
  // While the server is away its line of events is asked for in vain.
  expectError(/net::ERR_(CONNECTION|EMPTY|INCOMPLETE)/);
  await later(AFTER_NOTICE);
  await paidOut(told, EITHER);
  await page.goto(`/my-firm/claims/${claim}`);
  await stands(page, told.words, 'claim', 'paid');
  await page.locator('.decision').getByText(/15(?!\d)|150,000/).first().waitFor();
  await settled(page);
  await whole(page, sound, 'paid');
  await told.as('彭砚秋', run, async (desk) => {
    const became = desk.page.getByRole('region', { name: say('awards', 'became.title') });
    await became.getByRole('link', { name: told.words.state('claim', 'paid') }).waitFor();
    await became.getByRole('link', { name: told.words.state('claim', 'consenting') }).waitFor();
    await whole(desk.page, desk.sound, 'what became of its firms');
  });
};

for (const walk of [['desk', 'zh'], ['phone', 'en']]) {
  journey('awards', { 'from facts on file to the money, by five persons': story }, { walks: [walk] });
}
