import type { DatabaseOptions, Subscription } from '@orderbus/outbox';
import type { SealedColumn } from '@orderbus/service-kit';
import type { z } from 'zod';

/** What an installation has to have ready for a service, before the service starts. */
export interface Resident {
  readonly name: string;
  readonly schema: string;
  readonly migrations: DatabaseOptions['migrations'];
  readonly subscriptions: readonly Subscription[];
  /** The schema of its environment. */
  readonly config: z.ZodObject;
  /** Of a service that keeps something sealed. */
  readonly keys?: { readonly ring: RingName; readonly sealed: readonly SealedColumn[] };
}

/**
 * Who shares keys. What the gateway seals of a buyer, order opens, and nobody else may be able to. Notification keeps URLs and secrets of webhooks, and
 * access the keys that tokens are signed with: nobody else's business either.
 */
export type RingName = 'buyers' | 'notification' | 'access';
