import { durationMs, keySettings, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { eventSources } from './event-sources.ts';

const days = (count: number): number => count * 86_400_000;

export const OrderConfig = z.object({
  ...serviceSettings,
  /** The keys of the buyer's data. The gateway seals with them; only this service may open. Wrong ones are found at the start. */
  ...keySettings,
  /** Where the other services answer, for the timeline: `billing=http://…,fulfillment=http://…`. */
  EVENT_SOURCES: eventSources().default([]),
  /** How soon orders that wait are tried again when it is their time, or when the cause is gone. */
  RETRY_BLOCKERS_EVERY: durationMs().pipe(z.int().min(10)).default(2_000),
  /** How long buyers are kept after delivery or cancellation. Amazon allows 30 days. */
  VAULT_KEPT: durationMs().default(days(30)),
  /** From the last moment to ship to the delivery, where Amazon promises no day. */
  VAULT_TRANSIT: durationMs().default(days(14)),
  /** After the purchase, whatever is known of the delivery. */
  VAULT_LONGEST: durationMs().default(days(180)),
  VAULT_PURGE_EVERY: durationMs().default(3_600_000),
});
export type OrderConfig = z.output<typeof OrderConfig>;
