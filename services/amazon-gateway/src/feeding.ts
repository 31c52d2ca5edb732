import type { Target } from '@orderbus/outbox';
import type { Part, Route, ServiceKit } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import type { Step } from './domain/command.ts';
import { feedPatience } from './domain/feed-patience.ts';
import { feedRoutes } from './http/feed-routes.ts';
import type { InvoiceDocuments } from './invoice-documents.ts';
import { feedMetrics } from './jobs/feed-metrics.ts';
import { feedWorker } from './jobs/feeds.ts';
import { readBack } from './jobs/read-order-now.ts';
import type { OrderReading } from './reading.ts';
import { feeds } from './store/feed.ts';
import type { Stores } from './stores.ts';

export interface FeedingOptions {
  readonly ledger: Target<Step>;
  readonly stores: Stores;
  readonly reading: OrderReading;
  readonly invoices: InvoiceDocuments;
}

/** Everything that gets the ledger's commands to Amazon by feed, and shows how the feeds stand. */
export const feeding = (
  config: AmazonGatewayConfig,
  kit: ServiceKit,
  { ledger, stores, reading, invoices }: FeedingOptions,
): { jobs: readonly Part[]; routes: readonly Route[] } => {
  const { execution, clock, log } = kit;
  const targets = { feeds: feeds(clock), commands: ledger };
  return {
    jobs: [
      feedWorker({
        ...{ execution, targets, clock, log },
        stores: () => new Map(stores.active().map(({ store, api }) => [store.id, { sellerId: store.sellerId, api }])),
        look: async ({ tenant, amazonOrderId }, signal) => readBack(reading, await stores.find(tenant), amazonOrderId, signal),
        gatherMs: config.AMAZON_FEED_EVERY,
        minIntervalMs: config.AMAZON_FEED_MIN_INTERVAL,
        stuckAfterMs: config.AMAZON_FEED_STUCK_AFTER,
        patience: feedPatience(config.AMAZON_FEED_PATIENCE),
        invoices,
        ended: feedMetrics(kit),
      }),
    ],
    routes: feedRoutes(kit, targets, stores),
  };
};
