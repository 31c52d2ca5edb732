import { z } from 'zod';
import { RefundReason } from './billing.ts';
import { defineEvent } from './define-event.ts';
import { BlockReason } from './order.ts';
import { Actor, LineQuantity, OrderId, PackedLine } from './shapes.ts';

const ReservedLine = z.object({ lineId: z.string(), sku: z.string(), quantity: z.int() });

/** Every line of the order has its units set aside. */
export const StockReserved = defineEvent('stock.reserved', 1, z.object({ orderId: OrderId, lines: z.array(ReservedLine) }));

/** Some lines could not be reserved; those that could are kept. Follows again, or `stock.reserved`, when stock arrives. */
export const StockShort = defineEvent(
  'stock.short',
  1,
  z.object({ orderId: OrderId, lines: z.array(ReservedLine), missing: z.array(BlockReason).min(1) }),
);

/** The order no longer holds any units. */
export const StockReleased = defineEvent('stock.released', 1, z.object({ orderId: OrderId, lines: z.array(ReservedLine) }));

/** Few units of a product are left for orders, at all enabled locations together. Told once, until there are more again. */
export const StockLow = defineEvent(
  'stock.low',
  1,
  z.object({
    sku: z.string().min(1),
    title: z.string(),
    available: z.int().nonnegative(),
    /** So many, or fewer, are few. */
    lowAt: z.int().nonnegative(),
  }),
);

/** There are more again, or nobody wants to know any more: the product is disabled, its stock not managed, or the threshold gone. */
export const StockReplenished = defineEvent(
  'stock.replenished',
  1,
  z.object({ sku: z.string().min(1), title: z.string(), available: z.int().nonnegative(), reason: z.enum(['replenished', 'not-watched']) }),
);

/** One parcel of an order. Everything about it, each time. */
const Shipment = z.object({
  orderId: OrderId,
  shipmentId: z.uuid(),
  /** Counts what was said about this parcel, from 1: a higher one replaces a lower one. */
  revision: z.int().positive(),
  shippedAt: z.iso.datetime(),
  /** Our word for the carrier, or its name as somebody wrote it. */
  carrier: z.string().min(1),
  service: z.string().min(1).optional(),
  /** Untracked mail has none. */
  trackingNumber: z.string().min(1).optional(),
  /** `channel`: the label was bought at Amazon, which thereby knows. */
  labelFrom: z.enum(['seller', 'channel']),
  lines: z.array(PackedLine).min(1),
  actor: Actor.optional(),
});

/** A parcel is packed, and still in the house: the channel is not told. */
export const ShipmentPacked = defineEvent(
  'shipment.packed',
  1,
  z.object({
    orderId: OrderId,
    shipmentId: z.uuid(),
    revision: z.int().positive(),
    carrier: z.string().min(1).optional(),
    trackingNumber: z.string().min(1).optional(),
    lines: z.array(PackedLine).min(1),
    actor: Actor.optional(),
  }),
);

/** A parcel that never left the house, or that the channel refused, is none any more: its units are to be shipped again. */
export const ShipmentVoided = defineEvent(
  'shipment.voided',
  1,
  z.object({ orderId: OrderId, shipmentId: z.uuid(), revision: z.int().positive(), reason: z.string().optional(), actor: Actor }),
);

/** A parcel was handed over: the channel has to be told. */
export const ShipmentDispatched = defineEvent('shipment.dispatched', 1, Shipment);

/** What was said about a parcel was wrong or not all: the channel has to be told again. */
export const ShipmentCorrected = defineEvent('shipment.corrected', 1, Shipment);

/** An order that the buyer fetches at the shop: where it stands there. */
export const PickupProgressed = defineEvent(
  'pickup.progressed',
  1,
  z.object({
    orderId: OrderId,
    status: z.enum(['ready', 'picked-up', 'refused']),
    /** Absent: the whole order. */
    lines: z.array(LineQuantity).min(1).optional(),
  }),
);

/** How a unit looks that came back. */
export const ReturnCondition = z.enum(['unopened', 'opened', 'damaged', 'wrong-item', 'missing-parts']);
export type ReturnCondition = z.infer<typeof ReturnCondition>;

/** Units came back. `restocked`: they are on the shelf again. `refund`: the buyer is to have the money for them. */
export const ReturnReceived = defineEvent(
  'return.received',
  1,
  z.object({
    orderId: OrderId,
    returnId: z.uuid(),
    receivedAt: z.iso.datetime(),
    reason: RefundReason,
    refund: z.boolean(),
    lines: z.array(LineQuantity.extend({ condition: ReturnCondition, restocked: z.boolean() })).min(1),
    actor: Actor,
  }),
);

/** What keeps an order from being shipped. */
export const ShippingObstacle = z.enum(['stock', 'hold', 'buyer-cancel-request', 'cancellation', 'amazon-refused']);
export type ShippingObstacle = z.infer<typeof ShippingObstacle>;

const deadline = {
  orderId: OrderId,
  number: z.string().min(1),
  amazonOrderId: z.string().min(1),
  /** The last moment at which it ships in time. */
  shipBy: z.iso.datetime(),
};

/** Its deadline is near, and something is left to be shipped. Told once for a deadline. */
export const ShipByAtRisk = defineEvent('ship_by.at_risk', 1, z.object({ ...deadline, obstacles: z.array(ShippingObstacle) }));

/** Its deadline has passed, and something is left to be shipped. Told once for a deadline. */
export const ShipByMissed = defineEvent('ship_by.missed', 1, z.object({ ...deadline, obstacles: z.array(ShippingObstacle) }));

/** What was said about its deadline no longer matters. */
export const ShipBySettled = defineEvent(
  'ship_by.settled',
  1,
  z.object({ ...deadline, outcome: z.enum(['shipped', 'canceled', 'moved']) }),
);

export const fulfillmentEvents = [
  StockReserved,
  StockShort,
  StockReleased,
  StockLow,
  StockReplenished,
  ShipmentPacked,
  ShipmentDispatched,
  ShipmentCorrected,
  ShipmentVoided,
  PickupProgressed,
  ReturnReceived,
  ShipByAtRisk,
  ShipByMissed,
  ShipBySettled,
] as const;
