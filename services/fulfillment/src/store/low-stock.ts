import { allStores } from '@orderbus/contracts';
import { newId, orderIdOf } from '@orderbus/kernel';
import { append, type CausedEvent, type Execution, type Transaction, upsert } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import { decideLowStock, type Left, type SaidOfStock } from '../domain/low-stock.ts';

interface StockWatch extends SaidOfStock {
  readonly sku: string;
  /** The number of events about it. */
  readonly version: number;
}

export const StockWatchEntity = new EntitySchema<StockWatch>({
  name: 'StockWatch',
  tableName: 'stock_watch',
  columns: { sku: { type: 'text', primary: true }, version: { type: 'int' }, low: { type: 'boolean' } },
});

/** The key of a product's stock: its events are not those of an order. */
const stockIdOf = (sku: string): string => orderIdOf(allStores, `stock:${sku}`);

/**
 * Says which products have become few, and which no longer are; up to `limit` of them, and answers with how many it was. One instance looks
 * at a time, beside whatever moves the stock meanwhile: it locks no product, and costs those who reserve nothing.
 */
export const tellLowStock = async ({ database, clock, committed }: Execution, lowAt: number | null, limit: number): Promise<number> => {
  const told = await database.transaction(async (tx) => {
    const [lock]: { got: boolean }[] = await tx.query(
      `select pg_try_advisory_xact_lock(hashtext(current_schema() || ':low-stock')) as got`,
    );
    if (!lock?.got) return 0;
    const rows: StockWatch[] = [];
    const events: CausedEvent[] = [];
    for (const { version, low, ...left } of await crossings(tx, lowAt, limit)) {
      const decision = decideLowStock({ low }, left);
      if ('refused' in decision) continue;
      rows.push({ ...decision.state, sku: left.sku, version: version + decision.events.length });
      const cause = { tenant: allStores, correlationId: newId() };
      events.push(
        ...decision.events.map((event, n) => ({
          event: { ...event, aggregateId: stockIdOf(left.sku), aggregateVersion: version + n + 1 },
          cause,
        })),
      );
    }
    await upsert(tx, StockWatchEntity, rows);
    await append(tx, events, clock);
    return rows.length;
  });
  if (told > 0) committed();
  return told;
};

/** A product that never had a unit has not run low: it was made known, and waits for its first count. */
const crossings = (tx: Transaction, lowAt: number | null, limit: number): Promise<(Left & StockWatch)[]> =>
  tx.query(
    `with wanted as materialized (
       select p.sku, p.title, coalesce(p.low_stock_at, $1) as low_at, p.enabled and p.manage_stock as counted, coalesce(w.low, false) as low,
         coalesce(w.version, 0) as version
       from product p left join stock_watch w using (sku)
       where w.low or (p.enabled and p.manage_stock and coalesce(p.low_stock_at, $1) is not null)),
     units as (
       select sku, coalesce(sum(on_hand - reserved) filter (where place.enabled), 0)::int as available
       from wanted join stock using (sku) join location place on place.code = stock.location group by sku),
     found as (select * from wanted join units using (sku))
     select sku, title, available, low_at as "lowAt", counted, low, version from found
     where low <> (counted and low_at is not null and available <= low_at)
       and (low or available > 0 or exists (select from stock_movement m where m.sku = found.sku))
     order by sku limit $2`,
    [lowAt, limit],
  );
