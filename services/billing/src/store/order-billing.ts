import { aggregates, type Item, openNumberSeries, type Target, type Transaction } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import { type BillingCommand, decide, type InvoiceBook, type NewInvoice, type OrderBilling } from '../domain/order-billing.ts';
import { cancelInvoices, insertInvoices } from './invoices.ts';

export const OrderBillingEntity = new EntitySchema<OrderBilling>({
  name: 'OrderBilling',
  tableName: 'order_billing',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    status: { type: 'text' },
    reason: { type: 'text' },
    detail: { type: 'text' },
    orderNumber: { type: 'text', name: 'order_number' },
    amazonOrderId: { type: 'text', name: 'amazon_order_id' },
    totalsVersion: { type: 'int', name: 'totals_version' },
    currency: { type: 'text' },
    dueMinor: { type: 'bigint', name: 'due_minor' },
    invoiceId: { type: 'uuid', name: 'invoice_id' },
    invoiceNumber: { type: 'text', name: 'invoice_number' },
    invoicedMinor: { type: 'bigint', name: 'invoiced_minor' },
  },
});

/** Orders as billing sees them, together with the documents that follow from a batch. */
export const orderBillings: Target<BillingCommand> = aggregates({
  name: 'order-billing',
  entity: OrderBillingEntity,
  decide,
  context: (tx, items) => openBook(tx, items),
});

const seriesOf = (tenant: string): string => `invoice:${tenant}`;

/** Numbers are locked per tenant until the batch is committed: two instances number one after the other, and a rollback leaves no gap. */
const openBook = async (
  tx: Transaction,
  items: readonly Item<BillingCommand>[],
): Promise<{ context: InvoiceBook; finish: () => Promise<void> }> => {
  const tenants = items.filter((item) => item.command.type === 'open').map((item) => seriesOf(item.cause.tenant));
  const series = await openNumberSeries(tx, tenants);
  const issued: NewInvoice[] = [];
  const canceled: { id: string; reason: string }[] = [];
  return {
    context: {
      nextNumber: (tenant) => series.context.take(seriesOf(tenant)),
      enter: (invoice) => issued.push(invoice),
      cancel: (id, reason) => canceled.push({ id, reason }),
    },
    finish: async () => {
      await series.finish();
      await insertInvoices(tx, issued);
      await cancelInvoices(tx, canceled);
    },
  };
};
