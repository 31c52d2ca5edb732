import type { Transaction } from '@orderbus/outbox';
import type { NewInvoice } from '../domain/order-billing.ts';

type Column = readonly [name: string, type: string, value: (invoice: NewInvoice) => unknown];

const columns: readonly Column[] = [
  ['id', 'uuid', (invoice) => invoice.id],
  ['tenant', 'text', (invoice) => invoice.tenant],
  ['number', 'text', (invoice) => invoice.number],
  ['order_id', 'uuid', (invoice) => invoice.orderId],
  ['order_number', 'text', (invoice) => invoice.orderNumber],
  ['amazon_order_id', 'text', (invoice) => invoice.amazonOrderId],
  ['series', 'text', (invoice) => invoice.series],
  ['shop', 'text', (invoice) => invoice.shop],
  ['country', 'text', (invoice) => invoice.country],
  ['vat_rate', 'float8', (invoice) => invoice.vatRate],
  ['currency', 'text', (invoice) => invoice.currency],
  ['total_minor', 'bigint', (invoice) => invoice.totalMinor],
  ['tip_minor', 'bigint', (invoice) => invoice.tipMinor],
  ['lines', 'jsonb', (invoice) => JSON.stringify(invoice.lines)],
];

const names = columns.map(([name]) => name).join(', ');
const source = columns.map(([, type], n) => `$${n + 1}::${type}[]`).join(', ');

/**
 * Writes documents. Their date is the moment of writing, read after the number series was locked:
 * so dates never run against the numbers, whichever instance issues.
 */
export const insertInvoices = async (tx: Transaction, invoices: readonly NewInvoice[]): Promise<void> => {
  if (invoices.length === 0) return;
  await tx.query(
    `insert into invoice (${names}, issued_at) select ${names}, statement_timestamp() from unnest(${source}) as u(${names})`,
    columns.map(([, , value]) => invoices.map(value)),
  );
};

/** Marks documents as canceled; everything else on them stays, the schema sees to it. */
export const cancelInvoices = async (
  tx: Transaction,
  canceled: readonly { readonly id: string; readonly reason: string }[],
): Promise<void> => {
  if (canceled.length === 0) return;
  await tx.query(
    `update invoice as i set status = 'canceled', canceled_at = statement_timestamp(), cancel_reason = u.reason
     from unnest($1::uuid[], $2::text[]) as u(id, reason) where i.id = u.id`,
    [canceled.map(({ id }) => id), canceled.map(({ reason }) => reason)],
  );
};
