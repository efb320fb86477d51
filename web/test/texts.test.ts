/** Both languages say everything: same files, same keys, same placeholders, nothing empty. */
import { describe, expect, it } from 'vitest';

interface Tree {
  readonly [key: string]: string | Tree;
}
const zh = import.meta.glob<{ default: Tree }>('../src/i18n/zh/*.ts', { eager: true });
const en = import.meta.glob<{ default: Tree }>('../src/i18n/en/*.ts', { eager: true });

type Flat = ReadonlyMap<string, string>;
function flat(tree: Tree, path = ''): Flat {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as const] : [...flat(value, `${path}${key}.`)])),
  );
}

/** Plural forms are one key; Chinese has a single form. */
function stem(key: string): string {
  return key.replace(/_(one|other)$/, '');
}
const holes = (text: string): string => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map((found) => found[1] ?? ''))].sort().join(' ');

const names = Object.keys(zh).map((path) => path.replace(/.*\/(.+)\.ts$/, '$1'));

describe('texts', () => {
  it('has a file per feature in both languages', () => {
    expect(Object.keys(en).map((path) => path.replace('/en/', '/zh/'))).toEqual(Object.keys(zh));
    expect(names).toContain('common');
  });

  it.each(names)('%s: same keys and placeholders', (name) => {
    const chinese = flat(zh[`../src/i18n/zh/${name}.ts`]?.default ?? {});
    const english = flat(en[`../src/i18n/en/${name}.ts`]?.default ?? {});
    expect([...new Set([...english.keys()].map(stem))].sort()).toEqual([...new Set([...chinese.keys()].map(stem))].sort());
    for (const [key, text] of english) {
      const other = chinese.get(key) ?? chinese.get(stem(key)) ?? '';
      expect(`${key}: ${holes(text)}`).toBe(`${key}: ${holes(other)}`);
    }
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
  });

  it.each(names)('%s: English plurals come in pairs', (name) => {
    const keys = [...flat(en[`../src/i18n/en/${name}.ts`]?.default ?? {}).keys()];
    for (const key of keys.filter((one) => one.endsWith('_one'))) expect(keys).toContain(key.replace(/_one$/, '_other'));
  });
});
