import { documentIdOf, newId } from '@orderbus/kernel';
import { append, type CausedEvent, type Execution, type Transaction, upsert } from '@orderbus/outbox';
import { type Due, decideDeadline, type Moment } from '../domain/deadline.ts';
import { WatchEntity, type WatchRow } from './deadline-entity.ts';
import { hasUnits, obstaclesOf } from './left-to-ship.ts';

interface DueOrder extends Due {
  readonly orderId: string;
  readonly tenant: string;
}

/**
 * Says what there is to say about up to `limit` deadlines, and answers with how many it was. Orders that another instance looks at just now
 * are left to it. What was said before is read after the locks: whoever has waited for one sees what was said under it.
 */
export const tellDeadlines = async (execution: Execution, moment: Moment, limit: number): Promise<number> => {
  const { database, clock, committed } = execution;
  const told = await database.transaction(async (tx) => {
    const orders = await lockDue(tx, moment, limit);
    const ids = orders.map(({ orderId }) => orderId);
    const before = await watchesOf(tx, ids);
    const rows: WatchRow[] = [];
    const events: CausedEvent[] = [];
    for (const order of orders) {
      const watch = before.get(order.orderId);
      const decision = decideDeadline(watch, order, order.orderId, moment);
      if ('refused' in decision) continue;
      const version = watch?.version ?? 0;
      const cause = { tenant: order.tenant, correlationId: newId() };
      const aggregateId = documentIdOf(order.orderId, 'ship-by');
      rows.push({ ...decision.state, orderId: order.orderId, tenant: order.tenant, version: version + decision.events.length });
      events.push(...decision.events.map((event, n) => ({ event: { ...event, aggregateId, aggregateVersion: version + n + 1 }, cause })));
    }
    await upsert(tx, WatchEntity, rows);
    await append(tx, events, clock);
    return rows.length;
  });
  if (told > 0) committed();
  return told;
};

/** Orders about which something is to be said, the most urgent first; then those of which something is to be taken back. */
const lockDue = (tx: Transaction, { now, alertMs }: Moment, limit: number): Promise<DueOrder[]> =>
  tx.query(
    `select o.id as "orderId", o.tenant, o.number, o.amazon_order_id as "amazonOrderId", o.ship_by as "shipBy",
       o.state = 'canceled' as canceled, (${hasUnits}) as "leftToShip", ${obstaclesOf} as obstacles
     from shipping_order o where o.id in (
       (select o.id from shipping_order o left join ship_by_watch w on w.order_id = o.id
        where ${hasUnits} and o.ship_by <= $2 and ${untold} order by o.ship_by limit $3)
       union all
       (select o.id from ship_by_watch w join shipping_order o on o.id = w.order_id
        where w.level <> 'settled' and (not (${hasUnits}) or o.ship_by is distinct from w.ship_by) limit $3))
     limit $3 for update of o skip locked`,
    [now.toISOString(), new Date(now.getTime() + alertMs).toISOString(), limit],
  );

const untold = `(w.order_id is null or w.level = 'settled' or w.ship_by <> o.ship_by or (w.level = 'at-risk' and o.ship_by < $1))`;

const watchesOf = async (tx: Transaction, ids: readonly string[]): Promise<Map<string, WatchRow>> => {
  const rows: WatchRow[] = await tx.query(
    `select order_id as "orderId", tenant, version, level, ship_by as "shipBy" from ship_by_watch where order_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.orderId, row]));
};
