import type { Database } from '@orderbus/outbox';
import type { EntitySchemaColumnOptions } from 'typeorm';
import type { Order } from '../domain/order.ts';
import { orderEntity } from './order-entity.ts';
import type { Position } from './sorts.ts';

/** An order with what only the list knows. */
export interface ListedOrder extends Order {
  /** Empty: Amazon has not said. */
  readonly shipToCountry: string;
  readonly updatedAt: string;
  readonly position: Position;
}

/** The orders at these places, in their order. */
export const ordersAt = async (database: Pick<Database, 'query'>, places: readonly Position[]): Promise<ListedOrder[]> => {
  if (places.length === 0) return [];
  const rows = await database.query<Omit<ListedOrder, 'position'>>(
    `select ${columns('o')}, l.ship_to_country as "shipToCountry", l.updated_at as "updatedAt"
     from orders o join order_list l on l.order_id = o.id where o.id = any($1::uuid[])`,
    [places.map(({ id }) => id)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap((position) => {
    const row = byId.get(position.id);
    return row === undefined ? [] : [{ ...row, position }];
  });
};

/** The orders that this text may mean: our id, our number, or Amazon's. Numbers are only unique within a store. */
export const findOrders = (database: Database, reference: string, tenant: string | undefined): Promise<Order[]> =>
  database.query<Order>(...findStatement(reference, tenant));

/** The stores of these orders; of those that there are not, none. */
export const storesOfOrders = async ({ query }: Pick<Database, 'query'>, orderIds: readonly string[]): Promise<string[]> =>
  (await query<{ tenant: string }>('select distinct tenant from orders where id = any($1::uuid[])', [orderIds])).map(
    ({ tenant }) => tenant,
  );

/** Exported for the test that looks at how the database runs it. */
export const findStatement = (reference: string, tenant: string | undefined): [sql: string, parameters: unknown[]] => {
  const by = uuid.test(reference) ? 'id = $1::uuid' : '(number = $1 or amazon_order_id = $1 or former_number = $1)';
  return [
    `select ${columns('orders')} from orders where ${by} and ($2::text is null or tenant = $2) order by tenant limit 20`,
    [reference, tenant ?? null],
  ];
};

const columns = (table: string): string =>
  Object.entries(orderEntity.options.columns as Record<string, EntitySchemaColumnOptions>)
    .map(([property, { name }]) => `${table}.${name ?? property} as "${property}"`)
    .join(', ');

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
