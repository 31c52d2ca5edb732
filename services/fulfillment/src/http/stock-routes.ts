import { AppError } from '@orderbus/kernel';
import { actorOf, decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, said, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { mainLocation } from '../domain/shelf.ts';
import { mostUnits } from '../domain/stock-command.ts';
import { listDifferences, reconcile } from '../store/differences.ts';
import { findStock, type LoggedMovement, listMovements, listStock, type StockView } from '../store/stock-queries.ts';
import { changeStock } from './change-stock.ts';
import { LocationCode, onceEach, Sku, SkuPosition } from './sku.ts';

const StockLevelView = z.object({
  sku: z.string(),
  title: z.string(),
  enabled: z.boolean(),
  manageStock: z.boolean(),
  onHand: z.int(),
  reserved: z.int().describe('Set aside for orders'),
  available: z.int().describe('On hand and not set aside, at locations that are enabled'),
  locations: z.array(z.object({ location: z.string(), onHand: z.int(), reserved: z.int(), available: z.int() })),
});

const DifferenceView = z.object({
  sku: z.string(),
  location: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  movedOnHand: z.int().describe('The sum of the movements'),
  movedReserved: z.int(),
  heldByOrders: z.int().describe('What the lines of orders say that they hold'),
});

const MovementView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  location: z.string(),
  deltaOnHand: z.int(),
  deltaReserved: z.int(),
  reason: z.enum(['reserved', 'given-back', 'shipped', 'voided', 'returned', 'adjusted', 'counted', 'transferred', 'reconciled']),
  note: z.string().optional(),
  actor: z.string().optional().describe('Who did it, where it was a person'),
  orderId: z.uuid().optional(),
  lineId: z.string().optional(),
});

const units = z.int().max(mostUnits);
const reason = z.string().trim().min(1).max(200);
const params = z.object({ sku: Sku });
const Counted = z.strictObject({ sku: Sku, location: LocationCode.optional().describe('Absent: main'), onHand: units.min(0) });
const Place = z.object({ sku: z.string(), location: z.string() });

export const stockRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/stock',
    access: { needs: 'read', store: 'shared' },
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
    access: { needs: 'operate', store: 'shared' },
    summary: 'Sets the units on hand of up to 1,000 products, as counted',
    description: 'All or nothing. Waiting orders get their units in the same transaction.',
    tags: ['stock'],
    body: onceEach(Counted, 'sku', ({ sku, location = mainLocation }) => JSON.stringify([sku, location])),
    responses: { 200: z.object({ counted: z.int() }) },
    handle: async ({ body, caller }) => {
      const { name: actor } = actorOf({ caller });
      await changeStock(kit, { skus: body.map(({ sku }) => sku), commands: [{ type: 'count', counts: body, actor }] });
      return { counted: body.length };
    },
  }),
  route({
    method: 'get',
    path: '/stock/differences',
    access: { needs: 'read', store: 'shared' },
    summary: 'Stock that is not what its movements and the orders say',
    description:
      'There are none unless somebody has written into the tables. Nothing repairs them by itself: count the product, then reconcile it.',
    tags: ['stock'],
    query: pageQuery,
    responses: { 200: pageOf(DifferenceView) },
    handle: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Place);
      return toPage(await listDifferences(kit.database, after, limit + 1), limit, ({ sku, location }) => ({ sku, location }));
    },
  }),
  route({
    method: 'get',
    path: '/stock/:sku',
    access: { needs: 'read', store: 'shared' },
    summary: 'The stock of one product',
    tags: ['stock'],
    params,
    responses: { 200: StockLevelView },
    handle: ({ params: { sku } }) => stockOf(kit, sku),
  }),
  route({
    method: 'get',
    path: '/stock/:sku/movements',
    access: { needs: 'read', store: 'shared' },
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
    access: { needs: 'operate', store: 'shared' },
    summary: 'Adds units to a product, or takes them away',
    description: 'Waiting orders get their units in the same transaction, oldest purchase first.',
    tags: ['stock'],
    params,
    body: z.strictObject({
      delta: units.min(-mostUnits).refine((delta) => delta !== 0, said('stock.nothing-to-adjust', 'Nothing to adjust')),
      reason,
      location: LocationCode.optional().describe('Absent: main'),
    }),
    responses: { 200: StockLevelView },
    handle: async ({ params: { sku }, body, caller }) => {
      await changeStock(kit, { skus: [sku], commands: [{ type: 'adjust', sku, ...body, actor: actorOf({ caller }).name }] });
      return stockOf(kit, sku);
    },
  }),
  route({
    method: 'post',
    path: '/stock/:sku/transfers',
    access: { needs: 'operate', store: 'shared' },
    summary: 'Moves free units of a product from one location to another',
    description: 'What is set aside for orders stays where it is.',
    tags: ['stock'],
    params,
    body: z
      .strictObject({ from: LocationCode, to: LocationCode, units: units.min(1), reason: reason.optional() })
      .refine(({ from, to }) => from !== to, { path: ['to'], message: said('stock.same-location', 'The same as from') }),
    responses: { 200: StockLevelView },
    handle: async ({ params: { sku }, body, caller }) => {
      await changeStock(kit, { skus: [sku], commands: [{ type: 'transfer', sku, ...body, actor: actorOf({ caller }).name }] });
      return stockOf(kit, sku);
    },
  }),
  route({
    method: 'post',
    path: '/stock/:sku/reconciliations',
    access: { needs: 'operate', store: 'shared' },
    summary: 'Says that the stock of a product is right as it stands, though its movements say otherwise',
    description: 'What orders hold is set aside, and a movement under the name of the caller makes up for what no movement said.',
    tags: ['stock'],
    params,
    body: z.strictObject({ reason }),
    responses: { 200: StockLevelView },
    handle: async ({ params: { sku }, body, caller }) => {
      await stockOf(kit, sku);
      await kit.database.transaction((tx) => reconcile(tx, sku, { reason: body.reason, actor: actorOf({ caller }).name }));
      return stockOf(kit, sku);
    },
  }),
];

const stockOf = async ({ database }: ServiceKit, sku: string): Promise<StockView> => {
  const stock = await findStock(database, sku);
  if (!stock) throw new AppError('not-found', 'product.unknown', { sku });
  return stock;
};

const movementView = ({ note, actor, orderId, lineId, sku: _, ...movement }: LoggedMovement): z.output<typeof MovementView> => ({
  ...movement,
  ...(note === null ? {} : { note }),
  ...(actor === null ? {} : { actor }),
  ...(orderId === null ? {} : { orderId }),
  ...(lineId === null ? {} : { lineId }),
});
