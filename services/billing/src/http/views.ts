import { Amounts, Currency, LineTaxes, ToldRefusal } from '@orderbus/contracts';
import { z } from 'zod';
import { whyNotBilled } from '../domain/bill.ts';
import { type OrderBilling, totalsDiffer } from '../domain/order-billing.ts';
import { backMinor, type Left, leftToBill, leftToGiveBack, paidMinor } from '../domain/remaining.ts';
import type { InvoiceDocument, InvoiceHead } from '../store/invoice-queries.ts';

export const InvoiceLineView = z.object({
  lineId: z.string(),
  sku: z.string(),
  asin: z.string().optional(),
  title: z.string(),
  quantity: z.int().describe('0: money of the line without units, a later change for example'),
  taxCollectedBy: z.enum(['marketplace', 'seller']),
  amounts: Amounts,
  taxes: LineTaxes.optional(),
  taxScheme: z.string().optional(),
  programs: z.array(z.string()).optional(),
});

export const UploadView = z
  .object({
    state: z.enum(['none', 'requested', 'accepted', 'refused']),
    attempt: z.int(),
    refusal: ToldRefusal.optional(),
  })
  .describe('Where its upload to Amazon stands');

export const InvoiceHeadView = z.object({
  invoiceId: z.uuid(),
  tenant: z.string(),
  number: z.string().describe('Without gaps for each shop, or for each store without one'),
  shop: z.string().optional(),
  country: z.string().optional(),
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
  upload: UploadView,
});

export const InvoiceView = InvoiceHeadView.extend({
  vatRate: z
    .number()
    .optional()
    .describe("The seller's own tax rate in percent, for a tax that is in the prices and that Amazon does not tell"),
  lines: z.array(InvoiceLineView),
});

const LeftView = z.array(z.object({ lineId: z.string(), quantity: z.int(), totalMinor: z.int() }));

export const BillingView = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  orderNumber: z.string(),
  amazonOrderId: z.string(),
  status: z.enum(['open', 'invoiced', 'not-needed', 'review', 'canceled']),
  reason: z.string().optional().describe('Why there is no invoice, or why it was canceled'),
  detail: z.string().optional().describe('The figures behind the reason'),
  currency: Currency.optional(),
  dueMinor: z.int().describe("What the buyer owes by Amazon's newest figures"),
  invoicedMinor: z.int().describe('What stands on its invoices, less what was corrected'),
  totalsDiffer: z.boolean().describe('There is money that no invoice tells of, or an invoice of other money'),
  invoice: z.object({ invoiceId: z.uuid(), number: z.string() }).optional().describe('The first one'),
  invoices: z.array(z.object({ invoiceId: z.uuid(), number: z.string(), status: z.enum(['issued', 'canceled']), totalMinor: z.int() })),
  creditMemos: z.array(
    z.object({
      creditMemoId: z.uuid(),
      kind: z.enum(['refund', 'correction']),
      number: z.string().optional(),
      state: z.enum(['requested', 'submitted', 'accepted', 'refused', 'settled']),
      totalMinor: z.int(),
      uncertain: z.boolean().describe('Nobody can tell whether Amazon has done it: a person looks at the gateway'),
    }),
  ),
  paidMinor: z.int(),
  backMinor: z.int().describe('What has gone back, or is on its way'),
  toBill: z.object({ why: z.string().optional().describe('Why there can be no invoice'), lines: LeftView }),
  toGiveBack: LeftView,
});

export const invoiceHeadView = (invoice: InvoiceHead): z.output<typeof InvoiceHeadView> => {
  const { invoiceId, tenant, number, orderId, orderNumber, amazonOrderId, status, currency, totalMinor, tipMinor, issuedAt, upload } =
    invoice;
  return {
    ...{ invoiceId, tenant, number, orderId, orderNumber, amazonOrderId, status, currency, totalMinor, tipMinor, issuedAt, upload },
    ...present({ shop: invoice.shop, country: invoice.country, canceledAt: invoice.canceledAt, cancelReason: invoice.cancelReason }),
  };
};

export const invoiceView = (invoice: InvoiceDocument): z.output<typeof InvoiceView> => ({
  ...invoiceHeadView(invoice),
  ...present({ vatRate: invoice.vatRate }),
  lines: invoice.lines.map((line) => ({ ...line, programs: line.programs && [...line.programs] })),
});

export const billingView = (billing: OrderBilling): z.output<typeof BillingView> => {
  const { id, tenant, orderNumber, amazonOrderId, status, dueMinor, invoicedMinor, invoiceId, invoiceNumber } = billing;
  return {
    ...{ orderId: id, tenant, orderNumber, amazonOrderId, status },
    ...present({ reason: billing.reason, detail: billing.detail, currency: billing.currency }),
    ...{ dueMinor, invoicedMinor, totalsDiffer: totalsDiffer(billing) },
    ...(invoiceId === null || invoiceNumber === null ? {} : { invoice: { invoiceId, number: invoiceNumber } }),
    invoices: billing.invoices.map(({ id: invoiceId, number, status, totalMinor }) => ({ invoiceId, number, status, totalMinor })),
    creditMemos: billing.memos.map(({ id: creditMemoId, kind, number, state, totalMinor, uncertain }) => ({
      ...{ creditMemoId, kind, state, totalMinor, uncertain: uncertain !== null },
      ...present({ number }),
    })),
    ...{ paidMinor: paidMinor(billing), backMinor: backMinor(billing) },
    toBill: { ...present({ why: whyNotBilled(billing) ?? null }), lines: leftView(leftToBill(billing)) },
    toGiveBack: leftView(leftToGiveBack(billing)),
  };
};

const leftView = (left: readonly Left[]): z.output<typeof LeftView> =>
  left
    .filter(({ quantity, money }) => quantity > 0 || money.amounts.totalMinor !== 0)
    .map(({ line: { lineId }, quantity, money }) => ({ lineId, quantity, totalMinor: money.amounts.totalMinor }));

/** The fields that there are. */
export const present = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>;
  };
