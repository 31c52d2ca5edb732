import { moment, money } from './format.ts';

/** What a sentence tells, as a service hands it over. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * Facts as they stand in a sentence: amounts (`…Minor`, beside `currency`), moments (`…At`, `…By`) and lists are written as the reader writes
 * them, under the same name.
 */
export const told = (facts: Facts): Record<string, string | number> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, factText(name, value, facts)]));

const factText = (name: string, value: Facts[string], { currency }: Facts): string | number => {
  if (typeof value === 'object') return value.join(', ');
  if (name.endsWith('Minor') && typeof value === 'number' && typeof currency === 'string') return money(value, currency);
  if (/(At|By)$/.test(name) && typeof value === 'string' && !Number.isNaN(Date.parse(value))) return moment(value);
  return value;
};
