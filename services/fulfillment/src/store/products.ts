import { isDeepStrictEqual } from 'node:util';
import { type Database, insertNew, type Transaction, updateExisting } from '@orderbus/outbox';
import { mainLocation } from '../domain/shelf.ts';
import { type Product, ProductEntity, StockEntity } from './entities.ts';

/** A product to create or change. What is absent stays as it is; a new product is enabled and its stock managed. */
export type ProductChange = Pick<Product, 'sku' | 'title'> & {
  readonly [K in 'enabled' | 'manageStock' | 'lowStockAt']?: Product[K] | undefined;
};

export type Upserted = 'created' | 'changed' | 'unchanged';

/**
 * Creates and changes products, locked in sku order so that two imports cannot wait for each other in a circle. New ones have no stock yet.
 * Answers with what became of each, by sku.
 */
export const upsertProducts = async (tx: Transaction, changes: readonly ProductChange[]): Promise<ReadonlyMap<string, Upserted>> => {
  const known = await lockProducts(
    tx,
    changes.map(({ sku }) => sku),
  );
  const wanted = changes.toSorted((a, b) => (a.sku < b.sku ? -1 : 1)).map((change) => applied(known.get(change.sku), change));
  const created = wanted.filter(({ sku }) => !known.has(sku));
  const changed = wanted.filter((product) => differs(known.get(product.sku), product));
  await insertNew(tx, ProductEntity, created);
  await updateExisting(tx, ProductEntity, changed);
  await insertNew(
    tx,
    StockEntity,
    created.map(({ sku }) => ({ sku, location: mainLocation, onHand: 0, reserved: 0 })),
  );
  return new Map([
    ...changes.map(({ sku }) => [sku, 'unchanged'] as const),
    ...created.map(({ sku }) => [sku, 'created'] as const),
    ...changed.map(({ sku }) => [sku, 'changed'] as const),
  ]);
};

const columns = `sku, title, enabled, manage_stock as "manageStock", low_stock_at as "lowStockAt"`;

const lockProducts = async (tx: Transaction, skus: readonly string[]): Promise<Map<string, Product>> => {
  const rows: Product[] = await tx.query(`select ${columns} from product where sku = any($1::text[]) order by sku for no key update`, [
    skus,
  ]);
  return new Map(rows.map((row) => [row.sku, row]));
};

const applied = (before: Product | undefined, { sku, title, enabled, manageStock, lowStockAt }: ProductChange): Product => ({
  sku,
  title,
  enabled: enabled ?? before?.enabled ?? true,
  manageStock: manageStock ?? before?.manageStock ?? true,
  lowStockAt: lowStockAt === undefined ? (before?.lowStockAt ?? null) : lowStockAt,
});

const differs = (before: Product | undefined, after: Product): boolean => before !== undefined && !isDeepStrictEqual(before, after);

export interface ProductFilter {
  readonly sku?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/** By sku. */
export const listProducts = (database: Database, filter: ProductFilter, after: string | undefined, limit: number): Promise<Product[]> =>
  database.query(
    `select ${columns} from product
     where ($1::text is null or sku = $1) and ($2::boolean is null or enabled = $2) and ($3::text is null or sku > $3)
     order by sku limit ${limit}`,
    [filter.sku ?? null, filter.enabled ?? null, after ?? null],
  );
