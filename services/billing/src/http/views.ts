import { Amounts, Currency } from '@orderbus/contracts';
import { z } from 'zod';
import { type OrderBilling, totalsDiffer } from '../domain/order-billing.ts';
import type { InvoiceDocument, InvoiceHead } from '../store/invoice-queries.ts';

const InvoiceLineView = z.object({
  lineId: z.string(),
  sku: z.string(),
  asin: z.string().optional(),
  title: z.string(),
  quantity: z.int(),
  taxCollectedBy: z.enum(['marketplace', 'seller']),
  amounts: Amounts,
});

export const InvoiceHeadView = z.object({
  invoiceId: z.uuid(),
  tenant: z.string(),
  number: z.string().describe('Without gaps for each tenant'),
  orderId: z.uuid(),
  orderNumber: z.string(),
  amazonOrderId: z.string(),
  status: z.enum(['issued', 'canceled']),
  currency: Currency,
  totalMinor: z.int().describe("In the currency's minor unit: the sum of the lines' totals and the tip"),
  tipMinor: z.int(),
  issuedAt: z.iso.datetime(),
  canceledAt: z.iso.datetime().optional(),
  cancelReason: z.string().optional(),
});

export const InvoiceView = InvoiceHeadView.extend({ lines: z.array(InvoiceLineView) });

export const BillingView = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  orderNumber: z.string(),
  amazonOrderId: z.string(),
  status: z.enum(['invoiced', 'not-needed', 'review', 'canceled']),
  reason: z.string().optional().describe('Why there is no invoice, or why it was canceled'),
  detail: z.string().optional().describe('The figures behind the reason'),
  currency: Currency.optional(),
  dueMinor: z.int().describe("What the buyer owes by Amazon's newest figures"),
  invoicedMinor: z.int(),
  totalsDiffer: z.boolean().describe('There is money that no invoice tells of, or an invoice of other money'),
  invoice: z.object({ invoiceId: z.uuid(), number: z.string() }).optional(),
});

export const invoiceHeadView = (invoice: InvoiceHead): z.output<typeof InvoiceHeadView> => {
  const { invoiceId, tenant, number, orderId, orderNumber, amazonOrderId, status, currency, totalMinor, tipMinor, issuedAt } = invoice;
  return {
    ...{ invoiceId, tenant, number, orderId, orderNumber, amazonOrderId, status, currency, totalMinor, tipMinor, issuedAt },
    ...(invoice.canceledAt === null ? {} : { canceledAt: invoice.canceledAt }),
    ...(invoice.cancelReason === null ? {} : { cancelReason: invoice.cancelReason }),
  };
};

export const invoiceView = (invoice: InvoiceDocument): z.output<typeof InvoiceView> => ({
  ...invoiceHeadView(invoice),
  lines: [...invoice.lines],
});

export const billingView = (billing: OrderBilling): z.output<typeof BillingView> => {
  const { id, tenant, orderNumber, amazonOrderId, status, reason, detail, currency, dueMinor, invoicedMinor, invoiceId, invoiceNumber } =
    billing;
  return {
    ...{ orderId: id, tenant, orderNumber, amazonOrderId, status },
    ...(reason === null ? {} : { reason }),
    ...(detail === null ? {} : { detail }),
    ...(currency === null ? {} : { currency }),
    ...{ dueMinor, invoicedMinor, totalsDiffer: totalsDiffer(billing) },
    ...(invoiceId === null || invoiceNumber === null ? {} : { invoice: { invoiceId, number: invoiceNumber } }),
  };
};
