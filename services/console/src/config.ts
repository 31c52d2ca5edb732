import { fileURLToPath } from 'node:url';
import { durationMs, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { ownerAddresses } from './services/owners.ts';

export const ConsoleConfig = z.object({
  ...serviceSettings,
  /** Where the HTTP APIs are that pages use: `order=http://…,billing=http://…`. */
  SERVICES: ownerAddresses(),
  /** Where browsers find the console: what changes something comes from a page of there. */
  PUBLIC_URL: url(['http', 'https']),
  /** Where browsers find the access service, to sign in. Under the same host name: both read its cookie. */
  ACCESS_PUBLIC_URL: url(['http', 'https']),
  /** Where browsers find the sandbox that stands for Amazon, if it does. */
  SANDBOX_URL: url(['http', 'https']).optional(),
  /** Where it is from here, if that is elsewhere. */
  SANDBOX_INTERNAL_URL: url(['http', 'https']).optional(),
  /** How long the console itself knows what happened to an order. The owners' event logs know it longer. */
  TIMELINE_KEPT: durationMs()
    .pipe(z.int().min(30 * 86_400_000, 'Thirty days at least: 30d'))
    .default(400 * 86_400_000),
  /** What the build of the pages has made. */
  WEB_FOLDER: z.string().default(fileURLToPath(new URL('../web/dist', import.meta.url))),
});
export type ConsoleConfig = z.output<typeof ConsoleConfig>;
