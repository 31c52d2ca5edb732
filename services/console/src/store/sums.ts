import type { Transaction } from '@orderbus/outbox';
import type { DaySales, StateCount } from '../domain/sales.ts';

/** Rows that come to nothing are taken out, so that the sums do not tell what else there once was. */
export const addSales = async (tx: Transaction, changes: readonly DaySales[]): Promise<void> => {
  if (changes.length === 0) return;
  const keys = [
    changes.map(({ tenant }) => tenant),
    changes.map(({ marketplaceId }) => marketplaceId),
    changes.map(({ timeZone }) => timeZone),
    changes.map(({ day }) => day),
    changes.map(({ currency }) => currency),
  ];
  await tx.query(
    `insert into day_sales as s (tenant, marketplace_id, time_zone, day, currency, orders, units, revenue_minor)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[], $6::int[], $7::int[], $8::bigint[])
     on conflict (tenant, marketplace_id, time_zone, day, currency) do update set
       orders = s.orders + excluded.orders, units = s.units + excluded.units, revenue_minor = s.revenue_minor + excluded.revenue_minor`,
    [...keys, changes.map(({ orders }) => orders), changes.map(({ units }) => units), changes.map(({ revenueMinor }) => revenueMinor)],
  );
  if (changes.every(({ orders }) => orders > 0)) return;
  await tx.query(
    `delete from day_sales s using unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[]) as c(tenant, marketplace, zone, day, currency)
     where (s.tenant, s.marketplace_id, s.time_zone, s.day, s.currency) = (c.tenant, c.marketplace, c.zone, c.day, c.currency)
       and s.orders = 0 and s.units = 0 and s.revenue_minor = 0`,
    keys,
  );
};

export const addCounts = async (tx: Transaction, changes: readonly StateCount[]): Promise<void> => {
  if (changes.length === 0) return;
  const keys = [changes.map(({ tenant }) => tenant), changes.map(({ state }) => state)];
  await tx.query(
    `insert into state_count as s (tenant, state, orders) select * from unnest($1::text[], $2::text[], $3::int[])
     on conflict (tenant, state) do update set orders = s.orders + excluded.orders`,
    [...keys, changes.map(({ orders }) => orders)],
  );
  await tx.query(
    `delete from state_count s using unnest($1::text[], $2::text[]) as c(tenant, state)
     where s.tenant = c.tenant and s.state = c.state and s.orders = 0`,
    keys,
  );
};
