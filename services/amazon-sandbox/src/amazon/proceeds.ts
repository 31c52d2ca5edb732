import { formatMoney } from '@orderbus/kernel';
import type { ItemProceeds, ItemProceedsBreakdown, Money, OrderProceeds } from '@sp-api-sdk/orders-api-2026-01-01';
import type { WorldLine, WorldOrder } from '../world/order.ts';

export const moneyOf = (minor: number, currency: string): Money => ({ amount: formatMoney({ minor, currency }), currencyCode: currency });

/** proceedsTotal is always the sum of the subtotals: a discount is negative, and a tax that the prices contain already is not listed. */
export const itemProceeds = (line: WorldLine, currency: string): ItemProceeds => {
  const shares = sharesOf(line).filter(isWorthListing);
  return {
    proceedsTotal: moneyOf(lineTotalOf(line), currency),
    breakdowns: shares.map(({ type, subtotal, details }) => breakdown(type, subtotal, details, currency)),
  };
};

/** grandTotal is the sum of the items' proceeds and the tip. Here the breakdowns are the items' own, added up by type. */
export const orderProceeds = (order: WorldOrder, currency: string): OrderProceeds => {
  const byType = new Map<string, number>();
  for (const share of order.lines.flatMap(sharesOf).filter(isWorthListing)) {
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

const isWorthListing = ({ type, subtotal }: Share): boolean => type === 'ITEM' || subtotal !== 0;

const sharesOf = ({ amounts }: WorldLine): Share[] => [
  { type: 'ITEM', subtotal: amounts.item, details: [] },
  { type: 'SHIPPING', subtotal: amounts.shipping, details: [] },
  { type: 'GIFT_WRAP', subtotal: amounts.giftWrap, details: [] },
  { type: 'COD_FEE', subtotal: amounts.codFee ?? 0, details: [] },
  {
    type: 'TAX',
    subtotal: amounts.itemTax + amounts.shippingTax + amounts.giftWrapTax - amounts.discountTax,
    details: [
      ['ITEM', amounts.itemTax],
      ['SHIPPING', amounts.shippingTax],
      ['GIFT_WRAP', amounts.giftWrapTax],
      ['DISCOUNT', -amounts.discountTax],
    ],
  },
  {
    type: 'DISCOUNT',
    subtotal: -(amounts.itemDiscount + amounts.shippingDiscount),
    details: [
      ['ITEM', -amounts.itemDiscount],
      ['SHIPPING', -amounts.shippingDiscount],
    ],
  },
];

const breakdown = (type: string, subtotal: number, details: Share['details'], currency: string): ItemProceedsBreakdown => {
  const detailedBreakdowns = details
    .filter(([, value]) => value !== 0)
    .map(([subtype, value]) => ({ subtype, value: moneyOf(value, currency) }));
  return { type, subtotal: moneyOf(subtotal, currency), ...(detailedBreakdowns.length > 0 && { detailedBreakdowns }) };
};

const tipStatus = ({ status }: WorldOrder): string => (status === 'SHIPPED' ? 'FINALIZED' : 'PENDING');
