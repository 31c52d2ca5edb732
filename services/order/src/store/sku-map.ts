import type { Database, Item, Transaction } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';

/** What a store sells under its name is a product of ours. */
export interface Mapping {
  readonly sellerSku: string;
  readonly sku: string;
}

export const listMappings = (database: Database, tenant: string, after: string | undefined, limit: number): Promise<Mapping[]> =>
  database.query(
    `select seller_sku as "sellerSku", sku from sku_map where tenant = $1 and ($2::text is null or seller_sku > $2)
     order by seller_sku limit ${limit}`,
    [tenant, after ?? null],
  );

/** Adds and replaces; what waits for one of these products is looked at again. */
export const putMappings = (database: Database, tenant: string, mappings: readonly Mapping[]): Promise<void> =>
  database.transaction(async (tx) => {
    const sellerSkus = mappings.map(({ sellerSku }) => sellerSku);
    await tx.query(
      `insert into sku_map (tenant, seller_sku, sku) select $1, * from unnest($2::text[], $3::text[]) as u(seller_sku, sku) order by 2
       on conflict (tenant, seller_sku) do update set sku = excluded.sku`,
      [tenant, sellerSkus, mappings.map(({ sku }) => sku)],
    );
    await lookAgain(tx, tenant, sellerSkus);
  });

/** Whether there was one. */
export const removeMapping = (database: Database, tenant: string, sellerSku: string): Promise<boolean> =>
  database.transaction(async (tx) => {
    const [removed]: [unknown[], number] = await tx.query(
      'delete from sku_map where tenant = $1 and seller_sku = $2 returning seller_sku',
      [tenant, sellerSku],
    );
    await lookAgain(tx, tenant, [sellerSku]);
    return removed.length > 0;
  });

/** The names that the lines of this batch are known by: in one query, whatever the number of lines. */
export const skuBook = async (tx: Transaction, items: readonly Item<Command>[]): Promise<(tenant: string, sellerSku: string) => string> => {
  const sold = items.flatMap(({ command, cause: { tenant } }) =>
    command.type === 'observe' ? command.snapshot.lines.map(({ sku }) => ({ tenant, sku })) : [],
  );
  const again = items.filter(({ command }) => command.type === 'reconsider').map(({ key }) => key);
  if (sold.length + again.length === 0) return (_, sellerSku) => sellerSku;
  const rows: (Mapping & { tenant: string })[] = await tx.query(
    `select m.tenant, m.seller_sku as "sellerSku", m.sku
     from (
       select * from unnest($1::text[], $2::text[]) as u(tenant, seller_sku)
       union select o.tenant, ${soldAs('l')} from orders o, jsonb_array_elements(o.lines) as l where o.id = any($3::uuid[])
     ) wanted join sku_map m using (tenant, seller_sku)`,
    [sold.map(({ tenant }) => tenant), sold.map(({ sku }) => sku), again],
  );
  const known = new Map(rows.map(({ tenant, sellerSku, sku }) => [JSON.stringify([tenant, sellerSku]), sku]));
  return (tenant, sellerSku) => known.get(JSON.stringify([tenant, sellerSku])) ?? sellerSku;
};

/** What orders of the store wait for, and nobody knows: with the number of these orders, the most wanted first. */
export const unknownSkus = (database: Database, tenant: string, limit: number): Promise<{ sellerSku: string; orders: number }[]> =>
  database.query(
    `select ${soldAs('l')} as "sellerSku", count(distinct o.id)::int as orders
     from blocker b join orders o on o.id = b.order_id, jsonb_array_elements(o.block_reasons) as r, jsonb_array_elements(o.lines) as l
     where b.tenant = $1 and r ->> 'cause' = 'unknown-sku' and l ->> 'sku' = r ->> 'sku'
     group by 1 order by 2 desc, 1 limit ${limit}`,
    [tenant],
  );

/** Our products, as far as the store's mappings and its latest orders tell: those whose stock was found. */
export const knownSkus = async (database: Database, tenant: string): Promise<string[]> => {
  const rows = await database.query<{ sku: string }>(
    `select sku from sku_map where tenant = $1
     union select l ->> 'sku' from (
       select order_id from order_list where tenant = $1 order by tenant, purchased_at desc limit ${ordersLookedAt}
     ) latest join orders o on o.id = latest.order_id, jsonb_array_elements(o.lines) as l
     where o.stock = 'reserved'`,
    [tenant],
  );
  return rows.map(({ sku }) => sku);
};

const ordersLookedAt = 2_000;

const soldAs = (line: string): string => `coalesce(${line} ->> 'sellerSku', ${line} ->> 'sku')`;

const lookAgain = (tx: Transaction, tenant: string, sellerSkus: readonly string[]): Promise<unknown> =>
  tx.query(
    `update blocker b set next_try_at = now() from orders o
     where b.tenant = $1 and o.id = b.order_id
       and exists (select from jsonb_array_elements(o.lines) as l where ${soldAs('l')} = any($2::text[]))`,
    [tenant, sellerSkus],
  );
