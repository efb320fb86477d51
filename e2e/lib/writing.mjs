// What an official does to write a policy, step by step, as journeys need it.
import { settled } from './browser.mjs';

const TEXT = [
  '第一条　为支持工业企业技术改造，制定本办法。',
  '第二条　支持对象为在本市注册的规模以上工业企业。',
  '第三条　上一年度营业收入不低于 2000 万元。',
  '第四条　技术改造项目设备投资不低于 500 万元。',
  '第五条　按设备投资的 10% 给予补助，单个项目最高不超过 200 万元。',
  '第六条　设备与备案的建设内容相符。',
].join('\n');

/** The whole page at once: what the places' bar of a phone happens to cover is no fault of the page. */
export async function whole(page, sound, name) {
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await sound(name);
  await page.setViewportSize(size);
}

/** Chooses a clause of the list; on a narrow window the list comes back first. */
export async function choose(page, say, article) {
  const back = page.getByRole('button', { name: say('authoring', 'clauses.all'), exact: true });
  if (await back.isVisible().catch(() => false)) await back.click();
  await page.locator('.doc button').filter({ has: page.getByText(article, { exact: true }) }).click();
  await page.getByRole('textbox', { name: say('authoring', 'clauses.article') }).waitFor();
}

export const part = (page, say, name) => page.locator('nav.parts a', { hasText: say('authoring', `parts.${name}`) }).click();
export const saved = (page) => page.waitForFunction(() => document.querySelector('.bar-h .st')?.textContent?.match(/已保存|Saved/));

/** A fact is found by its name. */
export async function addFact(page, say, words, name) {
  const box = page.getByRole('combobox', { name: say('authoring', 'add.fact') }).last();
  await box.click();
  await box.fill(words);
  await page.locator('.combo-list li', { hasText: name }).first().click();
}

export async function writeHead(page, say, title) {
  await page.getByLabel(say('authoring', 'head.title'), { exact: true }).fill(title);
  await page.getByLabel(say('authoring', 'head.issuer'), { exact: true }).fill('娄底市工业和信息化局');
  await page.locator('#head-level').selectOption('city');
  await page.locator('#head-kind').fill('subsidy');
  await page.locator('.combo-list li').first().click();
  await page.getByRole('button', { name: say('authoring', 'new.go') }).click();
  await page.waitForURL(/\/work\/authoring\/pol_[0-9a-z]+\/1/);
}

export async function paste(page, say, count) {
  await page.getByLabel(say('authoring', 'paste.label')).fill(TEXT);
  await page.getByRole('button', { name: say('authoring', 'paste.action') }).click();
  await page.waitForFunction((all) => document.querySelectorAll('.segs i').length >= all || document.querySelectorAll('.steps').length > 0, count);
}

export const kind = (page, say, name) => page.getByRole('group', { name: say('authoring', 'kind.label') }).getByRole('button', { name: say('authoring', `kind.${name}`), exact: true }).click();
export const said = (page, words) => page.locator('.pane .sent p[lang="zh-CN"]').filter({ hasText: words }).waitFor();

/** An item bound to projects: ten per cent of the equipment, at most two million. */
export async function writeItem(page, say) {
  await part(page, say, 'items');
  await page.getByRole('button', { name: say('authoring', 'items.add') }).first().click();
  await page.getByLabel(say('authoring', 'items.name'), { exact: true }).fill('设备投资补助');
  await page.getByLabel(say('authoring', 'items.bind')).selectOption('projects');
  await page.getByLabel(say('authoring', 'items.amount'), { exact: true }).fill('share(p.equipment, percent(10))');
  await page.getByLabel(say('authoring', 'items.cap'), { exact: true }).fill('wan(200)');
  await page.locator('.amounts .sent').waitFor();
}

/** Writes the whole policy up to its release: who fits, what it gives, what a person looks at; and hands it to a second person. */
export async function writePolicy(page, say, language, title) {
  await page.goto('/work/authoring/new');
  await settled(page);
  await writeHead(page, say, title);
  await settled(page);
  await paste(page, say, 6);
  await writeItem(page, say);
  await part(page, say, 'clauses');
  const rule = async (article, text, words) => {
    await choose(page, say, article);
    await kind(page, say, 'deciding');
    if (article === '第四条') await page.getByLabel(say('authoring', 'clauses.of')).selectOption({ index: 1 });
    await page.getByLabel(say('authoring', 'rule.text')).fill(text);
    await said(page, words);
  };
  await rule('第二条', 'within(region, "431300") && above_scale', '规模以上');
  await rule('第三条', 'revenue >= wan(2000)', /2,?000/);
  await rule('第四条', 'p.equipment >= wan(500)', '500');
  await choose(page, say, '第六条');
  await kind(page, say, 'person');
  await settled(page);
  await part(page, say, 'cases');
  await page.getByRole('button', { name: say('authoring', 'cases.make') }).click();
  await page.waitForFunction(() => document.querySelectorAll('.case-list > li').length >= 4);
  await settled(page);
  await part(page, say, 'release');
  await saved(page);
  const check = say('authoring', 'command.check');
  await page.waitForFunction((name) => [...document.querySelectorAll('button')].some((one) => one.textContent === name && !one.hasAttribute('aria-disabled')), check);
  await page.getByRole('button', { name: check }).click();
  await page.getByRole('button', { name: say('authoring', 'command.approve'), exact: true }).waitFor();
  const { pathname, search } = new URL(page.url());
  return { id: /pol_[0-9a-z]+/.exec(pathname)[0], path: pathname + search };
}
