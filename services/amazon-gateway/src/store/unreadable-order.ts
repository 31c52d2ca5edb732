import { type Clock, orderIdOf } from '@orderbus/kernel';
import { aggregates, type Target } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { EntitySchema } from 'typeorm';
import { decideUnreadable, type UnreadableCommand, type UnreadableContext, type UnreadableOrder } from '../domain/unreadable.ts';

export const UnreadableOrderEntity = new EntitySchema<UnreadableOrder>({
  name: 'unreadable_order',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    amazonOrderId: { name: 'amazon_order_id', type: 'text', nullable: true },
    contentHash: { name: 'content_hash', type: 'text' },
    sealedRaw: { name: 'sealed_raw', type: 'text' },
    problems: { type: 'jsonb' },
    firstSeenAt: { name: 'first_seen_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
    resolvedAt: { name: 'resolved_at', type: 'timestamptz', nullable: true },
  },
});

/** What Amazon sent and nobody can read. The key is the row's own id: its events are not the order's. */
export const unreadableOrders = (sealer: KeyRing, clock: Clock): Target<UnreadableCommand> =>
  aggregates<UnreadableOrder, UnreadableCommand, UnreadableContext>({
    name: 'unreadableOrders',
    entity: UnreadableOrderEntity,
    decide: decideUnreadable,
    context: async () => ({
      context: { now: clock.now().toISOString(), seal: (raw, rawId) => sealer.seal(raw, rawId) },
      finish: async () => {},
    }),
  });

/** One row per order; an order without even a number is known by its content. */
export const rawIdOf = (storeId: string, amazonOrderId: string | undefined, contentHash: string): string =>
  orderIdOf(storeId, `unreadable:${amazonOrderId ?? `content:${contentHash}`}`);
