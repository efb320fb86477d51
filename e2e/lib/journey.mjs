// A journey is told once and walked at both widths in both languages.
import { after, before, describe, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { startDemonstration } from './server.mjs';
import { speaker } from './words.mjs';

/**
 * `walks` names width and language of each walk where not every pair is worth its time. `later` moves the day of the one
 * demonstration for this walk and all after it; open pages are left before, since they would ask a server that is not there.
 * @param {string} title
 * @param {Record<string, (walk: object) => Promise<void>>} stories name → what happens
 */
export function journey(title, stories, { widths = ['desk', 'phone'], languages = ['zh', 'en'], walks = widths.flatMap((width) => languages.map((language) => [width, language])) } = {}) {
  describe(title, () => {
    let server, browser;
    before(async () => {
      server = await startDemonstration(title.replaceAll(' ', '-'));
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await server?.stop();
    });
    for (const [name, story] of Object.entries(stories)) {
      for (const [width, language] of walks) {
        test(`${name} (${width}, ${language})`, async () => {
          const { url } = server;
          const later = async (day) => {
            for (const page of browser.contexts().flatMap((context) => context.pages())) await page.goto('about:blank');
            await server.later(day);
          };
          const opened = await open(browser, url, { width, language });
          try {
            await story({ ...opened, say: speaker(language), width, language, url, later, again: (options) => open(browser, url, { width, language, ...options }) });
          } finally {
            await opened.close();
          }
        });
      }
    }
  });
}
