import { AppError } from './errors.ts';

/** ISO 4217 currency code, e.g. `USD`. */
export type Currency = string;

/** An amount of money in the currency's minor unit: 1999 USD is $19.99, 1999 JPY is ¥1999, 1999 KWD is 1.999 KWD. Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

/** ISO 4217: the currencies that do not have two decimals. */
const decimalsByCurrency: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((c) => [c, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((c) => [c, 3])),
};

/** How many digits stand behind the decimal point in this currency: 0, 2 or 3. */
export const decimalsOf = (currency: Currency): number => decimalsByCurrency[currency] ?? 2;

export const money = (minor: number, currency: Currency): Money => {
  if (!Number.isSafeInteger(minor)) throw new AppError('bug', 'money.not-an-integer', { minor, currency });
  return { minor, currency };
};

/**
 * The sum of amounts in one minor unit, whichever it is.
 * @throws AppError `bug` beyond the range in which integers are exact: such money is not guessed at.
 */
export const sumMinor = (minors: readonly number[]): number => {
  const sum = minors.reduce((all, minor) => all + minor, 0);
  if (!Number.isSafeInteger(sum)) throw new AppError('bug', 'money.not-an-integer', { minor: sum });
  return sum;
};

const decimalPattern = /^([+-])?(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string such as `"19.99"`. Digits beyond the currency's own may only be zeros: Amazon sends `"1500.00"` for JPY.
 * @throws AppError `invalid` when it is not a decimal, or has more precision than the currency.
 */
export const parseMoney = (amount: string, currency: Currency): Money => {
  const match = decimalPattern.exec(amount.trim());
  if (!match) throw new AppError('invalid', 'money.not-a-decimal', { amount, currency });
  const [, sign, whole = '0', fraction = ''] = match;
  const decimals = decimalsOf(currency);
  if (/[1-9]/.test(fraction.slice(decimals))) throw new AppError('invalid', 'money.too-precise', { amount, currency, decimals });
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(minor)) throw new AppError('invalid', 'money.too-large', { amount, currency });
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency };
};

/** The decimal string of an amount, with the currency's own number of digits: `-0.05`, `1500`, `1.999`. */
export const formatMoney = ({ minor, currency }: Money): string => {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

export const addMoney = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) throw new AppError('bug', 'money.mixed-currencies', { a: a.currency, b: b.currency });
  return money(a.minor + b.minor, a.currency);
};
