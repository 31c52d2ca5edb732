import type { Database } from '@orderbus/outbox';
import type { OrderBilling } from '../domain/order-billing.ts';

const columns = `id, tenant, version, status, reason, detail, order_number as "orderNumber", renumbered_version as "renumberedVersion",
  amazon_order_id as "amazonOrderId", shop, country, fulfilled_by as "fulfilledBy", shipped, totals_version as "totalsVersion", currency,
  due_minor as "dueMinor", tip_minor as "tipMinor", lines, invoice_id as "invoiceId", invoice_number as "invoiceNumber",
  invoiced_minor as "invoicedMinor", invoices, memos, refused_refunds as "refusedRefunds", shipped_units as "shippedUnits",
  canceled_units as "canceledUnits"`;

export const findBilling = async (database: Database, orderId: string): Promise<OrderBilling | undefined> => {
  const [row] = await database.query<OrderBilling>(`select ${columns} from order_billing where id = $1`, [orderId]);
  return row;
};

/** Orders that wait for a person, by id: money that does not add up, or that no invoice tells of. */
export const listAttention = (
  database: Database,
  tenants: readonly string[] | undefined,
  after: string | undefined,
  limit: number,
): Promise<OrderBilling[]> =>
  database.query(
    `select ${columns} from order_billing where attention and ($1::uuid is null or id > $1) and ($2::text[] is null or tenant = any($2))
     order by id limit ${limit}`,
    [after ?? null, tenants ?? null],
  );

export interface AttentionCount {
  readonly review: number;
  readonly differing: number;
  readonly refused: number;
}

export const countAttention = async (database: Database): Promise<AttentionCount> => {
  const [row] = await database.query<AttentionCount>(
    `select count(*) filter (where status = 'review')::int as review, count(*) filter (where refused_refunds > 0)::int as refused,
       count(*) filter (where status not in ('review', 'open') and due_minor <> invoiced_minor and reason is distinct from 'invoice-by-amazon')::int
         as differing
     from order_billing where attention`,
  );
  return row ?? { review: 0, differing: 0, refused: 0 };
};
