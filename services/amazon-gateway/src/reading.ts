import type { ServiceKit } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import type { SweepOptions } from './jobs/run-sweep.ts';
import { syncMetrics } from './jobs/sync-metrics.ts';
import { amazonOrders } from './store/known-order.ts';
import { syncHealth } from './store/sync-health.ts';
import { unreadableOrders } from './store/unreadable-order.ts';

/** What becomes of orders that Amazon shows, whoever asked for them: a pass, a sweep, a person, or a write that is read back. */
export type OrderReading = SweepOptions;

export const orderReading = ({ ORDERBUS_KEYS: sealer, AMAZON_OVERLAP: overlapMs }: AmazonGatewayConfig, kit: ServiceKit): OrderReading => {
  const { clock, execution } = kit;
  const targets = { orders: amazonOrders(sealer, clock), unreadable: unreadableOrders(sealer, clock), health: syncHealth(clock), sealer };
  return { execution, targets, overlapMs, committed: syncMetrics(kit) };
};
