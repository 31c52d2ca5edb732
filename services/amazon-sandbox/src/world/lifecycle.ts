import { AppError } from '@orderbus/kernel';
import { cancelOrder, cancelPieces } from './cancelling.ts';
import type { Canceller, Change, FulfillmentStatus, WorldOrder } from './order.ts';
import { piecesLeft } from './quantities.ts';
import { hand, movePackage, pack, ship } from './shipping.ts';

type Outcome = FulfillmentStatus | 'same' | 'counted' | 'no';

/** What moves pieces: afterwards they are counted. */
const counting = { ship: 'counted', pack: 'counted', 'hand-over': 'counted', 'cancel-pieces': 'counted' } as const;

/** What belongs to an order of which something has been shipped. */
const underway = { 'move-package': 'same', refund: 'same', acknowledge: 'same' } as const;

/** `counted`: depending on what is shipped, left and cancelled. `no`: refused. */
export const lifecycle = {
  PENDING_AVAILABILITY: row({ 'become-available': 'PENDING', cancel: 'CANCELLED' }),
  PENDING: row({ release: 'UNSHIPPED', cancel: 'CANCELLED', 'request-cancellation': 'same' }),
  UNSHIPPED: row({
    ...counting,
    cancel: 'CANCELLED',
    'make-ready': 'same',
    acknowledge: 'same',
    'request-cancellation': 'same',
    'declare-unfulfillable': 'UNFULFILLABLE',
  }),
  PARTIALLY_SHIPPED: row({ ...counting, ...underway, 'make-ready': 'same', 'request-cancellation': 'same' }),
  // A package can still be corrected, also so that pieces are left again.
  SHIPPED: row({ ...underway, pack: 'counted' }),
  CANCELLED: row({}),
  UNFULFILLABLE: row({ cancel: 'CANCELLED' }),
} as const satisfies Record<FulfillmentStatus, Record<Change['type'], Outcome>>;

/** Can this happen to the order now? A single piece cannot be shipped in part. */
export const allows = (order: WorldOrder, change: Change): boolean =>
  lifecycle[order.status][change.type] !== 'no' && !(change.type === 'ship' && change.part === 'some' && piecesLeft(order) < 2);

/**
 * The order after the change. Its lastUpdatedTime grows with every change, by at least a millisecond.
 * @throws AppError `conflict` when the lifecycle refuses.
 */
export const evolve = (order: WorldOrder, change: Change, at: number): WorldOrder => {
  if (!allows(order, change)) {
    throw new AppError('conflict', 'sandbox.order-cannot-change', {
      orderId: order.orderId,
      status: order.status,
      change: change.type,
    });
  }
  return { ...apply(order, change, at), lastUpdatedTime: Math.max(at, order.lastUpdatedTime + 1) };
};

/** The changes that lead from one status to another, if any do. */
export const changesTo = (order: WorldOrder, status: FulfillmentStatus, by: Canceller = 'AMAZON'): Change[] | undefined => {
  const here = paths[status](by);
  const first = here.findIndex((change) => lifecycle[order.status][change.type] !== 'no');
  return first === -1 ? undefined : here.slice(first);
};

function row(outcomes: Partial<Record<Change['type'], Outcome>>): Record<Change['type'], Outcome> {
  const shipping = { ship: 'no', pack: 'no', 'move-package': 'no', 'make-ready': 'no', 'hand-over': 'no' } as const;
  const ending = {
    cancel: 'no',
    'cancel-pieces': 'no',
    'declare-unfulfillable': 'no',
    'request-cancellation': 'no',
    refund: 'no',
  } as const;
  const beside = { 'regard-contact': 'same', 'lay-over': 'same' } as const;
  return { 'become-available': 'no', release: 'no', acknowledge: 'no', ...shipping, ...ending, ...beside, ...outcomes };
}

const toUnshipped: readonly Change[] = [{ type: 'become-available' }, { type: 'release' }];

const paths: Record<FulfillmentStatus, (by: Canceller) => Change[]> = {
  PENDING_AVAILABILITY: () => [],
  PENDING: () => [{ type: 'become-available' }],
  UNSHIPPED: () => [...toUnshipped],
  PARTIALLY_SHIPPED: () => [...toUnshipped, { type: 'ship', part: 'some' }],
  SHIPPED: () => [...toUnshipped, { type: 'ship', part: 'rest' }],
  CANCELLED: (by) => [{ type: 'cancel', by, reason: cancelReasons[by] }],
  UNFULFILLABLE: () => [...toUnshipped, { type: 'declare-unfulfillable' }],
};

const cancelReasons: Record<Canceller, string> = {
  BUYER: 'CHANGED_MIND',
  MERCHANT: 'NO_INVENTORY',
  AMAZON: 'PAYMENT_NOT_AUTHORIZED',
};

const apply = (order: WorldOrder, change: Change, at: number): WorldOrder => {
  switch (change.type) {
    case 'become-available':
      return { ...order, status: 'PENDING' };
    case 'release':
      return { ...order, status: 'UNSHIPPED' };
    case 'declare-unfulfillable':
      return { ...order, status: 'UNFULFILLABLE' };
    case 'ship':
      return ship(order, change.part, at);
    case 'pack':
      return pack(order, change.package);
    case 'move-package':
      return movePackage(order, change.referenceId, change.to);
    case 'make-ready':
      return { ...order, readyForPickup: true };
    case 'hand-over':
      return hand(order, change.items);
    case 'cancel':
      return cancelOrder(order, change.by, change.reason);
    case 'cancel-pieces':
      return cancelPieces(order, change.items, change.by, change.reason);
    case 'refund':
      return { ...order, refunds: [...(order.refunds ?? []), ...change.refunds] };
    case 'acknowledge':
      return { ...order, sellerOrderId: change.sellerOrderId };
    case 'request-cancellation':
      return { ...order, lines: order.lines.map((line) => ({ ...line, cancellationRequest: change.reason })) };
    case 'regard-contact':
      return { ...order, contact: { ...order.contact, ...change.contact } };
    case 'lay-over': {
      const { raw: _before, ...plain } = order;
      return change.raw === null ? plain : { ...plain, raw: change.raw };
    }
  }
};
