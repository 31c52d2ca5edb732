import type { AmazonOrder } from '@orderbus/contracts';

/** What of an order its words are from: all that Amazon shows, except its people. */
export type Searched = Pick<AmazonOrder, 'amazonOrderId' | 'lines' | 'packages'>;

/** The words under which an order is found. */
export const searchWordsOf = ({ amazonOrderId, lines, packages = [] }: Searched): string[] => {
  const codes = [amazonOrderId, ...lines.flatMap(({ sku, asin }) => [sku, asin]), ...packages.map(({ trackingNumber }) => trackingNumber)];
  const words = [
    ...codes.flatMap((code) => wordsOfCode(code ?? '')),
    ...lines.flatMap(({ title }) => partsOf(title)),
    // What people read out on the telephone.
    amazonOrderId.slice(-4),
  ];
  return [...new Set(words)].slice(0, mostWords);
};

/** The words under which a parcel of ours is found. */
export const wordsOfTracking = (trackingNumber: string): string[] => [...new Set(wordsOfCode(trackingNumber))].slice(0, mostWords);

/** The terms of a search, all of which must be found. */
export const termsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((term) => partsOf(term).length > 0)
    .slice(0, mostTerms);

/** What a term has to find, as a `tsquery`: the beginning of a code, dashes or not, or all of its parts, the last one perhaps unfinished. */
export const queryOf = (term: string): string => {
  const parts = partsOf(term);
  const whole = beginning(parts.join(''));
  return parts.length === 1 ? whole : `(${whole} | (${[...parts.slice(0, -1).map(exactly), beginning(parts.at(-1) ?? '')].join(' & ')}))`;
};

const mostTerms = 8;
const mostWords = 400;
const longestWord = 64;

/** A code is found from the beginning of any of its parts on: `111-2223334-5556667` by `2223334`, `2223334-55` and `22233345`. */
const wordsOfCode = (code: string): string[] => {
  const parts = partsOf(code);
  return parts.flatMap((part, n) => [part, shortened(parts.slice(n).join(''))]);
};

/** Letters and digits, without case and accents. */
const partsOf = (text: string): string[] =>
  (
    spaced(text)
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map(shortened);

/** Some scripts are written without spaces: their words have to be found first. */
const spaced = (text: string): string =>
  unspaced.test(text) ? [...segmenter.segment(text)].map(({ segment }) => segment).join(' ') : text;

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

const shortened = (word: string): string => word.slice(0, longestWord);

const exactly = (word: string): string => `'${word}'`;

/** So few letters, and so few digits, begin too many words: they have to be the whole word. */
const beginning = (word: string): string => {
  const isLong = [...word].length >= (/^\d+$/.test(word) ? 4 : 3) || unspaced.test(word);
  return `${exactly(shortened(word))}${isLong ? ':*' : ''}`;
};
