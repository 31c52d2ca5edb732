import type { Database } from '@orderbus/outbox';
import type { State } from '../domain/states.ts';

/** Which stores are looked into; without any, all of them. */
export interface InStores {
  readonly tenants: readonly string[] | undefined;
}

export interface SalesOfDay {
  readonly timeZone: string;
  readonly day: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly revenueMinor: number;
}

export interface SalesInAll {
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly revenueMinor: number;
}

export interface RecentOrder {
  readonly orderId: string;
  readonly tenant: string;
  readonly number: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly purchasedAt: string;
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly units: number;
  readonly shipBy: string | null;
  readonly beneath: State;
  readonly heldVersion: number;
  readonly freeVersion: number;
}

const ofStores = '($1::text[] is null or tenant = any($1))';

export const salesSince = (database: Database, { tenants }: InStores, day: string): Promise<SalesOfDay[]> =>
  database.query(
    `select time_zone as "timeZone", day::text, currency, sum(orders)::int as orders, sum(units)::int as units,
       sum(revenue_minor)::bigint as "revenueMinor"
     from day_sales where ${ofStores} and day >= $2::date group by time_zone, day, currency`,
    [tenants, day],
  );

export const salesInAll = (database: Database, { tenants }: InStores): Promise<SalesInAll[]> =>
  database.query(
    `select currency, sum(orders)::int as orders, sum(units)::int as units, sum(revenue_minor)::bigint as "revenueMinor"
     from day_sales where ${ofStores} group by currency order by currency`,
    [tenants],
  );

export const countsByState = (database: Database, { tenants }: InStores): Promise<{ state: State; orders: number }[]> =>
  database.query(`select state, sum(orders)::int as orders from state_count where ${ofStores} group by state`, [tenants]);

export const activity = (database: Database, { tenants }: InStores): Promise<{ tenant: string; lastEventAt: string }[]> =>
  database.query(`select tenant, last_event_at as "lastEventAt" from store_activity where ${ofStores} and tenant <> '*' order by tenant`, [
    tenants,
  ]);

const columns = `order_id as "orderId", tenant, number, amazon_order_id as "amazonOrderId", marketplace_id as "marketplaceId",
  purchased_at as "purchasedAt", currency, total_minor as "totalMinor", units, ship_by as "shipBy", beneath,
  held_version as "heldVersion", free_version as "freeVersion"`;

/** The last that were bought. For some stores, those of each are taken from its own end of the index. */
export const recentOrders = (database: Database, { tenants }: InStores, limit: number): Promise<RecentOrder[]> => {
  const newest = `order by purchased_at desc, order_id limit ${limit}`;
  if (tenants === undefined) return database.query(`select ${columns} from order_facts where created ${newest}`);
  return database.query(
    `select o.* from unnest($1::text[]) t(name) cross join lateral (
       select ${columns} from order_facts where created and tenant = t.name ${newest}) o
     order by o."purchasedAt" desc, o."orderId" limit ${limit}`,
    [tenants],
  );
};
