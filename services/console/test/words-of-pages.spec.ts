import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const source = new URL('../web/src/', import.meta.url);
const textOf = (file: URL): string => readFileSync(file, 'utf8');

/** Loaded before the first page; and, with what a service refuses, by whoever asked it. */
const always = ['common', 'problems', 'fields'];
/** They see to their words themselves, or take those that are there. */
const apart = ['api/request.ts', 'ui/field-message.ts', 'ui/meaning.ts'].map((path) => new URL(path, source).href);

/** Every file that a page is made of, with what is loaded for a part of it alone. */
const partsOf = (file: URL, found = new Map<string, string>()): Map<string, string> => {
  if (found.has(file.href) || apart.includes(file.href)) return found;
  const text = textOf(file);
  found.set(file.href, text);
  for (const [, path = ''] of text.matchAll(/(?:\bfrom |\bimport\()'(\.[^']+\.tsx?)'/g)) partsOf(new URL(path, file), found);
  return found;
};

/** Which words a file takes by name. */
const takenBy = (text: string): string[] =>
  [...text.matchAll(/useTranslation\('(\w+)'\)|getResource\(i18next\.language, '(\w+)'|\bt\('(\w+):/g)].map(
    ([, used, asked, named]) => used ?? asked ?? named ?? '',
  );
const loadedBy = (text: string): string[] =>
  [...text.matchAll(/loadWords\(([^)]+)\)/g)].flatMap(([, list = '']) => [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name));

const router = textOf(new URL('router.tsx', source));
const pages = [...router.matchAll(/^ {2}page\('([^']+)', \(\) => import\('([^']+)'\)((?:, '\w+')*)\)/gm)].map(
  ([, route = '', file = '', words = '']) => ({ route, file, words: [...words.matchAll(/'(\w+)'/g)].map(([, name = '']) => name) }),
);

test('every page is looked at', () => {
  expect(pages).toHaveLength([...router.matchAll(/^ {2}page\(/gm)].length);
  expect(pages.length).toBeGreaterThan(25);
});

test.each(pages)('$route has the words that its parts take', ({ file, words }) => {
  const parts = [...partsOf(new URL(file, source)).values()];
  const loaded = [...always, ...words, ...parts.flatMap(loadedBy)];
  expect([...new Set(parts.flatMap(takenBy))].filter((area) => !loaded.includes(area))).toEqual([]);
});
