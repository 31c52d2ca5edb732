import type { AmazonStatus, FulfilledBy } from '@orderbus/contracts';

/**
 * Where an order stands.
 * `pending`: seen at Amazon, not an order yet. `new`: waits for stock. `blocked`: stock is missing. `processing`: can be packed.
 * `complete`: shipped. `canceled`: nothing more will be delivered.
 */
export const statuses = ['pending', 'new', 'blocked', 'processing', 'complete', 'canceled'] as const;
export type Status = (typeof statuses)[number];

export const commandTypes = ['observe', 'stock-reserved', 'stock-short', 'stock-released', 'invoice-issued', 'invoice-canceled'] as const;
export type CommandType = (typeof commandTypes)[number];

/**
 * What a command does to an order in this status. `too-early` comes again later; an order that we have not heard of counts as `pending`.
 * `as-observed`: see the next table. `remember`: kept with the order, changes nothing else. `start`: processing begins.
 * `block`: it waits, and says what for. `wait`: back to new, its units are gone.
 */
export type Effect = 'as-observed' | 'too-early' | 'remember' | 'start' | 'block' | 'wait';

export const lifecycle = {
  pending: {
    observe: 'as-observed',
    'stock-reserved': 'too-early',
    'stock-short': 'too-early',
    'stock-released': 'too-early',
    'invoice-issued': 'too-early',
    'invoice-canceled': 'too-early',
  },
  new: {
    observe: 'as-observed',
    'stock-reserved': 'start',
    'stock-short': 'block',
    'stock-released': 'remember',
    'invoice-issued': 'remember',
    'invoice-canceled': 'remember',
  },
  blocked: {
    observe: 'as-observed',
    'stock-reserved': 'start',
    'stock-short': 'block',
    'stock-released': 'wait',
    'invoice-issued': 'remember',
    'invoice-canceled': 'remember',
  },
  processing: {
    observe: 'as-observed',
    'stock-reserved': 'remember',
    'stock-short': 'block',
    'stock-released': 'wait',
    'invoice-issued': 'remember',
    'invoice-canceled': 'remember',
  },
  complete: {
    observe: 'as-observed',
    'stock-reserved': 'remember',
    'stock-short': 'remember',
    'stock-released': 'remember',
    'invoice-issued': 'remember',
    'invoice-canceled': 'remember',
  },
  canceled: {
    observe: 'as-observed',
    'stock-reserved': 'remember',
    'stock-short': 'remember',
    'stock-released': 'remember',
    'invoice-issued': 'remember',
    'invoice-canceled': 'remember',
  },
} as const satisfies Record<Status, Record<CommandType, Effect>>;

/**
 * What a snapshot of Amazon does, by the status that Amazon gives.
 * `remember`: kept, nobody is told. `dismiss`: canceled before it was an order, nobody is told. `create`: it becomes an order.
 * `create-complete`: it becomes an order that has already been shipped. `follow`: the order takes over what Amazon shows.
 * `complete`: it was shipped. `cancel`: it will not be delivered, or was taken back.
 */
export type ObservedEffect = 'remember' | 'dismiss' | 'create' | 'create-complete' | 'follow' | 'complete' | 'cancel';
type Observed = Record<Status, Record<AmazonStatus, ObservedEffect>>;

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
    complete: shipped,
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
    complete: shipped,
    canceled: ended,
  },
} as const satisfies Record<FulfilledBy, Observed>;
