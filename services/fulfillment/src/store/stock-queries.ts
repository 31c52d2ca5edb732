import type { Database } from '@orderbus/outbox';
import type { Movement } from '../domain/shelf.ts';

export interface StockView {
  readonly sku: string;
  readonly title: string;
  readonly enabled: boolean;
  readonly manageStock: boolean;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly locations: readonly {
    readonly location: string;
    readonly onHand: number;
    readonly reserved: number;
    readonly available: number;
  }[];
}

export interface StockFilter {
  readonly sku?: string | undefined;
  /** Only products with managed stock and at most so many units available. */
  readonly availableAtMost?: number | undefined;
}

/** By sku. */
export const listStock = (database: Database, filter: StockFilter, after: string | undefined, limit: number): Promise<StockView[]> =>
  database.query(
    `select sku, title, product.enabled, manage_stock as "manageStock", sum(on_hand) as "onHand", sum(reserved) as reserved,
       ${available} as available,
       json_agg(json_build_object('location', code, 'onHand', on_hand, 'reserved', reserved,
         'available', case when place.enabled then on_hand - reserved else 0 end) order by priority, code) as locations
     from product join stock using (sku) join location place on code = location
     where ($1::text is null or sku = $1) and ($2::int is null or manage_stock) and ($3::text is null or sku > $3)
     group by product.sku having $2::int is null or ${available} <= $2
     order by sku limit ${limit}`,
    [filter.sku ?? null, filter.availableAtMost ?? null, after ?? null],
  );

const available = 'coalesce(sum(on_hand - reserved) filter (where place.enabled), 0)';

export const findStock = async (database: Database, sku: string): Promise<StockView | undefined> =>
  (await listStock(database, { sku }, undefined, 1))[0];

export interface LoggedMovement extends Omit<Movement, 'orderId' | 'lineId' | 'note' | 'actor'> {
  readonly id: string;
  readonly at: string;
  readonly orderId: string | null;
  readonly lineId: string | null;
  readonly note: string | null;
  readonly actor: string | null;
}

/** Newest first. */
export const listMovements = (database: Database, sku: string, before: string | undefined, limit: number): Promise<LoggedMovement[]> =>
  database.query(
    `select id::text, sku, location, delta_on_hand as "deltaOnHand", delta_reserved as "deltaReserved", reason, note, actor,
       order_id as "orderId", line_id as "lineId", at
     from stock_movement where sku = $1 and ($2::bigint is null or id < $2) order by stock_movement.id desc limit ${limit}`,
    [sku, before ?? null],
  );
