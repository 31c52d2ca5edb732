import type { LineTaxes } from '@orderbus/contracts';
import type { AmazonBreakdownJson, AmazonMoneyJson } from './amazon-order.ts';

type Kind = keyof Omit<LineTaxes, 'included' | 'discountMinor'>;

const kindOf: Readonly<Record<string, Kind>> = { ITEM: 'itemMinor', SHIPPING: 'shippingMinor', GIFT_WRAP: 'giftWrapMinor' };

interface Reading {
  readonly included: boolean;
  readonly minorOf: (money: AmazonMoneyJson) => number;
}

/**
 * The tax of a line by what it is on; together it is what Amazon lists as tax, whatever its details say. Nothing when there is none, and
 * when Amazon tells only how much is added; of a tax that the prices contain this is the only place, so it is kept either way.
 */
export const taxesOf = (breakdowns: readonly AmazonBreakdownJson[], { included, minorOf }: Reading): LineTaxes | undefined => {
  const listed = breakdowns.filter(({ type }) => type === 'TAX');
  const details = listed.flatMap(({ detailedBreakdowns }) => detailedBreakdowns ?? []);
  const totalMinor = listed.reduce((sum, { subtotal }) => sum + minorOf(subtotal), 0);
  if (details.length === 0 && (totalMinor === 0 || !included)) return undefined;

  const taxes = { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, otherMinor: 0 };
  let discount = 0;
  for (const { subtype, value } of details) {
    const minor = value ? minorOf(value) : 0;
    if (subtype === 'DISCOUNT') discount += minor;
    else taxes[kindOf[subtype ?? ''] ?? 'otherMinor'] += minor;
  }
  const off = Math.abs(discount);
  const charged = taxes.itemMinor + taxes.shippingMinor + taxes.giftWrapMinor + taxes.otherMinor;
  // Its sign is as little documented as that of a discount: it lowers, unless only raising it adds up.
  const raises = charged - off !== totalMinor && charged + off === totalMinor;
  const discountMinor = raises || off === 0 ? 0 : -off;
  return { included, ...taxes, discountMinor, otherMinor: taxes.otherMinor + totalMinor - charged - discountMinor };
};
