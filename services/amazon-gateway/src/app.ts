import { systemClock } from '@orderbus/kernel';
import type { Target } from '@orderbus/outbox';
import { buildService, databaseClock, type Service, type ServiceKit, type Surroundings } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import type { Step } from './domain/command.ts';
import { feeding } from './feeding.ts';
import { subscriptionsOf } from './handlers/index.ts';
import { routes } from './http/routes.ts';
import { guardInstallation } from './installation.ts';
import { invoiceDocuments } from './invoice-documents.ts';
import { budgetMetrics } from './jobs/budget-metrics.ts';
import { errorRecorder } from './jobs/error-recorder.ts';
import { forgetErrors } from './jobs/forget.ts';
import { scheduler } from './jobs/scheduler.ts';
import { secretMetrics } from './jobs/secret-metrics.ts';
import { sweepPlanner } from './jobs/sweep-planner.ts';
import { sweeper } from './jobs/sweeper.ts';
import { syncWatch } from './jobs/sync-watch.ts';
import { type Lifetimes, watchSecrets } from './jobs/watch-secrets.ts';
import { manageStores } from './manage-stores.ts';
import { orderReading } from './reading.ts';
import { commands } from './store/command.ts';
import { CommandEntity } from './store/command-entity.ts';
import { FeedEntity } from './store/feed-entity.ts';
import { KnownOrderEntity, lastPictures } from './store/known-order.ts';
import { migrations } from './store/migrations/index.ts';
import { rateBudget } from './store/rate-budget.ts';
import { ReadOnlyEntity } from './store/read-only.ts';
import { SecretWatchEntity, secretWatches } from './store/secret-watch.ts';
import { StoreEntity } from './store/store.ts';
import { SyncHealthEntity } from './store/sync-health.ts';
import { UnreadableOrderEntity } from './store/unreadable-order.ts';
import { connectStores } from './stores.ts';
import { connectionTester } from './try-connection.ts';
import { writing } from './writing.ts';

export { AmazonGatewayConfig } from './config.ts';
export { migrations } from './store/migrations/index.ts';
export { sealedColumns } from './store/sealed-columns.ts';
export { type Standing, standingOf } from './store/standing.ts';

export const schema = 'gateway';

/** What it listens to, for whoever prepares its queue. */
export const subscriptions = subscriptionsOf(commands({ clock: systemClock, deadlineMs: 0, bookingMs: 0 }));

export const buildAmazonGatewayApp = (config: AmazonGatewayConfig, surroundings?: Surroundings): Service => {
  const clock = surroundings?.clock ?? databaseClock();
  const ledger = commands({
    clock,
    deadlineMs: config.AMAZON_WRITE_DEADLINE,
    bookingMs: config.AMAZON_BOOKING_PATIENCE,
  });
  let built: ReturnType<typeof build> | undefined;
  const partsOf = (kit: ServiceKit): ReturnType<typeof build> => {
    built ??= build(config, kit, ledger);
    return built;
  };
  return buildService(
    {
      name: 'amazon-gateway',
      description: "Imports a seller's Amazon orders and speaks of them in our words. The only service that knows Amazon's.",
      schema,
      entities: [
        KnownOrderEntity,
        UnreadableOrderEntity,
        StoreEntity,
        ReadOnlyEntity,
        SyncHealthEntity,
        SecretWatchEntity,
        CommandEntity,
        FeedEntity,
      ] as never,
      migrations,
      subscriptions: subscriptionsOf(ledger),
      routes: (kit) => partsOf(kit).routes,
      keys: config,
      keepsEvents: lastPictures,
      jobs: (kit) => partsOf(kit).jobs,
    },
    config,
    { ...surroundings, clock },
  );
};

/** What routes and jobs share. */
const build = (config: AmazonGatewayConfig, kit: ServiceKit, ledger: Target<Step>) => {
  const { database, execution, clock, log } = kit;
  const sealer = config.ORDERBUS_KEYS;
  const reading = orderReading(config, kit);
  const budget = rateBudget(database);
  const errors = errorRecorder(kit);
  const guard = guardInstallation(kit, config.ORDERBUS_URL, ledger);
  const stores = connectStores(config, kit, { reading, budget, failed: errors.failed });
  const active = stores.active;
  const invoices = invoiceDocuments(config.BILLING_URL, kit);
  const writes = writing(config, kit, { ledger, stores, reading, invoices });
  const feeds = feeding(config, kit, { ledger, stores, reading, invoices });
  budgetMetrics(kit);
  secretMetrics(kit);

  return {
    routes: [
      ...routes(kit, {
        ...{ config, stores, guard, budget, reading },
        management: manageStores(kit, { sealer, stores, ledger }),
        tryConnection: connectionTester(config, kit),
      }),
      ...writes.routes,
      ...feeds.routes,
    ],
    jobs: [
      // First: nothing may be sent before it is known whether this is a copy.
      guard,
      errors,
      stores,
      scheduler({ active, clock, log }),
      sweepPlanner({ execution, active, pattern: config.AMAZON_GAP_CRON, windowMs: config.AMAZON_GAP_WINDOW, log }),
      sweeper({ ...reading, active, log }),
      syncWatch({ execution, health: reading.targets.health, active, stalledAfterMs: config.AMAZON_STALLED_AFTER, log }),
      watchSecrets({ execution, secrets: secretWatches(clock), lifetimesMs: lifetimesOf(config), log }),
      ...writes.jobs,
      ...feeds.jobs,
      invoices.part,
      forgetErrors(kit, config.AMAZON_ERROR_LOG_KEPT),
    ],
  };
};

const lifetimesOf = (config: AmazonGatewayConfig): Lifetimes => ({
  'client-secret': config.AMAZON_SECRET_LIFETIME,
  authorization: config.AMAZON_AUTHORIZATION_LIFETIME ?? null,
});
