import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { Currency, Minor, OrderId } from './shapes.ts';

const document = { orderId: OrderId, invoiceId: z.uuid(), number: z.string().min(1), currency: Currency, totalMinor: Minor };

export const InvoiceIssued = defineEvent('invoice.issued', 1, z.object(document));

/** The order was canceled before anything was delivered; the number stays used. */
export const InvoiceCanceled = defineEvent('invoice.canceled', 1, z.object({ ...document, reason: z.string() }));

export const billingEvents = [InvoiceIssued, InvoiceCanceled] as const;
