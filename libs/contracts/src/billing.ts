import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { Currency, Minor, OrderId } from './shapes.ts';

const document = { orderId: OrderId, invoiceId: z.uuid(), number: z.string().min(1), currency: Currency, totalMinor: Minor };

export const InvoiceIssued = defineEvent('invoice.issued', 1, z.object(document));

/** The order was canceled before anything was delivered; the number stays used. */
export const InvoiceCanceled = defineEvent('invoice.canceled', 1, z.object({ ...document, reason: z.string() }));

/** Why money goes back: the reasons that Amazon accepts. */
export const RefundReason = z.enum([
  'customer-return',
  'general-adjustment',
  'could-not-ship',
  'different-item',
  'customer-cancel',
  'no-inventory',
  'pricing-error',
  'customer-address-incorrect',
  'exchange',
  'undeliverable',
  'refused-delivery',
  'other',
]);
export type RefundReason = z.infer<typeof RefundReason>;

/** What the money is given back for. A restocking fee is kept, so it is negative; all others are positive. */
export const RefundComponent = z.enum([
  'item',
  'item-tax',
  'shipping',
  'shipping-tax',
  'gift-wrap',
  'gift-wrap-tax',
  'return-shipping',
  'goodwill',
  'restocking-fee',
]);
export type RefundComponent = z.infer<typeof RefundComponent>;

/** Money is to go back to the buyer, through the channel that took it. Asked once: a refund that was sent twice is paid twice. */
export const RefundRequested = defineEvent(
  'refund.requested',
  1,
  z.object({
    orderId: OrderId,
    refundId: z.uuid(),
    reason: RefundReason,
    currency: Currency,
    lines: z
      .array(
        z.object({
          lineId: z.string().min(1),
          /** Units that came back, or never left. */
          quantity: z.int().positive().optional(),
          components: z.array(z.object({ kind: RefundComponent, amountMinor: Minor })).min(1),
        }),
      )
      .min(1),
  }),
);

export const billingEvents = [InvoiceIssued, InvoiceCanceled, RefundRequested] as const;
