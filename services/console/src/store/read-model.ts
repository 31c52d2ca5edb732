import { insertMissing, lockByIds, type Target, type Transaction, upsert } from '@orderbus/outbox';
import { heed, isOfOrder, type OrderFacts, unheardOf } from '../domain/order-facts.ts';
import { type Change, countChanges, salesChanges } from '../domain/sales.ts';
import { entryOf, type Heard, instant } from '../domain/timeline-entry.ts';
import { OrderFactsEntity, TimelineEntity } from './entities.ts';
import { noteNeeds } from './need-notes.ts';
import { addCounts, addSales } from './sums.ts';

/**
 * Everything that pages show of all services together. What is heard twice, late or in another order leads to the same, so that a rebuild may
 * tell it all once more while the day's events go on coming in.
 */
export const readModel: Target<Heard> = {
  name: 'read-model',
  run: async (tx, items) => {
    await alone(tx);
    const heard = items.map(({ command }) => command);
    await insertMissing(tx, TimelineEntity, heard.map(entryOf));
    await noteOrders(tx, heard);
    await noteNeeds(tx, heard);
    await noteActivity(tx, heard);
    return items.map(() => ({ events: [] }));
  },
};

/** One writer at a time: all of them add to the same few rows, the sums of this day. */
export const alone = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext(current_schema() || ':read-model'))`);
};

const noteOrders = async (tx: Transaction, heard: readonly Heard[]): Promise<void> => {
  const events = heard.map(({ event }) => event).filter(isOfOrder);
  const idOf = ({ data }: (typeof events)[number]): string => (data as { readonly orderId: string }).orderId;
  const before = await lockByIds(tx, OrderFactsEntity, [...new Set(events.map(idOf))]);
  const known = new Map(before.map((facts) => [facts.orderId, facts]));
  const after = new Map<string, OrderFacts>(known);
  for (const event of events) {
    const id = idOf(event);
    after.set(id, heed(after.get(id) ?? unheardOf(id, event.tenant), event));
  }
  const changes = [...after].flatMap(([id, facts]): Change[] => (facts === known.get(id) ? [] : [{ before: known.get(id), after: facts }]));
  await upsert(
    tx,
    OrderFactsEntity,
    changes.map((change) => change.after),
  );
  await addSales(tx, salesChanges(changes));
  await addCounts(tx, countChanges(changes));
};

const noteActivity = async (tx: Transaction, heard: readonly Heard[]): Promise<void> => {
  const latest = new Map<string, string>();
  for (const { event, recordedAt } of heard) {
    const at = instant(recordedAt);
    if (at > (latest.get(event.tenant) ?? '')) latest.set(event.tenant, at);
  }
  const tenants = [...latest.keys()].sort();
  await tx.query(
    `insert into store_activity as s (tenant, last_event_at) select * from unnest($1::text[], $2::timestamptz[])
     on conflict (tenant) do update set last_event_at = excluded.last_event_at where excluded.last_event_at > s.last_event_at`,
    [tenants, tenants.map((tenant) => latest.get(tenant))],
  );
};

/** What the rebuild starts from. */
export const emptyReadModel = async (tx: Transaction): Promise<void> => {
  await alone(tx);
  await tx.query('truncate timeline_entry, order_facts, day_sales, state_count, need, store_activity');
};
