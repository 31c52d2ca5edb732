import type { Amounts, LineTaxes } from '@orderbus/contracts';
import { AppError, parseMoney } from '@orderbus/kernel';
import type { AmazonMoneyJson, AmazonProceedsJson } from './amazon-order.ts';
import { optional } from './optional.ts';
import { taxesOf } from './taxes.ts';

type Part = keyof Omit<Amounts, 'totalMinor' | 'discountMinor' | 'taxMinor'>;

const partOf: Readonly<Record<string, Part>> = { ITEM: 'itemMinor', SHIPPING: 'shippingMinor', GIFT_WRAP: 'giftWrapMinor' };

/** A line's amounts. They always add up to `totalMinor`; `balanced` tells whether Amazon's parts did. */
export interface LineAmounts {
  readonly amounts: Amounts;
  readonly taxes?: LineTaxes;
  readonly balanced: boolean;
}

/** In which currency a line is paid, and whether prices contain the tax where it was sold. */
export interface Custom {
  readonly currency: string;
  readonly taxInside: boolean;
}

/**
 * The parts of what is paid for one line, and Amazon's total. Amazon documents neither the sign of a discount nor whether the tax that it
 * lists is part of the sum, so that reading is taken with which the parts add up. If none does, the total is believed, the parts are read
 * as is usual where it was sold, and the difference stands under `otherMinor`.
 */
export const lineAmounts = ({ proceedsTotal, breakdowns }: AmazonProceedsJson, custom: Custom): LineAmounts => {
  const { currency } = custom;
  const parts = { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, otherMinor: 0 };
  let [discount, tax] = [0, 0];
  for (const { type, subtotal } of breakdowns ?? []) {
    const minor = minorOf(subtotal, currency);
    if (type === 'DISCOUNT') discount += minor;
    else if (type === 'TAX') tax += minor;
    else parts[partOf[type] ?? 'otherMinor'] += minor;
  }
  const price = sumOf(Object.values(parts));
  const off = Math.abs(discount);
  const claimed = proceedsTotal ? minorOf(proceedsTotal, currency) : undefined;
  const possible = readings(custom.taxInside, off);
  const [usual] = possible as [Reading, ...Reading[]];
  const worth = ({ discountMinor, taxInside }: Reading): number => price + discountMinor + (taxInside ? 0 : tax);
  const { discountMinor, taxInside } = (claimed === undefined ? usual : possible.find((each) => worth(each) === claimed)) ?? usual;

  const totalMinor = claimed ?? worth(usual);
  const raised = Math.max(0, discountMinor);
  const taxMinor = taxInside ? 0 : tax;
  const difference = totalMinor - (price + discountMinor + taxMinor);
  const amounts = {
    ...parts,
    taxMinor,
    discountMinor: discountMinor - raised,
    otherMinor: parts.otherMinor + raised + difference,
    totalMinor,
  };
  const taxes = taxesOf(breakdowns ?? [], { included: taxInside, minorOf: (money) => minorOf(money, currency) });
  return { amounts, ...optional('taxes', taxes), balanced: difference === 0 };
};

/** What may be meant by a discount, and by a tax. */
interface Reading {
  readonly discountMinor: number;
  readonly taxInside: boolean;
}

/** The usual one first: as the tax is where it was sold, and of a discount that it lowers. */
const readings = (taxInside: boolean, off: number): readonly Reading[] =>
  [taxInside, !taxInside].flatMap((inside) => [
    { discountMinor: off === 0 ? 0 : -off, taxInside: inside },
    { discountMinor: off, taxInside: inside },
  ]);

/** @throws AppError `invalid` when the amount is in another currency than the order. */
export const minorOf = ({ amount, currencyCode }: AmazonMoneyJson, currency: string): number => {
  if (currencyCode !== currency) throw new AppError('invalid', 'money.mixed-currencies', { currency, currencyCode });
  return parseMoney(amount, currency).minor;
};

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
