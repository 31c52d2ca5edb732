import { AmazonStatus } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { decodeCursor, pageOf, pageQuery, type Route, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { cursorsOf, listOrders, listUnreadable } from '../store/queries.ts';
import type { ConnectedStore } from '../stores.ts';
import { StoreView, viewOf } from './store-view.ts';

const time = z.iso.datetime();
const Place = z.object({ at: time, id: z.uuid() });

const OrderView = z.object({
  orderId: z.uuid(),
  storeId: z.string(),
  amazonOrderId: z.string(),
  marketplaceId: z.string(),
  fulfilledBy: z.enum(['merchant', 'amazon']),
  status: AmazonStatus,
  updatedAt: time.describe("Amazon's time of the last change"),
  importedAt: time,
  changedAt: time.describe('When the last change was imported'),
  version: z.int().describe('How often the order has been published'),
});

const UnreadableView = z.object({
  rawId: z.uuid(),
  storeId: z.string(),
  amazonOrderId: z.string().nullable(),
  problems: z.array(z.string()).describe('Which fields, and what is wrong with them; never their values'),
  firstSeenAt: time,
  changedAt: time,
});

const SyncAnswer = z.object({
  state: z.enum(['started', 'running', 'paused']),
  pausedUntil: time.optional().describe('Amazon throttles us: nothing is asked before then'),
});

export const routes = (database: Database, stores: readonly ConnectedStore[]): Route[] => [
  route({
    method: 'get',
    path: '/stores',
    summary: 'The connected seller accounts, and how their synchronization stands',
    tags: ['stores'],
    responses: { 200: z.object({ items: z.array(StoreView) }) },
    handle: async () => ({ items: await viewsOf(database, stores) }),
  }),
  route({
    method: 'post',
    path: '/stores/:storeId/sync',
    summary: 'Asks Amazon now, instead of at the next poll',
    description: 'Asking again while a pass runs changes nothing. While Amazon throttles us, it waits like everything else.',
    tags: ['stores'],
    responses: { 202: SyncAnswer },
    handle: async ({ params }): Promise<z.output<typeof SyncAnswer>> => {
      const store = stores.find(({ settings }) => settings.id === params.storeId);
      if (!store) throw new AppError('not-found', 'store.unknown', { storeId: params.storeId });
      const [view] = await viewsOf(database, [store]);
      if (view?.status === 'paused' && view.pausedUntil) return { state: 'paused', pausedUntil: view.pausedUntil };
      return { state: store.poller.syncNow() };
    },
  }),
  route({
    method: 'get',
    path: '/amazon-orders',
    summary: 'The orders as Amazon shows them, last changed first',
    tags: ['orders'],
    query: pageQuery.extend({
      amazonOrderId: z.string().max(64).optional(),
      storeId: z.string().max(40).optional(),
      status: AmazonStatus.optional(),
    }),
    responses: { 200: pageOf(OrderView) },
    handle: async ({ query: { cursor, limit, ...filter } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Place);
      const orders = await listOrders(database, { ...filter, before, limit: limit + 1 });
      return toPage(orders, limit, ({ updatedAt: at, orderId: id }) => ({ at, id }));
    },
  }),
  route({
    method: 'get',
    path: '/unreadable-orders',
    summary: 'Orders that Amazon sent in a form that its own model does not allow, until they can be read',
    tags: ['orders'],
    query: pageQuery,
    responses: { 200: pageOf(UnreadableView) },
    handle: async ({ query: { cursor, limit } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Place);
      const orders = await listUnreadable(database, { before, limit: limit + 1 });
      return toPage(orders, limit, ({ changedAt: at, rawId: id }) => ({ at, id }));
    },
  }),
];

const viewsOf = async (database: Database, stores: readonly ConnectedStore[]): Promise<StoreView[]> => {
  const cursors = await cursorsOf(
    database,
    stores.map(({ settings }) => settings.id),
  );
  return stores.map((store) =>
    viewOf(
      store,
      cursors.find(({ storeId }) => storeId === store.settings.id),
    ),
  );
};
