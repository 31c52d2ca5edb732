import type { Target } from '@orderbus/outbox';
import type { Part, Route, ServiceKit } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import { contactDesk } from './contacts.ts';
import { bookingPatience } from './domain/booking-patience.ts';
import type { Command, Step } from './domain/command.ts';
import { commandRoutes } from './http/command-routes.ts';
import { contactRoutes } from './http/contact-routes.ts';
import type { InvoiceDocuments } from './invoice-documents.ts';
import { commandMetrics } from './jobs/command-metrics.ts';
import { forgetLetters } from './jobs/forget.ts';
import { overdueWatch } from './jobs/overdue-commands.ts';
import { bookReader } from './jobs/read-books.ts';
import { readBack } from './jobs/read-order-now.ts';
import { sender } from './jobs/sender.ts';
import type { OrderReading } from './reading.ts';
import { findAttachment } from './store/contact-attachments.ts';
import { findLetter } from './store/contact-letters.ts';
import { contactOrderOf } from './store/contact-order.ts';
import type { Stores } from './stores.ts';

export interface WritingOptions {
  readonly ledger: Target<Step>;
  readonly stores: Stores;
  readonly reading: OrderReading;
  readonly invoices: InvoiceDocuments;
}

/** Everything that gets the ledger's commands to Amazon by a call, and shows how they stand. */
export const writing = (
  config: AmazonGatewayConfig,
  kit: ServiceKit,
  { ledger, stores, reading, invoices }: WritingOptions,
): { jobs: readonly Part[]; routes: readonly Route[] } => {
  const { execution, clock, log, metrics, database } = kit;
  const { ORDERBUS_KEYS: sealer } = config;
  const look = async ({ tenant, amazonOrderId }: Command, signal: AbortSignal) =>
    readBack(reading, await stores.find(tenant), amazonOrderId, signal);
  const apis = () => new Map(stores.active().map(({ store, api }) => [store.id, api]));
  return {
    jobs: [
      sender({
        ...{ execution, ledger, clock, log, look },
        apis,
        contacts: {
          orderOf: (orderId) => contactOrderOf(database, orderId),
          letterOf: (id) => findLetter(database, sealer, id),
          fileOf: (id) => findAttachment(database, sealer, id),
          fetchInvoice: (documentId, signal) => invoices.fetchPdf({ plan: { documentId, documentType: 'invoice' } }, signal),
        },
        recorded: commandMetrics(metrics, database, clock),
        readBackDelaysMs: config.AMAZON_READ_BACK_DELAYS,
        leaseMs: config.AMAZON_ABANDONED_AFTER,
      }),
      forgetLetters(kit, config.AMAZON_CONTACT_KEPT),
      overdueWatch({ execution, ledger, clock, log }),
      bookReader({
        ...{ execution, ledger, log },
        apis,
        patienceMs: bookingPatience(config.AMAZON_BOOKING_PATIENCE),
        pollMs: Math.min(2_000, config.AMAZON_BOOKING_PATIENCE),
      }),
    ],
    routes: [...commandRoutes(kit, ledger), ...contactRoutes(kit, contactDesk(kit, { sealer, stores, ledger }))],
  };
};
