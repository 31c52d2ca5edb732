import { decodeCursor, pageOf, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { statuses } from '../domain/lifecycle.ts';
import { listOrders } from '../store/queries.ts';
import { summarize } from '../store/summary.ts';
import { filtersOf, listQuery } from './filters.ts';
import { findOrder, inTenant, orderReference } from './find-order.ts';
import { detailOf, itemOf, OrderDetail, OrderItem } from './views.ts';

const position = z.object({ purchasedAt: z.iso.datetime(), id: z.uuid() });

const StoreSummary = z.object({
  tenant: z.string(),
  orders: z.record(z.enum(statuses), z.int()).describe('How many, by status'),
  sales: z
    .array(z.object({ currency: z.string(), orders: z.int(), grandTotalMinor: z.int() }))
    .describe('Totals by currency, without what is pending or canceled'),
});

export const orderRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/orders',
    summary: 'Orders, newest purchase first',
    description:
      'What never became an order, because Amazon still holds it back or canceled it before, is listed only when its status is named.',
    tags: ['orders'],
    query: listQuery,
    responses: { 200: pageOf(OrderItem) },
    handle: async ({ query }) => {
      const filters = filtersOf(query);
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, position);
      const page = toPage(await listOrders(database, filters, after, query.limit + 1), query.limit, ({ purchasedAt, id }) => ({
        purchasedAt,
        id,
      }));
      return { ...page, items: page.items.map(itemOf) };
    },
  }),
  route({
    method: 'get',
    path: '/orders/summary',
    summary: 'Each store in numbers: orders by status, sales by currency',
    tags: ['orders'],
    query: listQuery.pick({ tenant: true, purchasedFrom: true, purchasedTo: true }),
    responses: { 200: z.object({ stores: z.array(StoreSummary) }) },
    handle: async ({ query }) => ({ stores: await summarize(database, query) }),
  }),
  route({
    method: 'get',
    path: '/orders/:orderId',
    summary: 'One order, with its lines',
    tags: ['orders'],
    params: orderReference,
    query: inTenant,
    responses: { 200: OrderDetail },
    handle: async ({ params, query }) => detailOf(await findOrder(database, params.orderId, query.tenant)),
  }),
];
