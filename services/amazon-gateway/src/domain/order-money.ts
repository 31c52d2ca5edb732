import type { Totals } from '@orderbus/contracts';
import type { AmazonItemJson, AmazonOrderJson } from './amazon-order.ts';
import { type LineAmounts, lineAmounts, minorOf } from './amounts.ts';
import { countryOf } from './marketplaces.ts';
import { pricesContainTax } from './tax-custom.ts';

/** An order's money in its one currency. */
export interface OrderMoney {
  /** Line by line; nothing for a line without a price. */
  readonly lines: readonly (LineAmounts | undefined)[];
  readonly totals: Totals | undefined;
  readonly balanced: boolean;
}

/** Amazon's grand total is believed, also when its parts do not add up to it. The tip belongs to no line. */
export const orderMoney = ({ proceeds, orderItems, salesChannel }: AmazonOrderJson): OrderMoney => {
  const currency = currencyOf({ proceeds, orderItems });
  if (!currency) return { lines: [], totals: undefined, balanced: true };

  const tipMinor = (proceeds?.breakdowns ?? [])
    .filter(({ type }) => type === 'DELIVERY_TIP')
    .reduce((sum, { subtotal }) => sum + minorOf(subtotal, currency), 0);
  const custom = { currency, taxInside: pricesContainTax(countryOf(salesChannel.marketplaceId ?? '')) };
  const lines = orderItems.map(({ proceeds: own }) => (isPriced(own) ? lineAmounts(own, custom) : undefined));
  const sum = lines.reduce((total, line) => total + (line?.amounts.totalMinor ?? 0), tipMinor);
  const grandTotalMinor = proceeds?.grandTotal ? minorOf(proceeds.grandTotal, currency) : sum;
  return {
    lines,
    totals: { currency, grandTotalMinor, tipMinor },
    balanced: sum === grandTotalMinor && lines.every((line) => line?.balanced ?? true),
  };
};

const currencyOf = ({ proceeds, orderItems }: Pick<AmazonOrderJson, 'proceeds' | 'orderItems'>): string | undefined =>
  proceeds?.grandTotal?.currencyCode ??
  orderItems.map(({ proceeds: own }) => own?.proceedsTotal?.currencyCode ?? own?.breakdowns?.[0]?.subtotal.currencyCode).find(Boolean) ??
  proceeds?.breakdowns?.[0]?.subtotal.currencyCode;

const isPriced = (proceeds: AmazonItemJson['proceeds']): proceeds is NonNullable<AmazonItemJson['proceeds']> =>
  Boolean(proceeds?.proceedsTotal ?? proceeds?.breakdowns?.length);
