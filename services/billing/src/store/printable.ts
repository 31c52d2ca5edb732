import type { Database } from '@orderbus/outbox';
import type { CreditLine } from '../domain/credit-memo.ts';
import type { InvoiceLine } from '../domain/invoice.ts';

/** What is printed of an invoice as well as of a credit memo. */
interface PrintableDocument {
  readonly id: string;
  readonly tenant: string;
  readonly number: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  readonly country: string | null;
  /** The seller's own, as it was when the document was written. */
  readonly vatRate: number | null;
  readonly currency: string;
  readonly totalMinor: number;
  readonly tipMinor: number;
  readonly issuedAt: string;
}

export interface PrintableInvoice extends PrintableDocument {
  readonly canceledAt: string | null;
  readonly lines: readonly InvoiceLine[];
}

export interface PrintableMemo extends PrintableDocument {
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
  readonly lines: readonly CreditLine[];
}

const shared = `id, tenant, number, order_id as "orderId", order_number as "orderNumber", amazon_order_id as "amazonOrderId", country,
  vat_rate as "vatRate", currency, total_minor as "totalMinor", tip_minor as "tipMinor", issued_at as "issuedAt", lines`;
const invoice = `${shared}, canceled_at as "canceledAt"`;
const memo = `${shared}, adjustment_refund_minor as "adjustmentRefundMinor", adjustment_fee_minor as "adjustmentFeeMinor"`;

/** Also a canceled one: it says so. */
export const printableInvoice = async (database: Database, id: string): Promise<PrintableInvoice | undefined> =>
  (await database.query<PrintableInvoice>(`select ${invoice} from invoice where id = $1`, [id]))[0];

export const printableMemo = async (database: Database, id: string): Promise<PrintableMemo | undefined> =>
  (await database.query<PrintableMemo>(`select ${memo} from credit_memo where id = $1 and number is not null`, [id]))[0];

/** Those that are valid, of each order the oldest first, the orders as they were given. */
export const invoicesOf = (database: Database, orderIds: readonly string[]): Promise<PrintableInvoice[]> =>
  database.query(
    `select ${invoice} from invoice where order_id = any($1::uuid[]) and status = 'issued'
     order by array_position($1::uuid[], order_id), issued_at, id`,
    [orderIds],
  );

/** Those that have their number. */
export const memosOf = (database: Database, orderIds: readonly string[]): Promise<PrintableMemo[]> =>
  database.query(
    `select ${memo} from credit_memo where order_id = any($1::uuid[]) and number is not null
     order by array_position($1::uuid[], order_id), issued_at, id`,
    [orderIds],
  );
