import type { Database } from '@orderbus/outbox';
import type { OrderBilling } from '../domain/order-billing.ts';

const columns = `id, tenant, version, status, reason, detail, order_number as "orderNumber", amazon_order_id as "amazonOrderId",
  totals_version as "totalsVersion", currency, due_minor as "dueMinor", invoice_id as "invoiceId", invoice_number as "invoiceNumber",
  invoiced_minor as "invoicedMinor"`;

export const findBilling = async (database: Database, orderId: string): Promise<OrderBilling | undefined> => {
  const [row] = await database.query<OrderBilling>(`select ${columns} from order_billing where id = $1`, [orderId]);
  return row;
};

/** Orders that wait for a person, by id: money that does not add up, or that no invoice tells of. */
export const listAttention = (database: Database, after: string | undefined, limit: number): Promise<OrderBilling[]> =>
  database.query(`select ${columns} from order_billing where attention and ($1::uuid is null or id > $1) order by id limit ${limit}`, [
    after ?? null,
  ]);

export const countAttention = async (database: Database): Promise<{ review: number; differing: number }> => {
  const [row] = await database.query<{ review: number; differing: number }>(
    `select count(*) filter (where status = 'review')::int as review, count(*) filter (where status <> 'review')::int as differing
     from order_billing where attention`,
  );
  return row ?? { review: 0, differing: 0 };
};
