import type { Database } from '@orderbus/outbox';
import type { Billed } from '../domain/books.ts';

export interface UnpostedInvoice extends Billed {
  readonly canceledAt: string | null;
}

const atOnce = 500;

export const unpostedInvoices = (database: Pick<Database, 'query'>): Promise<UnpostedInvoice[]> =>
  database.query(
    `select id as "documentId", number, order_id as "orderId", tenant, shop, country, vat_rate as "vatRate", currency, lines,
       tip_minor as "tipMinor", total_minor as "totalMinor", issued_at::text as at, canceled_at::text as "canceledAt"
     from invoice i where not exists (select 1 from journal_entry e where e.order_id = i.order_id and e.document_id = i.id)
     limit ${atOnce}`,
  );
