import { formatMoney } from '@orderbus/kernel';
import type { ItemProceeds, ItemProceedsBreakdown, Money, OrderProceeds } from '@sp-api-sdk/orders-api-2026-01-01';
import { containedTaxes, type Taxes } from '../world/amounts.ts';
import type { Marketplace } from '../world/marketplaces.ts';
import type { WorldLine, WorldOrder } from '../world/order.ts';

export const moneyOf = (minor: number, currency: string): Money => ({ amount: formatMoney({ minor, currency }), currencyCode: currency });

/** proceedsTotal is the sum of the subtotals, but for a tax that the prices contain already. A discount is negative. */
export const itemProceeds = (line: WorldLine, marketplace: Marketplace): ItemProceeds => {
  const { currency } = marketplace;
  const shares = listedShares(line, marketplace);
  return {
    proceedsTotal: moneyOf(lineTotalOf(line), currency),
    breakdowns: shares.map(({ type, subtotal, details }) => breakdown(type, subtotal, details, currency)),
  };
};

/** grandTotal is the sum of the items' proceeds and the tip. Here the breakdowns are the items' own, added up by type. */
export const orderProceeds = (order: WorldOrder, marketplace: Marketplace): OrderProceeds => {
  const { currency } = marketplace;
  const byType = new Map<string, number>();
  for (const share of order.lines.flatMap((line) => listedShares(line, marketplace))) {
    byType.set(share.type, (byType.get(share.type) ?? 0) + share.subtotal);
  }
  const tip = order.tip > 0 ? [{ type: 'DELIVERY_TIP', status: tipStatus(order), subtotal: moneyOf(order.tip, currency) }] : [];
  return {
    grandTotal: moneyOf(grandTotalOf(order), currency),
    breakdowns: [...[...byType].map(([type, subtotal]) => ({ type, subtotal: moneyOf(subtotal, currency) })), ...tip],
  };
};

export const grandTotalOf = (order: WorldOrder): number => order.lines.reduce((sum, line) => sum + lineTotalOf(line), order.tip);

interface Share {
  readonly type: string;
  readonly subtotal: number;
  /** Only taxes and discounts are explained. */
  readonly details: readonly (readonly [subtype: string, value: number])[];
}

export const lineTotalOf = (line: WorldLine): number => sharesOf(line).reduce((sum, share) => sum + share.subtotal, 0);

const listedShares = (line: WorldLine, marketplace: Marketplace): Share[] =>
  [...sharesOf(line), ...(marketplace.taxInclusive ? [taxShare(containedTaxes(line.amounts, marketplace))] : [])].filter(isWorthListing);

const isWorthListing = ({ type, subtotal }: Share): boolean => type === 'ITEM' || subtotal !== 0;

const sharesOf = ({ amounts }: WorldLine): Share[] => [
  { type: 'ITEM', subtotal: amounts.item, details: [] },
  { type: 'SHIPPING', subtotal: amounts.shipping, details: [] },
  { type: 'GIFT_WRAP', subtotal: amounts.giftWrap, details: [] },
  { type: 'COD_FEE', subtotal: amounts.codFee ?? 0, details: [] },
  taxShare(amounts),
  {
    type: 'DISCOUNT',
    subtotal: -(amounts.itemDiscount + amounts.shippingDiscount),
    details: [
      ['ITEM', -amounts.itemDiscount],
      ['SHIPPING', -amounts.shippingDiscount],
    ],
  },
];

const taxShare = ({ itemTax, shippingTax, giftWrapTax, discountTax }: Taxes): Share => ({
  type: 'TAX',
  subtotal: itemTax + shippingTax + giftWrapTax - discountTax,
  details: [
    ['ITEM', itemTax],
    ['SHIPPING', shippingTax],
    ['GIFT_WRAP', giftWrapTax],
    ['DISCOUNT', -discountTax],
  ],
});

const breakdown = (type: string, subtotal: number, details: Share['details'], currency: string): ItemProceedsBreakdown => {
  const detailedBreakdowns = details
    .filter(([, value]) => value !== 0)
    .map(([subtype, value]) => ({ subtype, value: moneyOf(value, currency) }));
  return { type, subtotal: moneyOf(subtotal, currency), ...(detailedBreakdowns.length > 0 && { detailedBreakdowns }) };
};

const tipStatus = ({ status }: WorldOrder): string => (status === 'SHIPPED' ? 'FINALIZED' : 'PENDING');
