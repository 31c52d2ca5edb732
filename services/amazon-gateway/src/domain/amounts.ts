import type { Amounts } from '@orderbus/contracts';
import { AppError, parseMoney } from '@orderbus/kernel';
import type { AmazonMoneyJson, AmazonProceedsJson } from './amazon-order.ts';

type Part = keyof Omit<Amounts, 'totalMinor' | 'discountMinor'>;

const partOf: Readonly<Record<string, Part>> = {
  ITEM: 'itemMinor',
  SHIPPING: 'shippingMinor',
  GIFT_WRAP: 'giftWrapMinor',
  TAX: 'taxMinor',
};

/** A line's amounts. They always add up to `totalMinor`; `balanced` tells whether Amazon's parts did. */
export interface LineAmounts {
  readonly amounts: Amounts;
  readonly balanced: boolean;
}

/**
 * The parts of what is paid for one line, and Amazon's total. Amazon does not document the sign of a discount, so the one is taken
 * with which the parts add up. If neither does, the total is believed, and the difference stands under `otherMinor`.
 */
export const lineAmounts = ({ proceedsTotal, breakdowns }: AmazonProceedsJson, currency: string): LineAmounts => {
  const amounts = { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 0, discountMinor: 0, otherMinor: 0 };
  let discount = 0;
  for (const { type, subtotal } of breakdowns ?? []) {
    const minor = minorOf(subtotal, currency);
    if (type === 'DISCOUNT') discount += minor;
    else amounts[partOf[type] ?? 'otherMinor'] += minor;
  }
  const undiscounted = sumOf(amounts);
  const lowered = undiscounted - Math.abs(discount);
  const totalMinor = proceedsTotal ? minorOf(proceedsTotal, currency) : lowered;
  const raises = totalMinor !== lowered && totalMinor === undiscounted + Math.abs(discount);
  if (raises) amounts.otherMinor += Math.abs(discount);
  else amounts.discountMinor = discount === 0 ? 0 : -Math.abs(discount);
  const difference = totalMinor - sumOf(amounts);
  amounts.otherMinor += difference;
  return { amounts: { ...amounts, totalMinor }, balanced: difference === 0 };
};

/** @throws AppError `invalid` when the amount is in another currency than the order. */
export const minorOf = ({ amount, currencyCode }: AmazonMoneyJson, currency: string): number => {
  if (currencyCode !== currency) throw new AppError('invalid', 'money.mixed-currencies', { currency, currencyCode });
  return parseMoney(amount, currency).minor;
};

const sumOf = (parts: Omit<Amounts, 'totalMinor'>): number => Object.values(parts).reduce((sum, minor) => sum + minor, 0);
