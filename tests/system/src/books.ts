import { query } from './sql.ts';

export interface Books {
  /** Products whose stock is not what reservations and movements say. */
  readonly wrong: string[];
  /** Units set aside, by order. */
  readonly reserved: ReadonlyMap<string, number>;
}

/** Reserved = what open reservations hold = the sum of the movements; on hand = the sum of the movements. Of one moment. */
export const booksOf = async (databaseUrl: string): Promise<Books> => {
  const wrong = await query<{ sku: string }>(
    databaseUrl,
    `select s.*, l.held, m.on_hand as moved_on_hand, m.reserved as moved_reserved from fulfillment.stock s
     left join (select sku, location, sum(delta_on_hand)::int as on_hand, sum(delta_reserved)::int as reserved
                from fulfillment.stock_movement group by sku, location) m using (sku, location)
     left join (select sku, sum(reserved)::int as held from fulfillment.reservation_line where from_stock group by sku) l using (sku)
     where s.reserved <> coalesce(m.reserved, 0) or s.on_hand <> coalesce(m.on_hand, 0)
       or (select sum(reserved) from fulfillment.stock o where o.sku = s.sku) <> coalesce(l.held, 0)`,
  );
  const lines = await query<{ id: string; units: number }>(
    databaseUrl,
    'select order_id as id, sum(reserved)::int as units from fulfillment.reservation_line group by 1',
  );
  return {
    wrong: wrong.map((row) => `the books of a product do not balance: ${JSON.stringify(row)}`),
    reserved: new Map(lines.map(({ id, units }) => [id, units])),
  };
};

/** In every event log, the events of an aggregate are numbered from 1 without gaps. */
export const gapsIn = async (databaseUrl: string): Promise<string[]> => {
  const gaps = await Promise.all(
    ['gateway', 'orders', 'fulfillment', 'billing', 'notification'].map((schema) =>
      query<{ id: string }>(
        databaseUrl,
        `select aggregate_id as id from ${schema}.event_log group by 1
         having count(*) <> max(aggregate_version) or min(aggregate_version) <> 1`,
      ).then((rows) => rows.map(({ id }) => `${schema}: the events of ${id} are not numbered without gaps`)),
    ),
  );
  return gaps.flat();
};
