import type { Database } from '@orderbus/outbox';
import type { InvoiceLine } from '../domain/invoice.ts';
import type { Upload } from '../domain/upload.ts';
import { conditions } from './conditions.ts';

/** An invoice without its lines. */
export interface InvoiceHead {
  readonly invoiceId: string;
  readonly tenant: string;
  readonly number: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  /** The shop whose series numbers it; null: the store has a series of its own. */
  readonly shop: string | null;
  /** Where it is sold to, ISO 3166. */
  readonly country: string | null;
  /** The seller's own tax rate of that country in percent, as it was then: for a tax that is in the prices and that Amazon does not tell. */
  readonly vatRate: number | null;
  readonly status: 'issued' | 'canceled';
  readonly currency: string;
  readonly totalMinor: number;
  readonly tipMinor: number;
  readonly issuedAt: string;
  readonly canceledAt: string | null;
  readonly cancelReason: string | null;
  readonly upload: Upload;
}

export interface InvoiceDocument extends InvoiceHead {
  readonly lines: readonly InvoiceLine[];
}

export interface InvoiceFilter {
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly orderId?: string | undefined;
  readonly number?: string | undefined;
  readonly status?: InvoiceHead['status'] | undefined;
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
}

/** The sort key of the list. Microseconds, as the database has them: a page must not begin a fraction of a millisecond late. */
export interface InvoicePosition {
  readonly issuedAt: string;
  readonly id: string;
}

const head = `id as "invoiceId", tenant, number, order_id as "orderId", order_number as "orderNumber", amazon_order_id as "amazonOrderId",
  shop, country, vat_rate as "vatRate", status, currency, total_minor as "totalMinor", tip_minor as "tipMinor", issued_at as "issuedAt", canceled_at as "canceledAt",
  cancel_reason as "cancelReason", upload`;

/** Newest first. */
export const listInvoices = (
  database: Database,
  filter: InvoiceFilter,
  after: InvoicePosition | undefined,
  limit: number,
): Promise<(InvoiceHead & { position: string })[]> => {
  const where = conditions();
  where.compare(
    ['tenant =', filter.tenant],
    ['order_id =', filter.orderId],
    ['number =', filter.number],
    ['status =', filter.status],
    ['issued_at >=', filter.issuedFrom],
    ['issued_at <', filter.issuedTo],
  );
  if (filter.tenants) where.add((tenants) => `tenant = any(${tenants}::text[])`, filter.tenants);
  if (after) where.add((at, id) => `(issued_at, id) < (${at}::timestamptz, ${id}::uuid)`, after.issuedAt, after.id);
  return database.query(
    `select ${head}, issued_at::text as position from invoice ${where.sql()}
     order by issued_at desc, id desc limit ${limit}`,
    where.parameters,
  );
};

export const findInvoice = async (database: Database, id: string): Promise<InvoiceDocument | undefined> => {
  const [row] = await database.query<InvoiceDocument>(`select ${head}, lines from invoice where id = $1`, [id]);
  return row;
};
