import { AmazonStatus } from '@orderbus/contracts';
import { decodeCursor, named, pageOf, pageQuery, type Route, route, said, storesOf, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { identifierPattern } from '../amazon/order-schema.ts';
import { readOrderNow } from '../jobs/read-order-now.ts';
import type { OrderReading } from '../reading.ts';
import { listOrders, listUnreadable } from '../store/queries.ts';
import type { Stores } from '../stores.ts';

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

const Recovered = z.object({
  orderId: z.uuid(),
  result: z.enum(['new', 'changed', 'same']).describe('new: it had been missing; changed: it had been another than Amazon shows'),
});

/** The orders as Amazon shows them. */
export const ordersRoutes = (reading: OrderReading, stores: Stores): Route[] => {
  const { database } = reading.execution;
  return [
    route({
      method: 'get',
      path: '/amazon-orders',
      access: { needs: 'read', store: 'filtered' },
      summary: 'The orders as Amazon shows them, last changed first',
      tags: ['orders'],
      query: pageQuery.extend({
        amazonOrderId: z.string().max(64).optional(),
        storeId: z.string().max(40).optional(),
        status: AmazonStatus.optional(),
      }),
      responses: { 200: pageOf(OrderView) },
      handle: async ({ caller, query: { cursor, limit, storeId, ...filter } }) => {
        const storeIds = withinStores(caller, storeId === undefined ? undefined : [storeId]);
        const before = cursor === undefined ? undefined : decodeCursor(cursor, Place);
        const orders = await listOrders(database, { ...filter, storeIds, before, limit: limit + 1 });
        return toPage(orders, limit, ({ updatedAt: at, orderId: id }) => ({ at, id }));
      },
    }),
    route({
      method: 'get',
      path: '/unreadable-orders',
      access: { needs: 'read', store: 'filtered' },
      summary: 'Orders that Amazon sent in a form that its own model does not allow, until they can be read',
      tags: ['orders'],
      query: pageQuery,
      responses: { 200: pageOf(UnreadableView) },
      handle: async ({ caller, query: { cursor, limit } }) => {
        const before = cursor === undefined ? undefined : decodeCursor(cursor, Place);
        const orders = await listUnreadable(database, { storeIds: storesOf(caller), before, limit: limit + 1 });
        return toPage(orders, limit, ({ changedAt: at, rawId: id }) => ({ at, id }));
      },
    }),
    route({
      method: 'post',
      path: '/stores/:storeId/orders/:amazonOrderId/recover',
      access: { needs: 'operate', store: named('storeId') },
      summary: 'Reads one order at Amazon now, and imports what is new about it',
      description: "Also an order that is older than the store's start. Asking again changes nothing.",
      tags: ['orders'],
      params: z.object({
        storeId: z.string().max(40),
        amazonOrderId: z.string().regex(identifierPattern, said('order.not-amazon-number', "Invalid: expected Amazon's order number")),
      }),
      responses: { 200: Recovered },
      handle: async ({ params, signal }) => {
        const connected = await stores.find(params.storeId);
        const { snapshot, result } = await readOrderNow(reading, connected, params.amazonOrderId, signal);
        return { orderId: snapshot.orderId, result };
      },
    }),
  ];
};
