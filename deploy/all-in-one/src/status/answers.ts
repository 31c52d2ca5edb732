import { z } from 'zod';

/** What the page reads of the services' answers: no more than it shows. */

export const Ready = z.object({ status: z.literal('ready') });

export const Outbox = z.object({ pending: z.int(), brokerHealthy: z.boolean() });

export const DeadLetters = z.object({ items: z.array(z.unknown()), nextCursor: z.string().optional() });

export const Summary = z.object({
  stores: z.array(
    z.object({
      orders: z.record(z.string(), z.int()),
      sales: z.array(z.object({ currency: z.string(), grandTotalMinor: z.int() })),
    }),
  ),
});

const Totals = z.object({ currency: z.string(), grandTotalMinor: z.int() });

export const OrderRow = z.object({
  id: z.string(),
  number: z.string().nullable(),
  amazonOrderId: z.string(),
  tenant: z.string(),
  marketplaceId: z.string(),
  country: z.string().optional(),
  fulfilledBy: z.string(),
  state: z.string(),
  purchasedAt: z.string(),
  totals: Totals.optional(),
  units: z.int(),
  blockReasons: z.array(z.object({ sku: z.string(), cause: z.string(), wanted: z.int(), available: z.int() })),
  cancelRequested: z.boolean(),
});
export type OrderRow = z.infer<typeof OrderRow>;

export const Orders = z.object({ items: z.array(OrderRow) });

export const Alert = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.string(),
  status: z.string(),
  title: z.string(),
  text: z.string(),
  raisedAt: z.string(),
});
export type Alert = z.infer<typeof Alert>;

export const Alerts = z.object({ items: z.array(Alert), nextCursor: z.string().optional() });

export const Invoices = z.object({
  items: z.array(z.object({ number: z.string(), orderNumber: z.string(), issuedAt: z.string() })),
  nextCursor: z.string().optional(),
});

export const Counted = z.object({ items: z.array(z.unknown()), nextCursor: z.string().optional() });

export const Store = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  lastSuccessAt: z.string().optional(),
  lastError: z.string().optional(),
});
export type Store = z.infer<typeof Store>;

export const Stores = z.object({ items: z.array(Store) });

export const Sandbox = z.object({ ordersPerMinute: z.number() });
