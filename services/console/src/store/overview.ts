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
