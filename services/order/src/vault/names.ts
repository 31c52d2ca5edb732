import type { BuyerAddress, BuyerData } from '@orderbus/contracts';

/** The words under which an order is found by its people's names: each name's words, and their beginnings. */
export const searchWordsOf = (buyer: BuyerData, correctedTo?: BuyerAddress): string[] => {
  const names = [buyer.name, buyer.recipient?.name, correctedTo?.name];
  return [...new Set(names.flatMap((name) => wordsOf(name ?? '')).flatMap(beginningsOf))];
};

/** What a searched text has to be found by: all of these. What is too short to search for is left out. */
export const searchTermsOf = (text: string): string[] => wordsOf(text).map((word) => beginningsOf(word).at(-1) as string);

/** The words of a text as they are compared: lower case, without accents, at least two letters. */
const wordsOf = (text: string): string[] => [
  ...new Set(
    folded(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => [...word].length >= 2),
  ),
];

/** Not every length: each is a row of the index for every name. What is searched for is cut to the next shorter one. */
const lengths = [3, 4, 5, 6, 8, 11, 15, 20];

/** Two letters are a whole name in scripts that write a syllable or a word with each. */
const beginningsOf = (word: string): string[] => {
  const letters = [...word];
  const fitting = (eastAsian.test(word) ? [2, ...lengths] : lengths).filter((length) => length <= letters.length);
  return fitting.length === 0 ? [word] : fitting.map((length) => letters.slice(0, length).join(''));
};

const eastAsian = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ßæœøłđı]/g, (letter) => unaccented[letter] ?? letter);

/** Letters that Unicode does not take apart. */
const unaccented: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };
