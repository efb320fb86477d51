// A journey is told once and walked at both widths in both languages.
import { after, before, describe, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { startDemonstration } from './server.mjs';
import { speaker } from './words.mjs';

/**
 * With `own` every walk has a demonstration of its own, so that it may change what others would meet, and move its day.
 * @param {string} title
 * @param {Record<string, (walk: object) => Promise<void>>} stories name → what happens
 */
export function journey(title, stories, { widths = ['desk', 'phone'], languages = ['zh', 'en'], own = false } = {}) {
  describe(title, () => {
    let server, browser;
    before(async () => {
      if (!own) server = await startDemonstration(title.replaceAll(' ', '-'));
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await server?.stop();
    });
    for (const [name, story] of Object.entries(stories)) {
      for (const width of widths) {
        for (const language of languages) {
          test(`${name} (${width}, ${language})`, async () => {
            const serving = own ? await startDemonstration(`${title.replaceAll(' ', '-')}-${width}-${language}`) : server;
            const { url, later } = serving;
            const opened = await open(browser, url, { width, language });
            try {
              await story({ ...opened, say: speaker(language), width, language, url, later, again: (options) => open(browser, url, { width, language, ...options }) });
            } finally {
              await opened.close();
              if (own) await serving.stop();
            }
          });
        }
      }
    }
  });
}
