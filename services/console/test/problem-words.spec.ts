import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import de from '../web/src/words/problems.de.ts';
import en from '../web/src/words/problems.en.ts';

const services = ['order', 'fulfillment', 'billing', 'amazon-gateway', 'notification', 'access'];

/** What a person at a page never meets: it is said to a program, on a command line, or in a log. */
const unseen =
  /^(amazon|sealing|sync|oidc|rebuild|sweep\.lost|contact|webhook\.key|feed\.unreadable|money|message|order\.(unknown-|without-))/;

/** The codes with which a service says that something cannot be done as things stand. */
const refusalsOf = async (service: string): Promise<string[]> => {
  const folder = new URL(`../../${service}/src/`, import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!spec)\.ts$/.test(file));
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return sources.flatMap((source) =>
    [...source.matchAll(/new AppError\(\s*'(?:conflict|too-large)',\s*'([a-z.-]+)'/g)].map(([, code = '']) => code),
  );
};

test.each(services)('everything that %s refuses a person has words in both languages', async (service) => {
  const refusals = (await refusalsOf(service)).filter((code) => !unseen.test(code));
  for (const { codes } of [en, de]) expect(refusals.filter((code) => !(code in codes))).toEqual([]);
});
