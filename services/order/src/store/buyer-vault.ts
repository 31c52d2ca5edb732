import type { Item, Target } from '@orderbus/outbox';

/** The sealed buyer of an order, as the gateway's snapshot of this version brought it. */
export interface KeepBuyer {
  readonly sealed: string;
  readonly version: number;
}

/** Buyers, sealed, apart from their orders: replaced only by a later snapshot, and never by nothing. */
export const buyerVault: Target<KeepBuyer> = {
  name: 'buyer-vault',
  run: async (tx, items) => {
    const newest = newestByOrder(items);
    // Written in id order: two batches can never wait for each other in a circle.
    const ids = [...newest.keys()].sort();
    const buyers = ids.map((id) => newest.get(id) as KeepBuyer);
    await tx.query(
      `insert into buyer_vault as v (order_id, sealed, amazon_version)
       select * from unnest($1::uuid[], $2::text[], $3::int[])
       on conflict (order_id) do update set sealed = excluded.sealed, amazon_version = excluded.amazon_version, updated_at = now()
       where excluded.amazon_version > v.amazon_version`,
      [ids, buyers.map(({ sealed }) => sealed), buyers.map(({ version }) => version)],
    );
    return items.map(() => ({ events: [] }));
  },
};

const newestByOrder = (items: readonly Item<KeepBuyer>[]): Map<string, KeepBuyer> => {
  const newest = new Map<string, KeepBuyer>();
  for (const { key, command } of items) {
    const other = newest.get(key);
    if (other === undefined || command.version > other.version) newest.set(key, command);
  }
  return newest;
};
