// The whole life of a policy: written and released by two, found by a firm, claimed, asked back, corrected, decided by two, seen by
// anyone, objected to, paid by three, and told to the firm at every step.
import assert from 'node:assert/strict';
import { settled, signIn } from '../lib/browser.mjs';
import { command, commandWords, order, persons, rings } from '../lib/desk.mjs';
import { journey } from '../lib/journey.mjs';
import { paidOut } from '../lib/paying.mjs';
import { whole, writePolicy } from '../lib/writing.mjs';

const FIRM = '湖南澜砺合金材料有限公司';
/** Most presses and fields from what fits to the claim handed in. */
const MOST_CLICKS = 12;

/** Written by one, released by another. */
async function released({ page, say, language, as }, title) {
  await signIn(page, '彭砚秋');
  const policy = await writePolicy(page, say, language, title);
  await as('易槿', policy.path, async (desk) => {
    await desk.page.getByRole('button', { name: say('authoring', 'command.approve'), exact: true }).click();
    await desk.page.locator('.state-line .now', { hasText: say('authoring', 'state.in_force') }).waitFor();
  });
  return policy.id;
}

/** Finance enters what the policy may give this year. */
async function budgeted({ as, say }, title) {
  await as('颜书宁', '/work/budget', async ({ page, sound }) => {
    await whole(page, sound, 'budgets');
    await page.getByRole('button', { name: say('payments', 'budget.add') }).click();
    await page.getByRole('button', { name: say('payments', 'budget.save') }).click();
    await page.getByText(say('payments', 'budget.needPolicy')).waitFor();
    await whole(page, sound, 'a budget with mistakes');
    const policy = page.getByRole('combobox', { name: say('payments', 'budget.policy') });
    await policy.click();
    await policy.fill(title);
    await page.locator('.combo-list li', { hasText: title }).first().click();
    await page.getByLabel(say('payments', 'budget.totalWan')).fill('600');
    await page.getByRole('button', { name: say('payments', 'budget.save') }).click();
    await page.locator('.budget-lines li', { hasText: title }).waitFor();
    await whole(page, sound, 'budget entered');
  });
}

