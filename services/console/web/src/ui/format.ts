import { locale } from '../words/index.ts';

/** Formatters are slow to make and quick to use; names are slow to find. */
const kept = <Key, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
};

const moneyIn = kept((currency: string) => new Intl.NumberFormat(locale(), { style: 'currency', currency }));

/** An amount in minor units (cents; yen have none), as it is written where the reader lives, with its currency. */
export const money = (minor: number, currency: string): string => {
  const format = moneyIn(currency);
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

const shortMoneyIn = kept(
  (currency: string) => new Intl.NumberFormat(locale(), { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }),
);

/** As it stands at the axis of a chart: "€1.2K". */
export const shortMoney = (minor: number, currency: string): string =>
  shortMoneyIn(currency).format(minor / 10 ** (moneyIn(currency).resolvedOptions().maximumFractionDigits ?? 2));

const plain = kept((digits: number) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }));

export const number = (value: number, digits = 0): string => plain(digits).format(value);

const moments = kept(
  (zone: string) =>
    new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', ...(zone === '' ? {} : { timeZone: zone }) }),
);
const times = kept((zone: string) => new Intl.DateTimeFormat(locale(), { timeStyle: 'short', ...(zone === '' ? {} : { timeZone: zone }) }));
const days = kept((zone: string) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', ...(zone === '' ? {} : { timeZone: zone }) }));

/** Date and time, in the reader's time zone or in this one. */
export const moment = (at: string | Date, zone = ''): string => moments(zone).format(new Date(at));
export const time = (at: string | Date, zone = ''): string => times(zone).format(new Date(at));
export const day = (at: string | Date, zone = ''): string => days(zone).format(new Date(at));

const shortDays = kept((_: 'one') => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }));

/** A date without a time, `2026-05-04`: "4 May". */
export const shortDay = (date: string): string => (date === '' ? '' : shortDays('one').format(new Date(date)));

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
/** Narrow German says "vor 1 m", which is a length. */
const relative = kept(
  (_: 'one') => new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: locale().startsWith('de') ? 'short' : 'narrow' }),
);

/** Clocks differ by so much: what has just happened is not "in 1 s". */
const sameSeconds = 2;

/** "3 h ago", "in 2 days". */
export const ago = (at: string | Date, now: number = Date.now()): string => {
  const exact = (new Date(at).getTime() - now) / 1_000;
  const seconds = Math.abs(exact) < sameSeconds ? 0 : exact;
  const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least) ?? (['second', 1] as const);
  return relative('one').format(Math.trunc(seconds / size), unit);
};

const regions = kept((_: 'one') => new Intl.DisplayNames(locale(), { type: 'region' }));

export const country = kept((code: string): string => {
  try {
    return regions('one').of(code) ?? code;
  } catch {
    return code;
  }
});

/** The last part of an IANA zone, as people say it: `America/Los_Angeles` is Los Angeles. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const lists = kept((_: 'one') => new Intl.ListFormat(locale(), { type: 'conjunction' }));

/** "Ada, Bo and Cy". */
export const listed = (parts: readonly string[]): string => lists('one').format(parts);

/** Whether this zone's clock shows something else at that moment than the reader's does. */
export const isElsewhere = (zone: string, at: string | Date): boolean => moment(at) !== moment(at, zone);
