import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { BlockReason } from './order.ts';
import { OrderId } from './shapes.ts';

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

export const fulfillmentEvents = [StockReserved, StockShort, StockReleased] as const;
