import { durationMs, keySettings, list } from '@orderbus/service-kit';
import { z } from 'zod';
import { readAllowedHost } from './target/target.ts';

const allowedHost = z.string().transform((text, ctx) => {
  const host = readAllowedHost(text);
  if (host) return host;
  ctx.issues.push({ code: 'custom', message: 'Invalid host: expected host or host:port', input: undefined });
  return z.NEVER;
});

const [s, m, h] = [1_000, 60_000, 3_600_000];

/** What is said of webhooks in the service's environment. */
export const webhookSettings = {
  /** Seals what nobody may read in the database. The service has keys of its own: it opens nothing of the buyers'. */
  ...keySettings,
  /** Hosts of the operator's own network that people may name as targets: with http, too, and whatever their addresses. */
  WEBHOOK_ALLOWED_HOSTS: list().pipe(z.array(allowedHost)).default([]),
  /** Between the attempts of a delivery, each a fifth shorter or longer; when they are used up, it has failed. A day in all. */
  WEBHOOK_RETRY_DELAYS: list()
    .pipe(z.array(durationMs()).min(1))
    .default([10 * s, m, 5 * m, 15 * m, h, 2 * h, 4 * h, 8 * h, 8 * h]),
  /** How long a target may take with a call. */
  WEBHOOK_DEADLINE: durationMs().pipe(z.number().min(100).max(60_000)).default(10_000),
  /** Calls at once for each webhook, in each replica. */
  WEBHOOK_CONCURRENCY: z.coerce.number().int().min(1).max(50).default(4),
  /** How long a target may do nothing but fail before its webhook is paused. */
  WEBHOOK_PAUSE_AFTER: durationMs().default(72 * h),
  /** How long events are kept for replays, and deliveries for being looked at. */
  WEBHOOK_EVENTS_KEPT: durationMs().default(720 * h),
};
export type WebhookSettings = z.output<z.ZodObject<typeof webhookSettings>>;
