import { z } from 'zod';
import { ToldRefusal } from './amazon-gateway.ts';
import { defineEvent } from './define-event.ts';
import { Actor, FulfilledBy, LineQuantity, OrderId, OrderLine, TimeWindow, Totals } from './shapes.ts';

const identity = {
  orderId: OrderId,
  /** Our own number. */
  number: z.string().min(1),
  amazonOrderId: z.string().min(1),
};

export const OrderCreated = defineEvent(
  'order.created',
  1,
  z.object({
    ...identity,
    marketplaceId: z.string(),
    country: z.string().length(2).optional(),
    fulfilledBy: FulfilledBy,
    purchasedAt: z.iso.datetime(),
    shipBy: TimeWindow.optional(),
    deliverBy: TimeWindow.optional(),
    /** What the buyer chose: `standard`, `expedited`, ... */
    serviceLevel: z.string().optional(),
    programs: z.array(z.string()),
    replaces: z.string().optional(),
    /** An order without totals has nothing to pay: replacements, for example. */
    totals: Totals.optional(),
    lines: z.array(OrderLine),
    /** False when Amazon's parts did not add up to its total: a person should look before money moves. */
    balanced: z.boolean(),
    /** The shop that it is sold in, where its store has settled on one. */
    shop: z.string().optional(),
    /** Whether the buyer is to have an account, as its store has settled. */
    customer: z.enum(['guest', 'account']).optional(),
    /** The buyer's account, if it has one. */
    customerId: z.uuid().optional(),
  }),
);

/** Amazon changed something: quantities, dates, money, status. Carries the whole of what may change; a later one replaces an earlier one. */
export const OrderUpdated = defineEvent(
  'order.updated',
  1,
  z.object({
    ...identity,
    status: z.enum(['new', 'blocked', 'processing', 'complete']),
    shipBy: TimeWindow.optional(),
    totals: Totals.optional(),
    lines: z.array(OrderLine),
  }),
);

/** All stock is reserved: the order can be packed. */
export const OrderProcessingStarted = defineEvent('order.processing_started', 1, z.object(identity));

export const BlockReason = z.object({
  sku: z.string(),
  cause: z.enum(['unknown-sku', 'disabled', 'out-of-stock']),
  wanted: z.int(),
  available: z.int(),
});
export type BlockReason = z.infer<typeof BlockReason>;

/** Something is missing; the order waits and says what for. */
export const OrderBlocked = defineEvent('order.blocked', 1, z.object({ ...identity, reasons: z.array(BlockReason) }));

export const OrderCanceled = defineEvent(
  'order.canceled',
  1,
  z.object({ ...identity, reason: z.string().optional(), actor: Actor.optional() }),
);

/** Why a seller cancels: the reasons that Amazon accepts. */
export const CancelReason = z.enum(['no-inventory', 'buyer-canceled', 'undeliverable-address', 'customer-exchange', 'pricing-error']);
export type CancelReason = z.infer<typeof CancelReason>;

const cancellation = { ...identity, cancellationId: z.uuid(), reason: CancelReason };

/** The seller wants to cancel; the channel decides. Without `lines`, the whole order. */
export const OrderCancellationRequested = defineEvent(
  'order.cancellation_requested',
  1,
  z.object({ ...cancellation, lines: z.array(LineQuantity).min(1).optional(), actor: Actor.optional() }),
);

/** The channel did not cancel: the order goes on as before. */
export const OrderCancellationRefused = defineEvent(
  'order.cancellation_refused',
  1,
  z.object({ ...cancellation, why: z.string(), refusal: ToldRefusal.optional(), actor: Actor }),
);

/** The channel canceled these units; the order goes on with the others. Its quantities follow in `order.updated`. */
export const OrderUnitsCanceled = defineEvent(
  'order.units_canceled',
  1,
  z.object({ ...cancellation, lines: z.array(LineQuantity).min(1), actor: Actor }),
);

