import { formatMoney, localText, type Money } from '@orderbus/kernel';
import { Liquid } from 'liquidjs';
import type { Language } from '../domain/language.ts';
import { escaped, type Format } from './formats.ts';

/** `parts` are what templates may `render`, by name. */
export const engineOf = (format: Format, language: Language, parts: Readonly<Record<string, string>>): Liquid => {
  const engine = new Liquid({
    templates: { ...parts },
    outputEscape: (value: unknown) => escaped[format](textOf(value)),
    cache: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // For the check at the start, which is strict: what may be absent is asked for by a condition first.
    lenientIf: true,
  });
  engine.registerFilter('time', function (at: unknown) {
    const { timeZone = 'UTC' } = this.context.globals as { timeZone?: string };
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? localText(new Date(at), timeZone) : '';
  });
  engine.registerFilter('money', (amount?: Money) => (amount ? `${decimal(formatMoney(amount), language)} ${amount.currency}` : ''));
  engine.registerFilter('count', (count: unknown, one: string, many: string) => `${textOf(count)} ${count === 1 ? one : many}`);
  return engine;
};

const decimal = (amount: string, language: Language): string => (language === 'de' ? amount.replace('.', ',') : amount);

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
