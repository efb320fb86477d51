// A journey is told once and walked at both widths in both languages.
import { after, before, describe, test } from 'node:test';
import { launch, open } from './browser.mjs';
import { startDemonstration } from './server.mjs';
import { speaker } from './words.mjs';

/**
 * @param {string} title
 * @param {Record<string, (walk: object) => Promise<void>>} stories name → what happens
 */
export function journey(title, stories, { widths = ['desk', 'phone'], languages = ['zh', 'en'] } = {}) {
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
      for (const width of widths) {
        for (const language of languages) {
          test(`${name} (${width}, ${language})`, async () => {
            const opened = await open(browser, server.url, { width, language });
            try {
              await story({ ...opened, say: speaker(language), width, language, url: server.url, again: (options) => open(browser, server.url, { width, language, ...options }) });
            } finally {
              await opened.close();
            }
          });
        }
      }
    }
  });
}
