/** The tree's rules, checked on the sources: who may import whom, no casts, no long files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(__dirname, '../src');
/** Each folder may import itself and those listed. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  i18n: ['lib'],
  api: ['lib'],
  kit: ['lib', 'i18n'],
  blocks: ['lib', 'i18n', 'api', 'kit'],
  features: ['lib', 'i18n', 'api', 'kit', 'blocks'],
  app: ['lib', 'i18n', 'api', 'kit', 'blocks', 'features'],
};

function files(dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** Written by a tool from the server's description, not by hand. */
const GENERATED = join(SRC, 'api/schema.ts');
const sources = files(SRC).filter((path) => /\.tsx?$/.test(path) && path !== GENERATED);
const parts = (path: string): readonly string[] => relative(SRC, path).split('/');

function imports(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
    .map((found) => found[1] ?? '')
    .filter((name) => name.startsWith('.') || name.startsWith('@/'))
    .map((name) => (name.startsWith('@/') ? join(SRC, name.slice(2)) : resolve(dirname(path), name)));
}

/** Complaints about one file's imports. */
export function complaints(path: string, imported: readonly string[]): readonly string[] {
  const [layer = '', feature] = parts(path);
  const may = MAY[layer];
  if (!may) return [];
  return imported.flatMap((target) => {
    const [toLayer = '', toFeature] = parts(target);
    if (toLayer === layer) {
      return layer === 'features' && toFeature !== feature ? [`${relative(SRC, path)} imports another feature: ${relative(SRC, target)}`] : [];
    }
    return may.includes(toLayer) ? [] : [`${relative(SRC, path)} may not import ${relative(SRC, target)}`];
  });
}

describe('layers', () => {
  it('lib ← {i18n, api} ← kit ← blocks ← features ← app, and no feature imports another', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.flatMap((path) => complaints(path, imports(path)))).toEqual([]);
  });

  it('sees an import that points up, and one from feature to feature', () => {
    expect(complaints(join(SRC, 'kit/Num.tsx'), [join(SRC, 'features/hall/Shelf.tsx')])).toHaveLength(1);
    expect(complaints(join(SRC, 'features/hall/Shelf.tsx'), [join(SRC, 'features/policies/Row.tsx')])).toHaveLength(1);
  });
});

describe('style', () => {
  it('has no any and no casts', () => {
    const bad = sources.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, at) => {
          const code = line.replace(/\/\/.*$/, '').replace(/'(?:[^'\\]|\\.)*'|`[^`]*`/g, "''");
          if (/^\s*(?:\*|\/\*)/.test(code) || /^\s*(?:import|export)\b.*\bfrom\b/.test(code)) return [];
          const cast = /\bas\s+(?!const\b)[A-Za-z{[(]/.test(code) && !/>[^<]*\bas\b[^<]*</.test(code);
          return cast || /[:<,|]\s*any\b(?!:)/.test(code) || /@ts-(?:ignore|expect-error)/.test(line) ? [`${relative(SRC, path)}:${at + 1}`] : [];
        }),
    );
    expect(bad).toEqual([]);
  });

  it('keeps files at 400 lines or fewer', () => {
    const long = files(SRC).filter((path) => path !== GENERATED && /\.(tsx?|css)$/.test(path) && readFileSync(path, 'utf8').split('\n').length > 400);
    expect(long.map((path) => relative(SRC, path))).toEqual([]);
  });

  it('keeps raw colours in tokens.css', () => {
    const raw = files(SRC).filter((path) => /\.(tsx?|css)$/.test(path) && !path.endsWith('tokens.css') && /#[0-9a-f]{6}\b|rgb\(/i.test(readFileSync(path, 'utf8')));
    expect(raw.map((path) => relative(SRC, path))).toEqual([]);
  });
});
