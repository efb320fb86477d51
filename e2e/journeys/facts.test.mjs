// A firm says that a fact is wrong; answers that rest on it are marked; an officer decides; the mark is gone.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

/** Each walk claims another figure, since the walks share one demonstration. */
let figure = 28_700;

journey('facts', {
  'a contested fact marks answers until an officer decides': async ({ page, say, sound, again }) => {
    figure += 1;
    const reason = `审计报告 ${figure}`;
    await signIn(page, '周岚');
    await page.goto('/my-firm/facts');
    await page.getByText(say('my-firm', 'facts.lead')).waitFor();
    await settled(page);
    const line = page.locator('.years tr', { has: page.locator('th', { hasText: /^(营业收入|Revenue)$/ }) });
    await line.getByRole('button', { name: new RegExp(say('my-firm', 'facts.wrong').replace('?', '\\?')) }).click();
    await page.getByRole('button', { name: say('my-firm', 'facts.claim.send') }).click();
    await page.getByText(say('my-firm', 'facts.claim.needReason')).waitFor();
    await page.getByLabel(new RegExp(say('my-firm', 'facts.claim.value'))).fill(String(figure));
    await page.getByLabel(say('my-firm', 'facts.claim.reason')).fill(reason);
    await sound('contesting a fact');
    await page.getByRole('button', { name: say('my-firm', 'facts.claim.send') }).click();
    await line.getByText(say('my-firm', 'facts.disputed')).waitFor();
    await settled(page);
    await sound('facts with a contest');
    await page.goto('/my-firm/groups/fits');
    await page.getByText(say('my-firm', 'answer.contested')).first().waitFor();
    await sound('marked matches');

    const desk = await again({});
    try {
      await signIn(desk.page, '彭砚秋');
      await desk.page.goto('/work/contests');
      const contest = desk.page.locator('.contest', { hasText: reason });
      await contest.waitFor();
      await desk.sound?.('contests');
      await contest.getByRole('button', { name: say('facts', 'contests.uphold') }).click();
      await contest.getByRole('button', { name: say('facts', 'contests.uphold') }).click();
      await contest.getByText(say('facts', 'contests.needReason')).waitFor();
      await contest.getByLabel(say('facts', 'contests.reason')).fill('经核对，以审计报告为准。');
      await contest.getByRole('button', { name: say('facts', 'contests.uphold') }).click();
      await contest.waitFor({ state: 'detached' });
    } finally {
      await desk.close();
    }

    await page.goto('/my-firm/groups/fits');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    assert.equal(await page.getByText(say('my-firm', 'answer.contested')).count(), 0, 'the mark is gone');
    await page.goto('/my-firm/facts');
    await page.locator('.own-contests', { hasText: '经核对，以审计报告为准。' }).first().waitFor();
  },

  'the dictionary opens to a fact, and conflicts say which value counts': async ({ page, say, sound }) => {
    await signIn(page, '彭砚秋');
    await page.goto('/work/facts');
    await page.getByText(say('facts', 'lead')).waitFor();
    await settled(page);
    await sound('dictionary');
    await page.getByLabel(say('facts', 'find')).fill('营业收入');
    await page.getByRole('link', { name: /^(营业收入|Revenue)$/ }).click();
    await page.getByRole('heading', { name: say('facts', 'of.title') }).waitFor();
    await settled(page);
    await sound('a fact');
    await page.goto('/work/conflicts?field=employees');
    await page.locator('.contest').first().waitFor();
    await settled(page);
    assert.ok((await page.getByText(say('facts', 'conflicts.counts')).count()) > 0, 'one value counts');
    await sound('conflicts');
  },
});
