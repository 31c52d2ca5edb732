import { commonWords } from './common-passwords.ts';

/** What a password may lack. Amazon's Data Protection Policy asks for all of it. */
export type PasswordProblem = 'too-short' | 'too-long' | 'not-mixed' | 'holds-name' | 'common' | 'used-before';

export const passwordLength = { least: 12, most: 256 } as const;

/** How many passwords are remembered, the present one included. */
export const passwordsRemembered = 10;

/** The same letters, however a keyboard has written them. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Everything that is wrong with it but that it was used before: that takes the hashes. */
export const passwordProblems = (password: string, whose: { readonly email: string; readonly name: string }): PasswordProblem[] => {
  const text = normalPassword(password);
  const length = [...text].length;
  return [
    ...(length < passwordLength.least ? (['too-short'] as const) : []),
    ...(length > passwordLength.most ? (['too-long'] as const) : []),
    ...(kinds.every((kind) => kind.test(text)) ? [] : (['not-mixed'] as const)),
    ...(wordsOf(whose).some((word) => text.toLowerCase().includes(word)) ? (['holds-name'] as const) : []),
    ...(isCommon(text) ? (['common'] as const) : []),
  ];
};

export const isTooOld = (setAt: string | null, now: Date, maxAgeMs: number): boolean =>
  setAt !== null && now.getTime() - Date.parse(setAt) > maxAgeMs;

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];

/** The parts of the name and of the address that are long enough to be one. */
const wordsOf = ({ email, name }: { readonly email: string; readonly name: string }): string[] =>
  `${name} ${email.split('@')[0]}`
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** A common word with digits and signs around it, or a few of them in a row. */
const isCommon = (text: string): boolean => {
  const lower = text.toLowerCase();
  const readings = [lower, lower.replaceAll(/[013457@$!]/g, (sign) => lookAlikes[sign] ?? '')];
  return readings.some((reading) => madeOfCommonWords(reading.replaceAll(/[^\p{L}]/gu, ''))) || new Set(lower).size < 6;
};

const madeOfCommonWords = (letters: string): boolean =>
  letters === '' ||
  [...commonWords].some((word) => {
    const rest = letters.replaceAll(word, '');
    return rest.length < letters.length && (rest.length < 3 || commonWords.has(rest));
  });
