import type { Database } from '@orderbus/outbox';
import type { EntitySchemaColumnOptions } from 'typeorm';
import type { Order } from '../domain/order.ts';
import { conditionsOf, type Filters } from './filters.ts';
import { orderEntity } from './order-entity.ts';

/** The place of a row in the list. */
export interface Position {
  readonly purchasedAt: string;
  readonly id: string;
}

/** Newest purchase first. What never became an order is listed only when its status is asked for. */
export const listOrders = (database: Database, filters: Filters, after: Position | undefined, limit: number): Promise<Order[]> =>
  database.query<Order>(...listStatement(filters, after, limit));

/** The statements are exported for the test that looks at how the database runs them. */
export const listStatement = (filters: Filters, after: Position | undefined, limit: number): [sql: string, parameters: unknown[]] => {
  const { conditions, parameters } = conditionsOf(filters);
  if (filters.status === undefined) conditions.push('number is not null');
  if (after !== undefined) {
    parameters.push(after.purchasedAt, after.id);
    conditions.push(`(purchased_at, id) < ($${parameters.length - 1}::timestamptz, $${parameters.length}::uuid)`);
  }
  parameters.push(limit);
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return [`select ${columns} from orders ${where} order by purchased_at desc, id desc limit $${parameters.length}`, parameters];
};

/** The orders that this text may mean: our id, our number, or Amazon's. Numbers are only unique within a store. */
export const findOrders = (database: Database, reference: string, tenant: string | undefined): Promise<Order[]> =>
  database.query<Order>(...findStatement(reference, tenant));

export const findStatement = (reference: string, tenant: string | undefined): [sql: string, parameters: unknown[]] => {
  const by = uuid.test(reference) ? 'id = $1::uuid' : '(number = $1 or amazon_order_id = $1)';
  return [
    `select ${columns} from orders where ${by} and ($2::text is null or tenant = $2) order by tenant limit 20`,
    [reference, tenant ?? null],
  ];
};

const columns = Object.entries(orderEntity.options.columns as Record<string, EntitySchemaColumnOptions>)
  .map(([property, { name }]) => (name === undefined ? property : `${name} as "${property}"`))
  .join(', ');

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
