import type { Target } from '@orderbus/outbox';
import type { Part, Route, ServiceKit } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import { bookingPatience } from './domain/booking-patience.ts';
import type { Command, Step } from './domain/command.ts';
import { commandRoutes } from './http/command-routes.ts';
import { commandMetrics } from './jobs/command-metrics.ts';
import { overdueWatch } from './jobs/overdue-commands.ts';
import { bookReader } from './jobs/read-books.ts';
import { readBack } from './jobs/read-order-now.ts';
import { sender } from './jobs/sender.ts';
import type { OrderReading } from './reading.ts';
import type { Stores } from './stores.ts';

export interface WritingOptions {
  readonly ledger: Target<Step>;
  readonly stores: Stores;
  readonly reading: OrderReading;
}

/** Everything that gets the ledger's commands to Amazon by a call, and shows how they stand. */
export const writing = (
  config: AmazonGatewayConfig,
  kit: ServiceKit,
  { ledger, stores, reading }: WritingOptions,
): { jobs: readonly Part[]; routes: readonly Route[] } => {
  const { execution, clock, log, metrics, database } = kit;
  const look = async ({ tenant, amazonOrderId }: Command, signal: AbortSignal) =>
    readBack(reading, await stores.find(tenant), amazonOrderId, signal);
  const apis = () => new Map(stores.active().map(({ store, api }) => [store.id, api]));
  return {
    jobs: [
      sender({
        ...{ execution, ledger, clock, log, look },
        apis,
        recorded: commandMetrics(metrics, database, clock),
        readBackDelaysMs: config.AMAZON_READ_BACK_DELAYS,
        abandonedAfterMs: config.AMAZON_ABANDONED_AFTER,
      }),
      overdueWatch({ execution, ledger, clock, log }),
      bookReader({
        ...{ execution, ledger, log },
        apis,
        patienceMs: bookingPatience(config.AMAZON_BOOKING_PATIENCE),
        pollMs: Math.min(2_000, config.AMAZON_BOOKING_PATIENCE),
      }),
    ],
    routes: commandRoutes(kit, ledger),
  };
};
