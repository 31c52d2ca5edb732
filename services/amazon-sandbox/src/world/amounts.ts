import type { Marketplace } from './marketplaces.ts';
import type { LineAmounts } from './order.ts';
import type { Random } from './random.ts';

export interface PricedLine {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly giftWrapped: boolean;
  readonly freeShipping: boolean;
}

/** What the buyer pays for a line. Where prices exclude tax, the facilitator's tax is added, and taken back for discounts. */
export const chargeFor = (random: Random, marketplace: Marketplace, line: PricedLine): LineAmounts => {
  const { unitPrice, quantity, giftWrapped, freeShipping } = line;
  const unit = minorOf(marketplace);
  const item = unitPrice * quantity;
  const shipping = freeShipping ? 0 : unit(random.pick([299, 499, 599]));
  const giftWrap = giftWrapped ? unit(349) * quantity : 0;
  const itemDiscount = random.chance(0.18) ? Math.floor((item * random.pick([5, 10, 15, 25])) / 100) : 0;
  const shippingDiscount = shipping > 0 && random.chance(0.2) ? shipping : 0;
  const tax = (amount: number): number => Math.round((amount * marketplace.facilitatorTaxPerMille) / 1000);
  return {
    item,
    shipping,
    giftWrap,
    itemDiscount,
    shippingDiscount,
    itemTax: tax(item),
    shippingTax: tax(shipping),
    giftWrapTax: tax(giftWrap),
    discountTax: tax(itemDiscount + shippingDiscount),
  };
};

export type Taxes = Pick<LineAmounts, 'itemTax' | 'shippingTax' | 'giftWrapTax' | 'discountTax'>;

/** The tax that the prices of a line contain. */
export const containedTaxes = (amounts: LineAmounts, { taxPerMille }: Marketplace): Taxes => {
  const tax = (amount: number): number => Math.round((amount * taxPerMille) / (1000 + taxPerMille));
  return {
    itemTax: tax(amounts.item),
    shippingTax: tax(amounts.shipping),
    giftWrapTax: tax(amounts.giftWrap),
    discountTax: tax(amounts.itemDiscount + amounts.shippingDiscount),
  };
};

export const free: LineAmounts = {
  item: 0,
  shipping: 0,
  giftWrap: 0,
  itemDiscount: 0,
  shippingDiscount: 0,
  itemTax: 0,
  shippingTax: 0,
  giftWrapTax: 0,
  discountTax: 0,
};

/** US cents as a local amount in minor units. */
export const minorOf =
  ({ currency, priceFactor }: Marketplace) =>
  (usdCents: number): number =>
    Math.round((usdCents * priceFactor) / (currency === 'JPY' ? 100 : 1));
