import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { BlockReason } from './order.ts';
import { LineQuantity, OrderId, PackedLine } from './shapes.ts';

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
});

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

export const fulfillmentEvents = [
  StockReserved,
  StockShort,
  StockReleased,
  ShipmentDispatched,
  ShipmentCorrected,
  PickupProgressed,
] as const;
