import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { mostUnits } from '../domain/stock-command.ts';
import { listProducts, type Upserted, upsertProducts } from '../store/products.ts';
import { changeStock } from './change-stock.ts';
import { onceEach, Sku, SkuPosition } from './sku.ts';

const ProductView = z.object({
  sku: z.string(),
  title: z.string(),
  enabled: z.boolean(),
  manageStock: z.boolean(),
  lowStockAt: z.int().nullable(),
});

const ProductChange = z.strictObject({
  sku: Sku,
  title: z.string().trim().min(1).max(500),
  enabled: z.boolean().optional().describe('Absent: as it is; a new product is enabled'),
  manageStock: z.boolean().optional().describe('Absent: as it is; the stock of a new product is managed'),
  lowStockAt: z
    .int()
    .min(0)
    .max(mostUnits)
    .nullable()
    .optional()
    .describe('The staff is told when so many units, or fewer, are left. Absent: as it is; null: LOW_STOCK_AT, as for a new product'),
});

export const productRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/products',
    access: { needs: 'read', store: 'shared' },
    summary: 'Products by sku',
    tags: ['products'],
    query: pageQuery.extend({ sku: Sku.optional(), enabled: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional() }),
    responses: { 200: pageOf(ProductView) },
    handle: async ({ query: { limit, cursor, ...filter } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, SkuPosition);
      return toPage(await listProducts(kit.database, filter, after?.sku, limit + 1), limit, ({ sku }) => ({ sku }));
    },
  }),
  route({
    method: 'put',
    path: '/products',
    access: { needs: 'operate', store: 'shared' },
    summary: 'Creates or changes up to 1,000 products',
    description: 'Orders that waited for one of them, because it was unknown or disabled, get their units in the same transaction.',
    tags: ['products'],
    body: onceEach(ProductChange, 'sku', ({ sku }) => sku),
    responses: { 200: z.object({ created: z.int(), changed: z.int(), unchanged: z.int() }) },
    handle: async ({ body }) => {
      let results: ReadonlyMap<string, Upserted> = new Map();
      await changeStock(kit, {
        skus: body.map(({ sku }) => sku),
        alongside: async (tx) => {
          results = await upsertProducts(tx, body);
        },
      });
      const count = (wanted: Upserted): number => [...results.values()].filter((result) => result === wanted).length;
      return { created: count('created'), changed: count('changed'), unchanged: count('unchanged') };
    },
  }),
];
