import { list } from '@orderbus/service-kit';
import { z } from 'zod';
import { readAllowedHost } from './target/target.ts';

const allowedHost = z.string().transform((text, ctx) => {
  const host = readAllowedHost(text);
  if (host) return host;
  ctx.issues.push({ code: 'custom', message: 'Invalid host: expected host or host:port', input: undefined });
  return z.NEVER;
});

/** What is said of webhooks in the service's environment. */
export const webhookSettings = {
  /** Hosts of the operator's own network that people may name as targets: with http, too, and whatever their addresses. */
  WEBHOOK_ALLOWED_HOSTS: list().pipe(z.array(allowedHost)).default([]),
};
