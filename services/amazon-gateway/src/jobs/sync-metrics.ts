import type { Database } from '@orderbus/outbox';
import type { Log, Metrics } from '@orderbus/service-kit';
import type { SeenOrder } from '../store/commit-orders.ts';
import { syncLags } from '../store/queries.ts';
import { unknownValueMetrics } from './unknown-value-metrics.ts';

export interface SyncMetricsOptions {
  readonly metrics: Metrics;
  readonly database: Database;
  readonly log: Log;
}

/** Counts orders by what became of them, and tells how long ago each store was last in step with Amazon. */
export const syncMetrics = ({ metrics, database, log }: SyncMetricsOptions): ((seen: readonly SeenOrder[]) => void) => {
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
      const lags = await syncLags(database).catch(() => []);
      this.reset();
      for (const { storeId, seconds } of lags) this.set({ store: storeId }, seconds);
    },
  });
  const countUnknown = unknownValueMetrics({ metrics, log });
  return (seen) => {
    for (const { reading, result } of seen) {
      orders.inc({ result });
      if (reading.kind === 'order') reading.unknownValues.forEach(countUnknown);
    }
  };
};
