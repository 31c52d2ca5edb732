import type { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import { hasBadAddress } from './address.ts';
import type { OrderState } from './order.ts';

/** What is still to be shipped: there, of no concern to our stock (all that Amazon ships itself), or missing. */
export type StockKind = 'in-stock' | 'unmanaged' | 'missing';

/** Does it become an order, and are its units set aside? */
export type Admission = 'stays-out' | 'comes-in' | 'comes-in-reserved';

const nobody = {
  pending: 'stays-out',
  unshipped: 'stays-out',
  'partially-shipped': 'stays-out',
  shipped: 'stays-out',
  canceled: 'stays-out',
  unfulfillable: 'stays-out',
  unknown: 'stays-out',
} as const satisfies Record<AmazonStatus, Admission>;

const reserved = {
  ...nobody,
  unshipped: 'comes-in-reserved',
  'partially-shipped': 'comes-in-reserved',
  shipped: 'comes-in-reserved',
} as const satisfies Record<AmazonStatus, Admission>;

const onceShipped = { ...nobody, shipped: 'comes-in' } as const satisfies Record<AmazonStatus, Admission>;

/**
 * Which orders a strict store lets in: who ships, what of it is there, what Amazon says. The others wait outside until a cell says otherwise.
 * A store that lets in always does not look here.
 */
export const strictly = {
  merchant: { 'in-stock': reserved, unmanaged: reserved, missing: nobody },
  amazon: { 'in-stock': onceShipped, unmanaged: onceShipped, missing: nobody },
} as const satisfies Record<FulfilledBy, Record<StockKind, Record<AmazonStatus, Admission>>>;

/** What fulfillment has said so far; without an answer, nothing is there. */
const stockKindOf = ({ fulfilledBy, stock }: Pick<OrderState, 'fulfilledBy' | 'stock'>): StockKind => {
  if (fulfilledBy === 'amazon') return 'unmanaged';
  return stock === 'reserved' ? 'in-stock' : 'missing';
};

/** An order of which Amazon shows no lines is nothing to be let in; nor is one that no parcel can be sent to. */
export const isStrictlyIn = (order: OrderState): boolean =>
  order.lines.length > 0 &&
  (order.shippedAtAmazon || !hasBadAddress(order)) &&
  strictly[order.fulfilledBy][stockKindOf(order)][standingOf(order)] !== 'stays-out';

/** The furthest that any snapshot has taken it: a newer one may say less, e.g. a status that we do not know. */
const standingOf = ({ shippedAtAmazon, cleared, amazonStatus }: OrderState): AmazonStatus => {
  if (shippedAtAmazon) return 'shipped';
  return cleared && amazonStatus !== 'partially-shipped' ? 'unshipped' : amazonStatus;
};
