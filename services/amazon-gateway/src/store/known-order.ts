import type { AmazonOrder, BuyerData } from '@orderbus/contracts';
import { AppError, type Clock } from '@orderbus/kernel';
import { aggregates, type Item, type Target, type Transaction } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { EntitySchema } from 'typeorm';
import { type KnownOrder, type Observe, type ObserveContext, observe } from '../domain/observe.ts';
import type { Snapshot } from '../domain/translate.ts';

export const KnownOrderEntity = new EntitySchema<KnownOrder>({
  name: 'amazon_order',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    amazonOrderId: { name: 'amazon_order_id', type: 'text' },
    marketplaceId: { name: 'marketplace_id', type: 'text' },
    fulfilledBy: { name: 'fulfilled_by', type: 'text' },
    status: { type: 'text' },
    amazonUpdatedAt: { name: 'amazon_updated_at', type: 'timestamptz' },
    contentHash: { name: 'content_hash', type: 'text' },
    sealedBuyer: { name: 'sealed_buyer', type: 'text', nullable: true },
    buyerPurgedAt: { name: 'buyer_purged_at', type: 'timestamptz', nullable: true },
    facts: { type: 'jsonb', nullable: true },
    importedAt: { name: 'imported_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
  },
});

/** The orders as Amazon shows them. The key is the order's id. */
export const amazonOrders = (sealer: KeyRing, clock: Clock): Target<Observe> =>
  aggregates<KnownOrder, Observe, ObserveContext>({
    name: 'amazonOrders',
    entity: KnownOrderEntity,
    decide: observe,
    context: async (tx, items) => ({
      context: {
        lastShown: await lastShownIn(tx, items),
        now: clock.now().toISOString(),
        seal: (buyer, orderId) => sealer.seal(buyer, orderId),
        open: (sealed, orderId) => openIfPossible(sealer, sealed, orderId),
        isOutdated: (sealed) => sealer.isOutdated(sealed),
        fingerprint: sealer.fingerprint,
      },
      finish: async () => {},
    }),
  });

/** How an order was last published stands in the log alone. */
export const lastPictures = 'exists (select from amazon_order o where o.id = e.aggregate_id and o.version = e.aggregate_version)';

/** The orders as they were last published, of those that Amazon shows in part only. Nothing is read when it shows everything. */
const lastShownIn = async (tx: Transaction, items: readonly Item<Observe>[]): Promise<ObserveContext['lastShown']> => {
  const ids = items.filter(({ command }) => (command.without ?? []).length > 0).map(({ key }) => key);
  if (ids.length === 0) return () => undefined;
  const rows: { id: string; data: AmazonOrder }[] = await tx.query(
    `select o.id, e.data from amazon_order o join event_log e on e.aggregate_id = o.id and e.aggregate_version = o.version
     where o.id = any($1::uuid[])`,
    [ids],
  );
  const shown = new Map(rows.map(({ id, data: { sealedBuyer: _, buyerData: __, ...snapshot } }): [string, Snapshot] => [id, snapshot]));
  return (orderId) => shown.get(orderId);
};

/** What was sealed with a key that is gone cannot be added to, but it is still passed on. */
const openIfPossible = (sealer: KeyRing, sealed: string, orderId: string): BuyerData | undefined => {
  try {
    return sealer.open(sealed, orderId) as BuyerData;
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return undefined;
    throw error;
  }
};
