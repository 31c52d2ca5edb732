import type { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import type { State } from './lifecycle.ts';

/**
 * What a snapshot of Amazon does, by the status that Amazon gives. An order on hold is looked at as if it were not.
 * `remember`: kept, nobody is told. `dismiss`: canceled before it was an order, nobody is told. `create`: it becomes an order.
 * `create-complete`: it becomes an order that has already been shipped. `follow`: the order takes over what Amazon shows.
 * `complete`: it was shipped, and stays closed if it was. `cancel`: it will not be delivered, or was taken back.
 */
export type ObservedEffect = 'remember' | 'dismiss' | 'create' | 'create-complete' | 'follow' | 'complete' | 'cancel';
type Observed = Record<State, Record<AmazonStatus, ObservedEffect>>;

const open = {
  pending: 'follow',
  unshipped: 'follow',
  'partially-shipped': 'follow',
  shipped: 'complete',
  canceled: 'cancel',
  unfulfillable: 'follow',
  unknown: 'follow',
} as const satisfies Record<AmazonStatus, ObservedEffect>;

/**
 * Amazon never takes back that something was shipped. When it says so later that the order is canceled, the buyer gets his money back:
 * an order that stayed complete would be counted as a sale for good, and a message parked for a person would not change that.
 */
const shipped = { ...open, shipped: 'follow' } as const satisfies Record<AmazonStatus, ObservedEffect>;

/** The end, whatever Amazon shows afterwards. */
const ended = {
  pending: 'remember',
  unshipped: 'remember',
  'partially-shipped': 'remember',
  shipped: 'remember',
  canceled: 'remember',
  unfulfillable: 'remember',
  unknown: 'remember',
} as const satisfies Record<AmazonStatus, ObservedEffect>;

export const observed = {
  /** We ship: an order as soon as Amazon lets us. */
  merchant: {
    pending: {
      pending: 'remember',
      unshipped: 'create',
      'partially-shipped': 'create',
      shipped: 'create-complete',
      canceled: 'dismiss',
      unfulfillable: 'remember',
      unknown: 'remember',
    },
    new: open,
    blocked: open,
    processing: open,
    held: open,
    complete: shipped,
    closed: shipped,
    canceled: ended,
  },
  /** Amazon ships: an order once that has happened, and never a matter of our stock. */
  amazon: {
    pending: {
      pending: 'remember',
      unshipped: 'remember',
      'partially-shipped': 'remember',
      shipped: 'create-complete',
      canceled: 'dismiss',
      unfulfillable: 'remember',
      unknown: 'remember',
    },
    new: open,
    blocked: open,
    processing: open,
    held: open,
    complete: shipped,
    closed: shipped,
    canceled: ended,
  },
} as const satisfies Record<FulfilledBy, Observed>;
