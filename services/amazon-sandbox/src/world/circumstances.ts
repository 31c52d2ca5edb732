import type { Marketplace } from './marketplaces.ts';
import type { FulfilledBy, ItemProgram, PaymentMethod, WorldOrder } from './order.ts';

/** What is already known about an order that is about to be invented. */
export interface Circumstances {
  readonly sequence: number;
  readonly sellerId: string;
  readonly marketplace: Marketplace;
  readonly createdTime: number;
  readonly fulfilledBy?: FulfilledBy;
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
  /** It has at least two pieces, so that part of it can be shipped. */
  readonly divisible?: boolean;
  /** Exactly these programs; without a wish, chance decides. */
  readonly programs?: readonly string[];
  /** Programs of every line. */
  readonly itemPrograms?: readonly ItemProgram[];
  readonly paymentMethod?: PaymentMethod;
  /** An earlier order of the same seller and marketplace that this one may replace. */
  readonly earlier?: WorldOrder;
}