/** From what fits to handed in, counting every press and every field. */
async function claimed({ page, say, sound, words }, title) {
  let clicks = 0;
  const press = async (what) => {
    clicks += 1;
    await what.click();
  };
  const type = async (label, text) => {
    clicks += 1;
    await page.getByLabel(label, { exact: true }).fill(text);
  };
  await page.goto('/my-firm');
  await settled(page);
  await press(page.locator('#group-fits .more a'));
  await page.waitForURL(/groups\/fits/);
  await settled(page);
  const start = page.getByRole('button', { name: say('common', 'startClaimOf').replace('{{policy}}', title) });
  for (let at = 0; at < 3 && (await start.count()) === 0; at += 1) {
    await press(page.locator('main .more button'));
    await settled(page);
  }
  await press(start);
  await page.waitForURL(/\/my-firm\/claims\/clm_/);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await settled(page);
  assert.equal(await page.getByLabel(say('claims', 'field.payee_name')).inputValue(), FIRM, 'what is known is filled in');
  await whole(page, sound, 'a claim begun');
  await page.getByLabel(say('claims', 'field.payee_bank')).fill('');
  await page.getByRole('button', { name: words('claim', 'submit'), exact: true }).click();
  await page.getByText(say('claims', 'fill.needs').replace('{{what}}', say('claims', 'field.payee_bank'))).first().waitFor();
  await whole(page, sound, 'a claim that lacks something');
  await type(say('claims', 'field.payee_bank'), '中国建设银行娄底分行');
  await type(say('claims', 'field.payee_account'), '43050177000000012345');
  await press(page.getByRole('button', { name: words('claim', 'submit'), exact: true }));
  await press(page.getByRole('alertdialog').getByRole('button', { name: words('claim', 'submit'), exact: true }));
  await page.locator('.case-strip').waitFor();
  await settled(page);
  await whole(page, sound, 'handed in');
  assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks from what fits to handed in`);
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** The officer finds it by its clock, takes it on and asks back. */
async function askedBack({ as, say, width, words }, claim, title) {
  await as('彭砚秋', '/work', async ({ page, sound }) => {
    const item = page.locator('.inbox-items li', { hasText: title });
    await item.locator('.lamp').waitFor();
    await whole(page, sound, 'inbox');
    if (width === 'desk') {
      await page.locator('main h1').click();
      for (let at = 0; at < 30 && !(await item.evaluate((line) => line.classList.contains('on'))); at += 1) await page.keyboard.press('j');
      await settled(page);
      await whole(page, sound, 'a case beside the list');
      await order(page, words('claim', 'sign_for'));
      await page.goto(`/work/claim/${claim}`);
    } else {
      await item.getByRole('link').first().click();
      await page.waitForURL(new RegExp(claim));
      await settled(page);
      await order(page, words('claim', 'sign_for'));
    }
    await settled(page);
    await whole(page, sound, 'under review');
    await command(page, words('claim', 'ask')).click();
    await page.locator('.command form').getByRole('button', { name: words('claim', 'ask'), exact: true }).click();
    await page.getByText(say('common', 'flow.needed').replace('{{what}}', say('common', 'flow.inputs.question'))).waitFor();
    await page.locator('.command form textarea').fill('请补一份设备清单。');
    await page.locator('.command form').getByRole('button', { name: words('claim', 'ask'), exact: true }).click();
    await page.locator('.case-strip').getByText(words.state('claim', 'correcting')).waitFor();
    await whole(page, sound, 'asked back');
  });
}

/** The firm is told while it looks elsewhere, adds what is asked, and has lost nothing. */
async function corrected({ page, say, sound, words }, title) {
  await page.goto('/my-firm/claims');
  await page.getByRole('link', { name: title }).click();
  await page.locator('.asked', { hasText: '请补一份设备清单。' }).waitFor();
  await settled(page);
  assert.equal(await page.getByLabel(say('claims', 'field.payee_account'), { exact: true }).inputValue(), '43050177000000012345');
  await whole(page, sound, 'what is asked');
  await page.getByPlaceholder(say('claims', 'fill.words')).fill('设备清单：数控车床 12 台，与备案一致。');
  await page.getByRole('button', { name: say('claims', 'fill.give'), exact: true }).click();
  await page.locator('.given').waitFor();
  await page.getByRole('button', { name: words('claim', 'resubmit'), exact: true }).click();
  await page.locator('.asked').waitFor({ state: 'detached' });
  await settled(page);
  await whole(page, sound, 'corrected');
}

/** The officer judges what only a person can, and recommends; he may not approve. */
async function recommended({ as, width, words }, claim) {
  await as('彭砚秋', `/work/claim/${claim}`, async ({ page, sound }) => {
    await page.getByText('数控车床 12 台').first().waitFor();
    if (width === 'desk') {
      await page.locator('main h1').click();
      await page.keyboard.press('y');
    } else await page.locator('.judge .btn').first().click();
    await page.locator('.judge .btn[aria-pressed="true"]').waitFor();
    await settled(page);
    await whole(page, sound, 'judged');
    await order(page, words('claim', 'recommend'), { note: '清单与备案一致。' });
    await page.locator('.case-strip').getByText(words.state('claim', 'deciding')).waitFor();
    assert.equal(await command(page, words('claim', 'approve')).getAttribute('aria-disabled'), 'true', 'who recommends does not decide');
    await whole(page, sound, 'recommended');
  });
}

async function approved({ as, words }, claim) {
  await as('聂珂', `/work/claim/${claim}`, async ({ page, sound }) => {
    await whole(page, sound, 'to be decided');
    await command(page, words('claim', 'approve')).click();
    await page.locator('.command form [id$="-amount"]').fill('很多');
    await page.locator('.command form').getByRole('button', { name: words('claim', 'approve'), exact: true }).click();
    await page.locator('.command form .wrong').waitFor();
    await page.locator('.command form [id$="-amount"]').fill('');
    await page.locator('.command form').getByRole('button', { name: words('claim', 'approve'), exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: words('claim', 'approve'), exact: true }).click();
    await page.locator('.case-strip').getByText(words.state('claim', 'notice')).waitFor();
    await settled(page);
    await whole(page, sound, 'approved');
  });
}

/** Anyone sees it from the Hall and objects; the reviewer answers. */
async function objectedAndDismissed({ as, say, words }, claim) {
  await as(null, '/', async ({ page, sound }) => {
    await page.locator('.hall-notices').getByRole('link', { name: say('hall', 'notices.title') }).click();
    await page.waitForURL(/public-notices/);
    await settled(page);
    await whole(page, sound, 'public notices');
    await page.locator(`a[href="/public-notices/${claim}"]`).click();
    await page.locator('#objection-name').fill('李明');
    await page.locator('#objection-contact').fill('13800000000');
    await page.locator('#objection-reason').fill('听说这批设备是旧的，请核对发票。');
    await page.getByRole('button', { name: say('public-notice', 'send'), exact: true }).click();
    await page.getByText(say('public-notice', 'sent')).waitFor();
    await whole(page, sound, 'objection received');
  });
  await as('聂珂', `/work/claim/${claim}`, async ({ page, sound }) => {
    await page.getByText('听说这批设备是旧的').waitFor();
    await whole(page, sound, 'an objection');
    await order(page, words('claim', 'dismiss'), { reason: '发票日期均在备案之后，为新购设备。' });
    await page.locator('.case-strip').getByText(words.state('claim', 'notice')).waitFor();
    await whole(page, sound, 'objection dismissed');
  });
}

/** The day after the last day of the public notice. */
async function afterNotice({ as }, claim) {
  const last = await as('聂珂', `/work/claim/${claim}`, async ({ page }) => (await (await page.request.get(`/api/claims/${claim}`)).json()).notice_until);
  return new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
}

journey(
  'claims',
  {
    'the whole life of a policy, from its text to the money': async (walk) => {
      const { say, sound, language, width, later, again } = walk;
      const title = `设备更新补助${width}${language}`;
      const told = { ...walk, as: persons(again), words: await commandWords(again, language) };
      await released(told, title);
      await budgeted(told, title);
      const firm = await again({});
      try {
        await signIn(firm.page, '周岚');
        const mine = { ...told, ...firm };
        const claim = await claimed(mine, title);
        await firm.page.goto('/my-firm');
        await settled(firm.page);
        await askedBack(told, claim, title);
        await rings(firm.page, say, '请补一份设备清单');
        await corrected(mine, title);
        await recommended(told, claim);
        await approved(told, claim);
        await objectedAndDismissed(told, claim);
        await sound('the writer’s page');
        await later(await afterNotice(told, claim));
        await paidOut(told, title);
        await firm.page.goto(`/my-firm/claims/${claim}`);
        await firm.page.locator('.case-strip').getByText(told.words.state('claim', 'paid')).waitFor();
        await settled(firm.page);
        await firm.page.locator('.decision').getByText({ zh: /200(\.0)?\s*万元/, en: /2(\.00)?\s*million/ }[language]).first().waitFor();
        await whole(firm.page, firm.sound, 'paid');
        await firm.page.goto('/notices');
        await settled(firm.page);
        await whole(firm.page, firm.sound, 'notices');
        await firm.page.goto('/my-firm/claims?show=done');
        await firm.page.getByRole('link', { name: title }).waitFor();
        await whole(firm.page, firm.sound, 'claims that are done');
      } finally {
        await firm.close();
      }
    },
  },
  { walks: [['desk', 'zh'], ['phone', 'en']] },
);
