import { z } from 'zod';

/** Shapes that several publishers use. All amounts are integers in the minor unit of the order's currency. */

/** The tenant of what concerns no single store, but all of the installation. */
export const allStores = '*';

export const OrderId = z.uuid();
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Minor = z.int();
const Quantity = z.int().nonnegative();

/** What the buyer pays, by kind. `discountMinor` is negative or zero; `totalMinor` is the sum of the others, to the cent. */
export const Amounts = z.object({
  itemMinor: Minor,
  shippingMinor: Minor,
  giftWrapMinor: Minor,
  taxMinor: Minor,
  discountMinor: Minor,
  otherMinor: Minor,
  totalMinor: Minor,
});
export type Amounts = z.infer<typeof Amounts>;

/** The whole order's money. `grandTotalMinor` = sum of the lines' totals + tip, as Amazon says it. */
export const Totals = z.object({
  currency: Currency,
  grandTotalMinor: Minor,
  /** Charged later and not part of any line. */
  tipMinor: Minor,
});
export type Totals = z.infer<typeof Totals>;

export const FulfilledBy = z.enum(['merchant', 'amazon']);
export type FulfilledBy = z.infer<typeof FulfilledBy>;

/**
 * The tax of a line by what it is on, as Amazon tells it. `included`: the prices contain it, and `taxMinor` of the amounts is 0;
 * otherwise it is added to them, and these add up to `taxMinor`. The one on a discount lowers the others: negative or zero.
 */
export const LineTaxes = z.object({
  included: z.boolean(),
  itemMinor: Minor,
  shippingMinor: Minor,
  giftWrapMinor: Minor,
  discountMinor: Minor,
  otherMinor: Minor,
});
export type LineTaxes = z.infer<typeof LineTaxes>;

export const OrderLine = z.object({
  /** Amazon's order item id: the line's identity everywhere. */
  lineId: z.string().min(1),
  sku: z.string(),
  /** What the channel calls it, where the seller has mapped that to another product of his. */
  sellerSku: z.string().optional(),
  asin: z.string().optional(),
  title: z.string(),
  /** Ordered units still meant to be delivered: Amazon lowers it when units are canceled. */
  quantity: Quantity,
  quantityShipped: Quantity,
  /** Who owes the tax of this line to the state: under marketplace facilitator rules, Amazon. */
  taxCollectedBy: z.enum(['marketplace', 'seller']),
  /** Absent while Amazon has not told prices (pending orders). */
  amounts: Amounts.optional(),
  /** `transparency`: a code per unit has to be told when it ships; `subscribe-and-save`, ...; new ones pass through in lower case. */
  programs: z.array(z.string()).optional(),
  promotionIds: z.array(z.string()).optional(),
  /** Goods from outside the EU: the number that the carrier has to be given. */
  iossNumber: z.string().optional(),
  /** Absent where Amazon does not tell it by kind. */
  taxes: LineTaxes.optional(),
  /** `ioss`, `uoss`: the scheme under which the marketplace reports the tax; new ones pass through in lower case. */
  taxScheme: z.string().optional(),
});
export type OrderLine = z.infer<typeof OrderLine>;

/** From the first to the last moment; either end may be open. */
export const TimeWindow = z.object({ from: z.iso.datetime().optional(), to: z.iso.datetime().optional() });
export type TimeWindow = z.infer<typeof TimeWindow>;

/** Units of a line. */
export const LineQuantity = z.object({ lineId: z.string().min(1), quantity: z.int().positive() });
export type LineQuantity = z.infer<typeof LineQuantity>;

/** What leaves in one parcel. */
export const PackedLine = LineQuantity.extend({
  /** One per unit, where the line's program asks for them. */
  transparencyCodes: z.array(z.string().min(1)).optional(),
});
export type PackedLine = z.infer<typeof PackedLine>;

/** Who did it. Persons have the name that they work under; Amazon and Orderbus itself are named so. */
export const Actor = z.object({ kind: z.enum(['person', 'system', 'amazon']), name: z.string().min(1).max(80) });
export type Actor = z.infer<typeof Actor>;
