import type { ServiceKit } from '@orderbus/service-kit';
import { type SpApi, spApi } from './amazon/sp-api.ts';
import { type AmazonGatewayConfig, type StoreSettings, storesOf } from './config.ts';
import { type Poller, poller } from './jobs/poller.ts';
import { syncMetrics } from './jobs/sync-metrics.ts';
import { amazonOrders } from './store/known-order.ts';
import { unreadableOrders } from './store/unreadable-order.ts';

/** One seller account with everything that belongs to it. Nothing is shared but the database: one store's trouble is not another's. */
export interface ConnectedStore {
  readonly settings: StoreSettings;
  readonly api: SpApi;
  readonly poller: Poller;
}

export const connectStores = (config: AmazonGatewayConfig, { clock, log, metrics, database, execution }: ServiceKit): ConnectedStore[] => {
  const settings = storesOf(config);
  const sealer = config.ORDERBUS_KEYS;
  const targets = { orders: amazonOrders(sealer, clock), unreadable: unreadableOrders(sealer, clock), sealer };
  const ids = settings.map(({ id }) => id);
  const committed = syncMetrics(metrics, database, ids);
  const anHourAgo = () => new Date(clock.now().getTime() - 3_600_000).toISOString();

  return settings.map((store) => {
    const api = spApi({ store, endpoint: config.AMAZON_ENDPOINT, lwaEndpoint: config.AMAZON_LWA_ENDPOINT, clock, log, metrics });
    return {
      settings: store,
      api,
      poller: poller({
        storeId: store.id,
        pattern: config.AMAZON_POLL_CRON,
        startFrom: () => config.AMAZON_START_FROM ?? anHourAgo(),
        overlapMs: config.AMAZON_OVERLAP,
        api,
        execution,
        targets,
        log: log.child({ store: store.id }),
        committed,
      }),
    };
  });
};
