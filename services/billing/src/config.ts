import { durationMs, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';

export const BillingConfig = z.object({
  ...serviceSettings,
  /** How often the whole journal is added up, to see whether it balances, and completed with invoices that are older than it. */
  WATCH_JOURNAL_EVERY: durationMs().pipe(z.int().min(10)).default(3_600_000),
  /** The order service: it alone keeps the addresses that stand on invoices. */
  ORDER_URL: url(['http', 'https']).default('http://127.0.0.1:4702'),
});
export type BillingConfig = z.output<typeof BillingConfig>;
