import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { FulfilledBy, LineQuantity, OrderId, OrderLine, TimeWindow, Totals } from './shapes.ts';

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
    programs: z.array(z.string()),
    replaces: z.string().optional(),
    /** An order without totals has nothing to pay: replacements, for example. */
    totals: Totals.optional(),
    lines: z.array(OrderLine),
    /** False when Amazon's parts did not add up to its total: a person should look before money moves. */
    balanced: z.boolean(),
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

export const OrderCanceled = defineEvent('order.canceled', 1, z.object({ ...identity, reason: z.string().optional() }));

/** Why a seller cancels: the reasons that Amazon accepts. */
export const CancelReason = z.enum(['no-inventory', 'buyer-canceled', 'undeliverable-address', 'customer-exchange', 'pricing-error']);
export type CancelReason = z.infer<typeof CancelReason>;

/** The seller wants to cancel; the channel decides. Without `lines`, the whole order. */
export const OrderCancellationRequested = defineEvent(
  'order.cancellation_requested',
  1,
  z.object({ ...identity, cancellationId: z.uuid(), reason: CancelReason, lines: z.array(LineQuantity).min(1).optional() }),
);

export const orderEvents = [
  OrderCreated,
  OrderUpdated,
  OrderProcessingStarted,
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRequested,
] as const;
