import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { entryOfInvoice } from '../domain/books.ts';
import { insertCanceledEntries, insertEntries } from '../store/journal.ts';
import { unpostedInvoices } from '../store/unposted-invoices.ts';

/** Invoices that are older than the journal are posted under their own dates. All others are posted where they are issued. */
export const postMissing = ({ database, log }: Pick<ServiceKit, 'database' | 'log'>, everyMs: number): Part =>
  every(
    everyMs,
    async (signal) => {
      for (;;) {
        const invoices = await unpostedInvoices(database);
        if (invoices.length === 0 || signal.aborted) return;
        await database.transaction(async (tx) => {
          await insertEntries(tx, invoices.map(entryOfInvoice));
          await insertCanceledEntries(
            tx,
            invoices.flatMap(({ documentId, canceledAt }) => (canceledAt === null ? [] : [{ id: documentId, at: canceledAt }])),
          );
        });
        log.info({ count: invoices.length }, 'older invoices were posted in the journal');
      }
    },
    { name: 'post-missing', log },
  );
