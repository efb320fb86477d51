// What people do with a case, as journeys need it: order a command, look over another's shoulder, read the bell.
import { settled, signIn } from './browser.mjs';

/** Lets another person sign in beside, and closes when the story is told. */
export const persons = (again) => async (name, path, story) => {
  const desk = await again({});
  try {
    if (name !== null) await signIn(desk.page, name);
    await desk.page.goto(path);
    await desk.page.getByRole('heading', { level: 1 }).waitFor();
    await settled(desk.page);
    return await story(desk);
  } finally {
    await desk.close();
  }
};

/** The button of a command, by its label in either language. */
export const command = (page, label) => page.locator('.command-bar').getByRole('button', { name: label, exact: true }).first();

/** Orders a command: what it takes is typed, what it asks is answered with yes. */
export async function order(page, label, given = {}) {
  await command(page, label).click();
  const form = page.locator('.command form');
  for (const [name, text] of Object.entries(given)) await form.locator(`[id$="-${name}"]`).fill(text);
  if (await form.isVisible()) await form.getByRole('button', { name: label, exact: true }).click();
  const asked = page.getByRole('alertdialog');
  const done = page.locator('.command-bar [role="status"]').filter({ hasText: label });
  await asked.or(done).first().waitFor({ state: 'attached' });
  if (await asked.isVisible()) await asked.getByRole('button', { name: label, exact: true }).click();
  await done.waitFor({ state: 'attached' });
  await settled(page);
}

/** Words of flows as the model has them: `words('claim', 'submit')`, `words.state('claim', 'paid')`. */
export async function commandWords(again, language) {
  const { page, close } = await again({});
  await page.request.post('/api/demo/session', { headers: { 'X-Liangu': 'web' }, data: { persona: 'administrator' } });
  const { records } = await (await page.request.get('/api/model')).json();
  await close();
  const find = (record, kind, name) => {
    const found = records.find((one) => one.name === record)?.flow?.[kind].find((one) => one.name === name);
    if (!found) throw new Error(`the model has no ${record}.${name}`);
    return found.label[language];
  };
  return Object.assign((record, name) => find(record, 'commands', name), { state: (record, name) => find(record, 'states', name) });
}

/** Waits until the bell tells of something new, without a reload, and reads it. */
export async function rings(page, say, text) {
  await page.locator('header .bell b').waitFor();
  await page.locator('header .bell').click();
  await page.locator('.bell-line', { hasText: text }).first().waitFor();
  await page.keyboard.press('Escape');
}
