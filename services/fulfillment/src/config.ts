import { durationMs, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';

export const FulfillmentConfig = z.object({
  ...serviceSettings,
  /** How soon units that came free, e.g. by a canceled order, go to the orders that wait for them. */
  RESERVE_WAITING_EVERY: durationMs().pipe(z.int().min(10)).default(1_000),
  /** How often all stock is compared with its movements and with what orders hold. */
  CHECK_STOCK_EVERY: durationMs().pipe(z.int().min(10)).default(3_600_000),
  /** How long before its deadline an order that is still to be shipped raises an alert. */
  SHIP_BY_ALERT_HOURS: z.coerce.number().min(0).max(240).default(12),
  /** How often deadlines are looked at. */
  WATCH_DEADLINES_EVERY: durationMs().pipe(z.int().min(10)).default(60_000),
  /** So many units of a product, or fewer, are few: then the staff is told. For products that say nothing themselves; unset: of these nobody is told. */
  LOW_STOCK_AT: z.coerce.number().int().min(0).optional(),
  /** How often that is looked at. */
  WATCH_STOCK_EVERY: durationMs().pipe(z.int().min(10)).default(60_000),
  /** The order service: it alone keeps the addresses that stand on packing slips. */
  ORDER_URL: url(['http', 'https']).default('http://127.0.0.1:4702'),
});
export type FulfillmentConfig = z.output<typeof FulfillmentConfig>;
