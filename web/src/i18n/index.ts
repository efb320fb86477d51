/**
 * One namespace per feature, loaded when the feature is shown; `common` is the shell's.
 * The language is the reader's choice, else Chinese; it also sets <html lang> and Accept-Language.
 */
import i18next, { type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { number } from '@/lib/numbers';
import { NBSP, type Lang } from '@/lib/text';

interface Tree {
  readonly [key: string]: string | Tree;
}
const bundles = import.meta.glob<{ default: Tree }>('./{zh,en}/*.ts');

const STORED = 'liangu.language';

export function storedLanguage(): Lang {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** In Chinese a figure and the unit after it stay in one line. */
function glue(tree: Tree): Tree {
  const glued: Record<string, string | Tree> = {};
  for (const [key, value] of Object.entries(tree)) {
    glued[key] = typeof value === 'string' ? value.replace(/\}\} (?=[\u4e00-\u9fff%])/g, `}}${NBSP}`) : glue(value);
  }
  return glued;
}

function mirror(lang: string): void {
  document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
}

export async function startLanguage(): Promise<void> {
  i18next.on('languageChanged', mirror);
  mirror(storedLanguage());
  await i18next
    .use({
      type: 'backend' as const,
      init() {},
      read(language: string, namespace: string, done: ReadCallback) {
        const load = bundles[`./${language}/${namespace}.ts`];
        if (!load) return done(new Error(`no texts for ${namespace} in ${language}`), null);
        load().then(
          (bundle) => done(null, language === 'zh' ? glue(bundle.default) : bundle.default),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: storedLanguage(),
      fallbackLng: false,
      supportedLngs: ['zh', 'en'],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
  // `{{count, number}}`: a figure with its commas.
  i18next.services.formatter?.add('number', (value: unknown) => (typeof value === 'number' ? number(value) : String(value)));
}

export async function setLanguage(lang: Lang): Promise<void> {
  try {
    localStorage.setItem(STORED, lang);
  } catch {
    // A browser that stores nothing keeps the choice until the page is closed.
  }
  await i18next.changeLanguage(lang);
}
