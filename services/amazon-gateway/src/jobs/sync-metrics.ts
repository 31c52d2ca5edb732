import type { Database } from '@orderbus/outbox';
import type { Metrics } from '@orderbus/service-kit';
import type { PageResult } from '../store/commit-page.ts';
import { syncLags } from '../store/queries.ts';

/** Counts orders by what became of them, and tells how long ago each store was last in step with Amazon. */
export const syncMetrics = (metrics: Metrics, database: Database, storeIds: readonly string[]): ((result: PageResult) => void) => {
  const orders = metrics.counter({
    name: 'sync_orders_total',
    help: 'Orders that Amazon showed, by what was new about them',
    labelNames: ['result'],
  });
  metrics.gauge({
    name: 'sync_lag_seconds',
    help: 'Since the last pass that reached its end',
    labelNames: ['store'],
    async collect() {
      const lags = await syncLags(database, storeIds).catch(() => []);
      this.reset();
      for (const { storeId, seconds } of lags) this.set({ store: storeId }, seconds);
    },
  });
  return (result) => {
    for (const [name, count] of Object.entries(result)) if (count > 0) orders.inc({ result: name }, count);
  };
};
