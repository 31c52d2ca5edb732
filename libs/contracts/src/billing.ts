import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { Actor, Currency, LineQuantity, Minor, OrderId } from './shapes.ts';

const document = { orderId: OrderId, invoiceId: z.uuid(), number: z.string().min(1), currency: Currency, totalMinor: Minor };

/** Some of an order's units are billed, or all of it. An order may have several. */
export const InvoiceIssued = defineEvent(
  'invoice.issued',
  1,
  z.object({
    ...document,
    /** The units on it; absent: all that were ordered. None on one that bills later money only, a tip for example. */
    lines: z.array(LineQuantity).optional(),
    actor: Actor.optional(),
  }),
);

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
    /** The credit memo that it is for. */
    refundId: z.uuid(),
    /** Counts how often it was asked, from 1: again only after a refusal. Absent: 1. */
    attempt: z.int().positive().optional(),
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
    actor: Actor.optional(),
  }),
);

/**
 * A credit memo has its number, and stays as it is. `refund`: Amazon has accepted to pay back. `correction`: what was billed
 * is not owed, units that Amazon has canceled for example; nobody is paid.
 */
export const CreditMemoIssued = defineEvent(
  'credit_memo.issued',
  1,
  z.object({
    orderId: OrderId,
    creditMemoId: z.uuid(),
    kind: z.enum(['refund', 'correction']),
    number: z.string().min(1),
    currency: Currency,
    totalMinor: Minor,
    reason: RefundReason,
    lines: z.array(LineQuantity),
  }),
);

/** Amazon wants to have this document: the gateway fetches it from billing when it hands it in. */
export const InvoiceUploadRequested = defineEvent(
  'invoice.upload_requested',
  1,
  z.object({
    orderId: OrderId,
    /** The invoice's, or the credit memo's. */
    documentId: z.uuid(),
    documentType: z.enum(['invoice', 'credit-memo']),
    /** Counts how often it was asked, from 1. */
    attempt: z.int().positive(),
    number: z.string().min(1),
    currency: Currency,
    totalMinor: Minor,
    taxMinor: Minor,
  }),
);

export const billingEvents = [InvoiceIssued, InvoiceCanceled, RefundRequested, CreditMemoIssued, InvoiceUploadRequested] as const;
