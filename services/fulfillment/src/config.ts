import { durationMs, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';

export const FulfillmentConfig = z.object({
  ...serviceSettings,
  /** How soon units that came free, e.g. by a canceled order, go to the orders that wait for them. */
  RESERVE_WAITING_EVERY: durationMs().pipe(z.int().min(10)).default(1_000),
});
export type FulfillmentConfig = z.output<typeof FulfillmentConfig>;