/** Nothing of it may leave the house until it is released. Its stock stays set aside. */
export const OrderHeld = defineEvent(
  'order.held',
  1,
  z.object({ ...identity, cause: z.enum(['person', 'buyer-cancel-request']), reason: z.string().optional(), actor: Actor }),
);

/** It goes on where it would be if it had not been held. */
export const OrderReleased = defineEvent(
  'order.released',
  1,
  z.object({ ...identity, state: z.enum(['new', 'blocked', 'processing']), actor: Actor }),
);

/** All of its money has gone back, and nothing is left to be shipped. */
export const OrderClosed = defineEvent('order.closed', 1, z.object({ ...identity, actor: Actor }));

/** A person should look at it, or no longer has to. */
const attention = z.object({
  ...identity,
  cause: z.enum(['buyer-cancel-request', 'cancellation-refused', 'stock-missing', 'address']),
  actor: Actor,
});
export const OrderAttentionRaised = defineEvent('order.attention_raised', 1, attention);
export const OrderAttentionCleared = defineEvent('order.attention_cleared', 1, attention);

/** What the seller's people wrote about it. `notify`: they wanted the buyer to hear of it; nothing is sent by this. */
export const OrderCommented = defineEvent(
  'order.commented',
  1,
  z.object({ ...identity, commentId: z.uuid(), text: z.string(), notify: z.boolean(), visible: z.boolean(), actor: Actor }),
);

/** Another label of the same state. */
export const OrderStatusChanged = defineEvent(
  'order.status_changed',
  1,
  z.object({ ...identity, status: z.string(), before: z.string(), actor: Actor }),
);

/** The one note that is kept with it. Absent: there is none any more. */
export const OrderNoted = defineEvent('order.noted', 1, z.object({ ...identity, note: z.string().optional(), actor: Actor }));

/** All of its tags, as they are now. */
export const OrderTagged = defineEvent('order.tagged', 1, z.object({ ...identity, tags: z.array(z.string()), actor: Actor }));

/** It goes to another address than Amazon gave. The address itself is in no event. */
export const OrderAddressCorrected = defineEvent('order.address_corrected', 1, z.object({ ...identity, actor: Actor }));

/** It has another number of ours from now on. Documents that were issued before keep the old one. */
export const OrderRenumbered = defineEvent(
  'order.renumbered',
  1,
  z.object({ ...identity, before: z.string().min(1), source: z.enum(['own', 'amazon']), actor: Actor }),
);

/** A person wants its stock to be looked for now. */
export const OrderRetryRequested = defineEvent('order.retry_requested', 1, z.object({ ...identity, actor: Actor }));

const unordered = { orderId: OrderId, amazonOrderId: z.string().min(1), actor: Actor };

/**
 * Units are to be set aside for something that is no order yet: Amazon still checks the payment, or its store lets in only what is there.
 * Carries all lines. A later one replaces an earlier one and is answered again, and so is the `order.created` that may follow.
 */
export const OrderReservationRequested = defineEvent(
  'order.reservation_requested',
  1,
  z.object({ ...unordered, fulfilledBy: FulfilledBy, purchasedAt: z.iso.datetime(), lines: z.array(OrderLine).min(1) }),
);

/** It does not become an order, at least for now: nothing is to be set aside for it. */
export const OrderReservationDropped = defineEvent('order.reservation_dropped', 1, z.object(unordered));

export const orderEvents = [
  OrderCreated,
  OrderUpdated,
  OrderProcessingStarted,
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRequested,
  OrderCancellationRefused,
  OrderUnitsCanceled,
  OrderHeld,
  OrderReleased,
  OrderClosed,
  OrderAttentionRaised,
  OrderAttentionCleared,
  OrderCommented,
  OrderStatusChanged,
  OrderNoted,
  OrderTagged,
  OrderAddressCorrected,
  OrderRenumbered,
  OrderRetryRequested,
  OrderReservationRequested,
  OrderReservationDropped,
] as const;
