import type { Database } from '@orderbus/outbox';
import type { TimelineEntry } from '../domain/timeline-entry.ts';

/** As many as an order can have before something is wrong with it. */
const most = 2_000;

/** By when it was recorded, since all services share a clock there: an effect never stands before its cause, whatever Amazon's clock says. */
export const timelineOf = (database: Database, orderId: string): Promise<TimelineEntry[]> =>
  database.query(
    `select id, service, type, version, aggregate_id as "aggregateId", aggregate_version as "aggregateVersion", tenant,
       order_id as "orderId", occurred_at as "occurredAt", recorded_at as "recordedAt", correlation_id as "correlationId",
       causation_id as "causationId", person, data
     from timeline_entry where order_id = $1::uuid order by recorded_at, id limit ${most}`,
    [orderId],
  );

/** Whose order it is, as far as anything was heard of it. */
export const storeOf = async (database: Database, orderId: string): Promise<string | undefined> => {
  const [row] = await database.query<{ tenant: string }>(
    `(select tenant from timeline_entry where order_id = $1::uuid limit 1) union all
     (select tenant from order_facts where order_id = $1::uuid) limit 1`,
    [orderId],
  );
  return row?.tenant;
};

export const amazonOrderIdOf = async (database: Database, orderId: string): Promise<string | undefined> => {
  const [row] = await database.query<{ amazonOrderId: string | null }>(
    'select amazon_order_id as "amazonOrderId" from order_facts where order_id = $1::uuid',
    [orderId],
  );
  return row?.amazonOrderId ?? undefined;
};
