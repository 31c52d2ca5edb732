import type { Database } from '@orderbus/outbox';

export interface ReferredOrder {
  readonly id: string;
  readonly tenant: string;
}

/** The orders that these numbers name, ours or Amazon's. Several stores may have an order with the same number of ours. Without `tenants`, in all of them. */
export const ordersByReference = async (
  database: Database,
  references: readonly string[],
  tenants: readonly string[] | undefined,
): Promise<Map<string, ReferredOrder[]>> => {
  const rows = await database.query<ReferredOrder & { reference: string }>(referenceStatement, [[...new Set(references)], tenants ?? null]);
  const found = new Map<string, ReferredOrder[]>();
  for (const { reference, ...order } of rows) found.set(reference, [...(found.get(reference) ?? []), order]);
  return found;
};

export const referenceStatement = `select distinct u.reference, o.id, o.tenant
     from unnest($1::text[]) as u(reference)
     cross join lateral (
       select id, tenant from shipping_order where amazon_order_id = u.reference
       union select id, tenant from shipping_order where number = u.reference) o
     where $2::text[] is null or o.tenant = any($2)`;
