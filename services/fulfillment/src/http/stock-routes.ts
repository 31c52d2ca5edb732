import { AppError } from '@orderbus/kernel';
import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { mostUnits } from '../domain/stock-command.ts';
import { findStock, type LoggedMovement, listMovements, listStock, type StockView } from '../store/stock-queries.ts';
import { changeStock } from './change-stock.ts';
import { oncePerSku, Sku, SkuPosition } from './sku.ts';

const StockLevelView = z.object({
  sku: z.string(),
  title: z.string(),
  enabled: z.boolean(),
  manageStock: z.boolean(),
  onHand: z.int(),
  reserved: z.int().describe('Set aside for orders'),
  available: z.int().describe('On hand and not set aside'),
});

const MovementView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  deltaOnHand: z.int(),
  deltaReserved: z.int(),
  reason: z.enum(['reserved', 'given-back', 'shipped', 'adjusted', 'counted']),
  note: z.string().optional(),
  orderId: z.uuid().optional(),
  lineId: z.string().optional(),
});

const units = z.int().max(mostUnits);
const params = z.object({ sku: Sku });

export const stockRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/stock',
    summary: 'Stock by sku',
    tags: ['stock'],
    query: pageQuery.extend({
      sku: Sku.optional(),
      low: z
        .stringbool({ truthy: ['true'], falsy: ['false'] })
        .default(false)
        .meta({ description: 'Only what is running out' }),
      threshold: z.coerce.number().int().min(0).default(5).meta({ description: 'With low: at most so many units available' }),
    }),
    responses: { 200: pageOf(StockLevelView) },
    handle: async ({ query: { limit, cursor, sku, low, threshold } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, SkuPosition);
      const filter = { sku, availableAtMost: low ? threshold : undefined };
      return toPage(await listStock(kit.database, filter, after?.sku, limit + 1), limit, (row) => ({ sku: row.sku }));
    },
  }),
  route({
    method: 'put',
    path: '/stock',
    summary: 'Sets the units on hand of up to 1,000 products, as counted',
    description: 'All or nothing. Waiting orders get their units in the same transaction.',
    tags: ['stock'],
    body: oncePerSku(z.strictObject({ sku: Sku, onHand: units.min(0) })),
    responses: { 200: z.object({ counted: z.int() }) },
    handle: async ({ body }) => {
      await changeStock(kit, { skus: body.map(({ sku }) => sku), command: { type: 'count', counts: body } });
      return { counted: body.length };
    },
  }),
  route({
    method: 'get',
    path: '/stock/:sku',
    summary: 'The stock of one product',
    tags: ['stock'],
    params,
    responses: { 200: StockLevelView },
    handle: ({ params: { sku } }) => stockOf(kit, sku),
  }),
  route({
    method: 'get',
    path: '/stock/:sku/movements',
    summary: 'Every change of the stock of one product, newest first',
    tags: ['stock'],
    params,
    query: pageQuery,
    responses: { 200: pageOf(MovementView) },
    handle: async ({ params: { sku }, query: { limit, cursor } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ id: z.string().regex(/^\d{1,18}$/) }));
      await stockOf(kit, sku);
      const rows = await listMovements(kit.database, sku, before?.id, limit + 1);
      return toPage(rows.map(movementView), limit, ({ id }) => ({ id }));
    },
  }),
  route({
    method: 'post',
    path: '/stock/:sku/adjustments',
    summary: 'Adds units to a product, or takes them away',
    description: 'Waiting orders get their units in the same transaction, oldest purchase first.',
    tags: ['stock'],
    params,
    body: z.strictObject({
      delta: units.min(-mostUnits).refine((delta) => delta !== 0, 'Nothing to adjust'),
      reason: z.string().trim().min(1).max(200),
    }),
    responses: { 200: StockLevelView },
    handle: async ({ params: { sku }, body: { delta, reason } }) => {
      await changeStock(kit, { skus: [sku], command: { type: 'adjust', sku, delta, reason } });
      return stockOf(kit, sku);
    },
  }),
];

const stockOf = async ({ database }: ServiceKit, sku: string): Promise<StockView> => {
  const stock = await findStock(database, sku);
  if (!stock) throw new AppError('not-found', 'product.unknown', { sku });
  return stock;
};

const movementView = ({ note, orderId, lineId, sku: _, ...movement }: LoggedMovement): z.output<typeof MovementView> => ({
  ...movement,
  ...(note === null ? {} : { note }),
  ...(orderId === null ? {} : { orderId }),
  ...(lineId === null ? {} : { lineId }),
});
