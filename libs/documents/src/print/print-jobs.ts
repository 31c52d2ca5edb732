import type { Database } from '@orderbus/outbox';

/** Which documents of which orders somebody wants to print. What they show is looked up when they are printed, each time. */
export interface PrintJob {
  readonly id: string;
  readonly documents: readonly string[];
  readonly orderIds: readonly string[];
}

export const printJobKeptMs = 7 * 86_400_000;

/** Sent again, it is the same one. */
export const keepPrintJob = async (database: Database, { id, documents, orderIds }: PrintJob, createdBy: string): Promise<void> => {
  await database.query(
    `insert into print_job (id, documents, order_ids, created_by) values ($1, $2::text[], $3::uuid[], $4) on conflict (id) do nothing`,
    [id, documents, orderIds, createdBy],
  );
};

export const findPrintJob = async (database: Database, id: string): Promise<PrintJob | undefined> => {
  const [job] = await database.query<PrintJob>('select id, documents, order_ids as "orderIds" from print_job where id = $1', [id]);
  return job;
};

export const purgePrintJobs = async (database: Database, before: Date): Promise<void> => {
  await database.query('delete from print_job where created_at < $1', [before]);
};
