// The words of the interface that journeys look for, in both languages, from the interface's own tables.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads `web/src/i18n/<language>/<feature>.ts`: an object literal that is also JavaScript. */
function table(language, feature) {
  const file = fileURLToPath(new URL(`../../web/src/i18n/${language}/${feature}.ts`, import.meta.url));
  const source = readFileSync(file, 'utf8').replace(/^export default/m, 'return').replace(/as const;\s*$/m, ';');
  return new Function(source)();
}

/** `say('my-firm', 'groups.fits')` in one language. */
export const speaker = (language) => (feature, path) => {
  const found = path.split('.').reduce((at, key) => at?.[key], table(language, feature));
  if (typeof found !== 'string') throw new Error(`no word ${feature}.${path} in ${language}`);
  return found;
};
