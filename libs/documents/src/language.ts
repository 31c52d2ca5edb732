import { decimalsOf } from '@orderbus/kernel';
import type { PaperSize } from './paper.ts';

export const languages = ['en', 'de', 'fr', 'es', 'it', 'ja'] as const;
export type Language = (typeof languages)[number];

/** Where a document goes decides how it looks: its language unless the seller has one, its paper, what its days and amounts look like. */
export interface Manner {
  readonly language: Language;
  readonly paper: PaperSize;
  money(minor: number, currency: string): string;
  date(iso: string): string;
  dateTime(iso: string): string;
  count(value: number): string;
  percent(value: number): string;
  countryName(code: string): string;
}

/** `country` is ISO 3166, `language` the seller's wish. */
export const mannerOf = (country: string | null | undefined, language?: string | null): Manner => {
  const place = /^[A-Z]{2}$/i.test(country ?? '') ? country?.toUpperCase() : undefined;
  const chosen = languages.find((known) => known === language) ?? languageOf(place);
  const key = `${chosen}-${place}`;
  const manner = manners.get(key) ?? newManner(chosen, place);
  manners.set(key, manner);
  return manner;
};

/** Making one takes a millisecond. There are as many as countries and languages. */
const manners = new Map<string, Manner>();

const newManner = (chosen: Language, place: string | undefined): Manner => {
  const tag = place === undefined ? chosen : `${chosen}-${place}`;
  const timeZone = timeZones[place ?? ''] ?? 'UTC';
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone, calendar: 'gregory', numberingSystem: 'latn' });
  const moment = new Intl.DateTimeFormat(tag, {
    ...{ dateStyle: 'medium', timeStyle: 'short', timeZone, calendar: 'gregory', numberingSystem: 'latn' },
  });
  const number = new Intl.NumberFormat(tag, { numberingSystem: 'latn' });
  const countries = new Intl.DisplayNames(chosen, { type: 'region', fallback: 'code' });
  return {
    language: chosen,
    paper: letterPaper.has(place ?? '') ? 'Letter' : 'A4',
    money: (minor, currency) => moneyIn(tag, minor, currency),
    date: (iso) => day.format(new Date(iso)),
    dateTime: (iso) => moment.format(new Date(iso)),
    count: (value) => number.format(value),
    percent: (value) => `${number.format(value)} %`,
    countryName: (code) => (/^[A-Z]{2}$/i.test(code) ? (countries.of(code.toUpperCase()) ?? code) : code),
  };
};

/** Exact: `Intl` takes the amount as text, so that no float comes into it. The currency has its own number of decimals. */
const moneyIn = (tag: string, minor: number, currency: string): string => {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const exact = `${minor < 0 ? '-' : ''}${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals) || '0'}`;
  return new Intl.NumberFormat(tag, {
    ...{ style: 'currency', currency, numberingSystem: 'latn', minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  }).format(exact as Intl.StringNumericLiteral);
};

const languageOf = (country: string | undefined): Language => {
  const [found] = Object.entries(countriesBy).find(([, countries]) => country !== undefined && countries.includes(country)) ?? ['en'];
  return found as Language;
};

const countriesBy: Readonly<Record<Exclude<Language, 'en'>, readonly string[]>> = {
  de: ['DE', 'AT', 'CH', 'LI'],
  fr: ['FR', 'BE', 'LU', 'MC'],
  es: ['ES', 'MX', 'CO', 'CL'],
  it: ['IT', 'SM', 'VA'],
  ja: ['JP'],
};

const letterPaper: ReadonlySet<string> = new Set(['US', 'CA', 'MX', 'CO', 'CL', 'PH', 'PR']);

/** Where the days of a country begin, as far as its documents are concerned. */
const timeZones: Readonly<Record<string, string>> = {
  ...{ CA: 'America/Toronto', US: 'America/Los_Angeles', MX: 'America/Mexico_City', BR: 'America/Sao_Paulo' },
  ...{ IE: 'Europe/Dublin', ES: 'Europe/Madrid', GB: 'Europe/London', FR: 'Europe/Paris', BE: 'Europe/Brussels', NL: 'Europe/Amsterdam' },
  ...{ DE: 'Europe/Berlin', AT: 'Europe/Vienna', CH: 'Europe/Zurich', IT: 'Europe/Rome', SE: 'Europe/Stockholm', PL: 'Europe/Warsaw' },
  ...{ TR: 'Europe/Istanbul', ZA: 'Africa/Johannesburg', EG: 'Africa/Cairo', SA: 'Asia/Riyadh', AE: 'Asia/Dubai', IN: 'Asia/Kolkata' },
  ...{ SG: 'Asia/Singapore', AU: 'Australia/Sydney', JP: 'Asia/Tokyo' },
};
