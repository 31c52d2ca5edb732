import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import fieldsDe from '../web/src/words/fields.de.ts';
import fieldsEn from '../web/src/words/fields.en.ts';
import operationsDe from '../web/src/words/operations.de.ts';
import operationsEn from '../web/src/words/operations.en.ts';
import de from '../web/src/words/told.de.ts';
import en from '../web/src/words/told.en.ts';

const sourcesOf = async (path: string): Promise<string> => {
  const folder = new URL(`../../../${path}/`, import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!spec)\.ts$/.test(file));
  return (await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))).join('\n');
};

/** A code right beside its words. */
const pairs = /code: '([a-z]+\.[a-z-]+)',\s*words:|\bobstacle(?:ForNow)?\(\s*'([a-z]+\.[a-z-]+)'/g;

/** What a person wrote. */
const unseen = ['ledger.settled-by-hand'];

test.each([
  'services/amazon-gateway/src',
  'services/fulfillment/src/documents',
  'services/fulfillment/src/domain',
  'services/notification/src',
])('what %s says by a code has words in both languages', async (path) => {
  const codes = [...(await sourcesOf(path)).matchAll(pairs)].map(([, beside, obstacle]) => beside ?? obstacle ?? '');
  expect(codes.length).toBeGreaterThan(0);
  for (const words of [en, de]) expect(codes.filter((code) => !unseen.includes(code) && !(code in words.codes))).toEqual([]);
});

/** What a schema says of a field, or of a row of a file. */
const bySchemas = /\b(?:ofRow|said)\(\s*'([a-z.-]+)'|\bissue\('\w+', '([a-z.-]+)'/g;

const servicesWithFields = ['access', 'amazon-gateway', 'billing', 'fulfillment', 'notification', 'order'];
const textOfServices = async (): Promise<string> => {
  const sources = await Promise.all(servicesWithFields.map((name) => sourcesOf(`services/${name}/src`)));
  // Without what is filled in: its braces are none of an object.
  return [...sources, await sourcesOf('libs/service-kit/src/http')].join('\n').replaceAll(/\$\{[^{}]*\}/g, '');
};

/** A message, with what stands beside it in the same braces. */
const issues = (text: string): string[] =>
  [...text.matchAll(/(?<!\.\.\.)\{\s*field\b[^{}]*\bmessage\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}(?!\) =>| of\b)/g)].map(([issue]) => issue);

test('what is wrong with a field has words in both languages, and no words are left over', async () => {
  const text = await textOfServices();
  const beside = issues(text).flatMap((issue) => [...issue.matchAll(/\bcode: '([a-z-]+\.[a-z-]+)'/g)].map(([, code = '']) => code));
  const schemas = [...text.matchAll(bySchemas)].flatMap(([, ofSchema, ofIssue]) => ofSchema ?? ofIssue ?? []);
  const codes = [...beside, ...schemas];
  expect(codes.length).toBeGreaterThan(90);
  for (const words of [fieldsEn, fieldsDe]) expect(codes.filter((code) => !(code in words) && !(code in en.codes))).toEqual([]);
  const isMade = (code: string): boolean =>
    /^(field\.|return\.restock-|pickup\.is-|shipment\.(?:handed-over|not-handed-over|answer-awaited|in-doubt|amazon-knows|label-at-amazon|not-refused|is-void)$)/.test(
      code,
    );
  expect(Object.keys(fieldsEn).filter((code) => !isMade(code) && !text.includes(`'${code}'`))).toEqual([]);
});

test('no service says what is wrong with a field without a code', async () => {
  const text = await textOfServices();
  const found = issues(text);
  expect(found.length).toBeGreaterThan(60);
  expect(found.filter((issue) => !/\bcode\b|\.\.\./.test(issue))).toEqual([]);
});

test('what each operation of Amazon is for has words in both languages', async () => {
  const operations = await readFile(new URL('../../amazon-gateway/src/amazon/operations.ts', import.meta.url), 'utf8');
  const names = [...operations.matchAll(/^ {2}(\w+): \{.*purpose:/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(20);
  for (const { sync } of [operationsEn, operationsDe]) expect(Object.keys(sync.purposes).sort()).toEqual(names.sort());
});

test('a sentence tells the same in both languages', () => {
  const names = (text: string): string[] => [...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();
  const both: readonly (readonly [Record<string, string>, Record<string, string>])[] = [
    [en.codes, de.codes],
    [fieldsEn, fieldsDe],
  ];
  for (const [english, german] of both)
    for (const [code, text] of Object.entries(english)) expect([code, names(german[code] ?? '')]).toEqual([code, names(text)]);
});
