import { locale } from '../../../words/index.ts';
import type { AmountStyle } from './credit.ts';

/** How amounts of this currency are typed where the reader lives. */
export const amountStyle = (currency: string): AmountStyle => {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency });
  const sign = format.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
  return { decimals: format.resolvedOptions().maximumFractionDigits ?? 2, sign: sign ?? '.' };
};
