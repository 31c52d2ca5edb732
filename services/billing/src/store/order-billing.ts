import { aggregates, type Target } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import { decide } from '../domain/decide.ts';
import type { BillingCommand, OrderBilling } from '../domain/order-billing.ts';
import { openBook } from './document-book.ts';

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
    renumberedVersion: { type: 'int', name: 'renumbered_version' },
    amazonOrderId: { type: 'text', name: 'amazon_order_id' },
    shop: { type: 'text' },
    country: { type: 'text' },
    fulfilledBy: { type: 'text', name: 'fulfilled_by' },
    shipped: { type: 'boolean' },
    totalsVersion: { type: 'int', name: 'totals_version' },
    currency: { type: 'text' },
    dueMinor: { type: 'bigint', name: 'due_minor' },
    tipMinor: { type: 'bigint', name: 'tip_minor' },
    lines: { type: 'jsonb' },
    invoiceId: { type: 'uuid', name: 'invoice_id' },
    invoiceNumber: { type: 'text', name: 'invoice_number' },
    invoicedMinor: { type: 'bigint', name: 'invoiced_minor' },
    invoices: { type: 'jsonb' },
    memos: { type: 'jsonb' },
    refusedRefunds: { type: 'int', name: 'refused_refunds' },
    shippedUnits: { type: 'jsonb', name: 'shipped_units' },
    canceledUnits: { type: 'jsonb', name: 'canceled_units' },
  },
});

/** Orders as billing sees them, together with the documents that follow from a batch. */
export const orderBillings: Target<BillingCommand> = aggregates({
  name: 'order-billing',
  entity: OrderBillingEntity,
  decide,
  context: (tx, items) => openBook(tx, items),
});
