import { type Problem, problems, type Words } from './vocabulary.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';

const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const wordsIn: Readonly<Record<Language, Words>> = { en, de };

/** How a moment is written. */
export const momentsIn = (language: Language): ((at: string) => string) => {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return (at) => `${format.format(new Date(at))} UTC`;
};

/** The first of the languages that the browser asks for and that we speak. */
export const languageOf = (accepted: string | undefined): Language => {
  const asked = (accepted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((value) => value !== undefined);
      return { language: tag.split('-')[0], quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return asked.map(({ language }) => languages.find((known) => known === language)).find((known) => known !== undefined) ?? 'en';
};

export const problemIn = (code: string | undefined): Problem | undefined =>
  code === undefined ? undefined : (problems.find((known) => known === code) ?? 'other');
