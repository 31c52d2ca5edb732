import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Shop } from '../shop.ts';
import { textsOn } from './look.ts';

const folder = new URL('../../../../services/console/web/src/words/', import.meta.url);

/** Finds English on a German page. */
export interface Finder {
  foundOn(page: Page): Promise<string[]>;
}

/** Words that only the English pages use, where they are no part of a name: of a product, a store, a service; nor Amazon's or a person's own words. */
export const englishFinder = async (shop: Shop, said: readonly string[]): Promise<Finder> => {
  const [english, german] = [await wordsOf('en'), await wordsOf('de')];
  const names = [...said, ...codes, ...(await namesIn(shop))].sort((one, other) => other.length - one.length);
  const isEnglish = (text: string): boolean => {
    const rest = names
      .reduce((left, name) => left.replaceAll(name, ' '), text.replaceAll(ids, ' '))
      .replaceAll(/[\w-]+([._][\w-]+)+/g, ' ');
    return split(rest).some((word) => english.has(word) && !german.has(word));
  };
  return { foundOn: async (page) => (await textsOn(page)).filter(isEnglish).map((text) => `in English: ${text}`) };
};

/** What the pages show of the machinery as it is, what is called the same in both, and Amazon's name of a promotion. */
const codes = ['error', 'main', 'setup', 'Isle of Man', 'Free Shipping Promotion'];

/** Whole or their beginning: `dead` and `added` stand in some. */
const ids = /\b(?=[\da-f-]*\d)[\da-f]{6,8}(-[\da-f]{4,12})*\b/g;

const namesIn = async (shop: Shop): Promise<string[]> => {
  const stores = (await shop.get('amazon-gateway', '/stores')).items as { name: string }[];
  const products = await shop.items<{ sku: string; title: string }>('fulfillment', '/stock');
  const errors = await shop.items<{ message: string; code: string }>('amazon-gateway', '/errors');
  return [
    ...stores.map(({ name }) => name),
    ...shop.system.services.map(({ name }) => name),
    ...products.flatMap(({ sku, title }) => [sku, title]),
    ...errors.filter(({ code }) => !code.includes('.')).map(({ message }) => message),
  ];
};

const wordsOf = async (language: 'en' | 'de'): Promise<ReadonlySet<string>> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(`.${language}.ts`));
  const catalogues = await Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)).default as object));
  return new Set(catalogues.flatMap(texts).flatMap(split));
};

const texts = (part: unknown): string[] => (typeof part === 'string' ? [part] : Object.values(Object(part)).flatMap(texts));

/** Single letters are units and variables in any language. */
const split = (text: string): string[] =>
  (
    text
      .replaceAll(/\{\{[^}]*\}\}|\$t\([^)]*\)/g, ' ')
      .toLowerCase()
      .match(/[\p{L}’']+/gu) ?? []
  ).filter((word) => word.length > 1);
