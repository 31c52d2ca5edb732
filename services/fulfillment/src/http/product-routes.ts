import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { listProducts, type UpsertCounts, upsertProducts } from '../store/products.ts';
import { changeStock } from './change-stock.ts';
import { oncePerSku, Sku, SkuPosition } from './sku.ts';

const ProductView = z.object({ sku: z.string(), title: z.string(), enabled: z.boolean(), manageStock: z.boolean() });

const ProductChange = z.strictObject({
  sku: Sku,
  title: z.string().trim().min(1).max(500),
  enabled: z.boolean().optional().describe('Absent: as it is; a new product is enabled'),
  manageStock: z.boolean().optional().describe('Absent: as it is; the stock of a new product is managed'),
});

export const productRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/products',
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
    summary: 'Creates or changes up to 1,000 products',
    description: 'Orders that waited for one of them, because it was unknown or disabled, get their units in the same transaction.',
    tags: ['products'],
    body: oncePerSku(ProductChange),
    responses: { 200: z.object({ created: z.int(), changed: z.int(), unchanged: z.int() }) },
    handle: async ({ body }) => {
      let counts: UpsertCounts = { created: 0, changed: 0, unchanged: 0 };
      await changeStock(kit, {
        skus: body.map(({ sku }) => sku),
        alongside: async (tx) => {
          counts = await upsertProducts(tx, body);
        },
      });
      return counts;
    },
  }),
];
