import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type Log, type Metrics, remembered } from '@orderbus/service-kit';
import type { SeenOrder } from '../store/commit-orders.ts';
import { missedOrders, syncLags } from '../store/queries.ts';
import { unknownValueMetrics } from './unknown-value-metrics.ts';

export interface SyncMetricsOptions {
  readonly metrics: Metrics;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Told of orders that are committed. `listed`: by a pass of a store that had been in step before, so that how late they are says something. */
export type OrdersCommitted = (seen: readonly SeenOrder[], listed?: boolean) => void;

/** Counts orders by what became of them, and tells how late they were and how long ago each store was last in step with Amazon. */
export const syncMetrics = ({ metrics, database, clock, log }: SyncMetricsOptions): OrdersCommitted => {
  const orders = metrics.counter({
    name: 'sync_orders_total',
    help: 'Orders that Amazon showed, by what was new about them',
    labelNames: ['result'],
  });
  const delay = metrics.histogram({
    name: 'sync_delay_seconds',
    help: "Seconds from Amazon's change of an order to its being here, for those that a pass has found",
    buckets: [5, 15, 30, 60, 120, 300, 420, 600, 1_800, 3_600, 14_400],
  });
  const lags = remembered(() => syncLags(database));
  metrics.observed(
    { name: 'sync_lag_seconds', help: 'Seconds since the last pass that reached its end', labelNames: ['store'] },
    async () => (await lags()).map(({ storeId, seconds }) => ({ labels: { store: storeId }, value: seconds })),
  );
  const missed = remembered(() => missedOrders(database));
  metrics.observed(
    { name: 'sync_drift_orders', help: 'Orders that the last search for gaps has found missing, and imported', labelNames: ['store'] },
    async () => (await missed()).map(({ storeId, missing }) => ({ labels: { store: storeId }, value: missing })),
  );
  const countUnknown = unknownValueMetrics({ metrics, log });
  return (seen, listed = false) => {
    const now = clock.now().getTime();
    for (const { reading, result } of seen) {
      orders.inc({ result });
      if (reading.kind !== 'order') continue;
      reading.unknownValues.forEach(countUnknown);
      if (!listed || (result !== 'new' && result !== 'changed')) continue;
      delay.observe(Math.max(0, now - Date.parse(reading.translation.snapshot.updatedAt)) / 1_000);
    }
  };
};
