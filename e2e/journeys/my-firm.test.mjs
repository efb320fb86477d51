// A firm sees, three clicks from the door, what fits it and why; answers a question; takes it back.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { journey } from '../lib/journey.mjs';

journey('my firm', {
  'three clicks from the door to what fits and why': async ({ page, say, sound }) => {
    await page.goto('/');
    await settled(page);
    await page.locator('header').getByRole('link', { name: say('common', 'tools.signIn') }).click();
    await page.getByRole('button', { name: /周岚/ }).click();
    await page.getByRole('heading', { level: 1, name: /湖南澜砺合金材料有限公司/ }).waitFor();
    await settled(page);
    for (const group of ['fits', 'near', 'unknown', 'no']) {
      await page.getByRole('heading', { name: say('my-firm', `groups.${group}`) }).first().waitFor();
    }
    await sound('my firm');
    await page.locator('#group-fits').locator('xpath=ancestor-or-self::section').getByRole('link').first().click();
    await page.waitForURL(/\/my-firm\/policies\//);
    await page.getByRole('heading', { name: say('my-firm', 'answer.clauses') }).waitFor();
    await page.getByText(say('my-firm', 'answer.yes')).first().waitFor();
    await sound('policy of my firm');
  },

  'an answered question re-matches at once and can be taken back': async ({ page, say, sound }) => {
    await signIn(page, '周岚');
    const question = page.locator('#question');
    await question.waitFor();
    const asked = await question.innerText();
    const buttons = page.locator('.ask .opts button');
    if (await buttons.count()) await buttons.last().click();
    else {
      const box = page.locator('.ask input#answer, .ask select#answer').first();
      if ((await box.evaluate((e) => e.tagName)) === 'SELECT') await box.selectOption({ index: 1 });
      else await box.fill((await box.getAttribute('type')) === 'date' ? '2020-01-01' : '1');
      await page.locator('.ask form button[type=submit]').click();
    }
    await page.getByText(say('my-firm', 'after.saved')).waitFor();
    await settled(page);
    assert.notEqual(await question.innerText(), asked, 'the next question follows');
    await sound('after an answer');
    await page.getByRole('button', { name: say('my-firm', 'after.undo') }).click();
    await page.getByText(say('my-firm', 'after.undone')).waitFor();
    await settled(page);
    assert.equal(await question.innerText(), asked, 'taken back, the question is there again');
  },

  'groups open in full and facts say who supplied them': async ({ page, say, sound }) => {
    await signIn(page, '周岚');
    for (const group of ['fits', 'near', 'unknown', 'no']) {
      await page.goto(`/my-firm/groups/${group}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      assert.ok((await page.locator('main a[href*="/policies/"]').count()) > 0, `${group} lists policies`);
      await sound(`group ${group}`);
    }
    await page.goto('/my-firm/facts');
    await page.getByText(say('my-firm', 'facts.lead')).waitFor();
    await settled(page);
    await sound('facts');
  },

  'another firm is not there, nor is another place': async ({ page, say, expectError }) => {
    expectError(/40[34]/);
    await signIn(page, '周岚');
    const answer = await page.request.get('/api/records/enterprise?limit=10');
    const { total } = await answer.json();
    assert.equal(total, 1, 'a firm sees itself alone');
    await page.goto('/administration');
    await page.getByText(say('common', 'errors.denied')).waitFor();
  },
});

journey(
  'keyboard alone',
  {
    'from the door to what fits': async ({ page, say }) => {
      await page.goto('/');
      await settled(page);
      await tabTo(page, say('common', 'tools.signIn'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/sign-in/);
      await tabTo(page, '周岚');
      await page.keyboard.press('Enter');
      await page.locator('#question').waitFor();
      await settled(page);
      await tabTo(page, say('my-firm', 'known.more'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/facts/);
    },
    'the skip link comes first and focus is always visible': async ({ page, say }) => {
      await page.goto('/policies');
      await settled(page);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), say('common', 'skip'));
      for (let i = 0; i < 25; i++) {
        await page.keyboard.press('Tab');
        const hidden = await page.evaluate(() => {
          const e = document.activeElement;
          if (e === document.body) return null;
          const style = getComputedStyle(e);
          const box = e.getBoundingClientRect();
          const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || getComputedStyle(e.parentElement).boxShadow !== 'none' || getComputedStyle(e.parentElement).outlineStyle !== 'none';
          return shown && box.width > 0 ? null : e.outerHTML.slice(0, 120);
        });
        assert.equal(hidden, null, 'focus is visible');
      }
    },
  },
  { languages: ['zh'] },
);

/** Presses Tab until the focused thing says `name`. */
async function tabTo(page, name) {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const e = document.activeElement;
      return e.matches('a, button, input, select, summary') ? `${e.getAttribute('aria-label') ?? ''} ${e.textContent}` : '';
    });
    if (text.includes(name)) return;
  }
  assert.fail(`Tab never reaches “${name}”`);
}
