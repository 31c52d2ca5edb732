import { keys, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { eventSources } from './event-sources.ts';

export const OrderConfig = z.object({
  ...serviceSettings,
  /** The keys of the buyer's data. The gateway seals with them; only this service may open. Wrong ones are found at the start. */
  ORDERBUS_KEYS: keys(),
  /** Where the other services answer, for the timeline: `billing=http://…,fulfillment=http://…`. */
  EVENT_SOURCES: eventSources().default([]),
});
export type OrderConfig = z.output<typeof OrderConfig>;
