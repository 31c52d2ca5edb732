import type { Database } from '@orderbus/outbox';

const tables = {
  timeline_entry: 'id',
  order_facts: 'order_id',
  day_sales: 'tenant, marketplace_id, time_zone, day, currency',
  state_count: 'tenant, state',
  need: 'kind, subject',
  store_activity: 'tenant',
} as const;

/** Everything that is kept, row by row. */
export const readModelOf = async (database: Database): Promise<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(tables).map(async ([table, key]) => [
        table,
        (await database.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table} t order by ${key}`)).map(({ row }) => row),
      ]),
    ),
  );
