import type { Database } from '@orderbus/outbox';
import {
  type Caller,
  decodeCursor,
  etagOf,
  type Page,
  pageOf,
  pageQuery,
  type Route,
  response,
  route,
  type ServiceKit,
  toPage,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { states } from '../domain/lifecycle.ts';
import { listOrders } from '../store/list-orders.ts';
import { type Position, type Sort, sortColumns } from '../store/sorts.ts';
import { summarize } from '../store/summary.ts';
import type { Vault } from '../vault/vault.ts';
import { filterShape, selectionOf, sortOf, sortShape } from './filters.ts';
import { findOrder, inTenant, orderReference, storeOfOrder } from './find-order.ts';
import { detailOf, ListedOrderItem, listedItemOf, OrderDetail } from './views.ts';

const StoreSummary = z.object({
  tenant: z.string(),
  orders: z.record(z.enum(states), z.int()).describe('How many, by state'),
  sales: z
    .array(z.object({ currency: z.string(), orders: z.int(), grandTotalMinor: z.int() }))
    .describe('Totals by currency, without what is pending or canceled'),
});

const ListQuery = z.object({ ...pageQuery.shape, ...filterShape, ...sortShape });

export const orderRoutes = ({ database }: Pick<ServiceKit, 'database'>, vault: Pick<Vault, 'masked' | 'tokensOf'>): Route[] => [
  route({
    method: 'get',
    path: '/orders',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Orders: any combination of filters, sorted over the whole result',
    description:
      'What never became an order, because Amazon still holds it back or canceled it before, is listed only when its state is named, or ' +
      'when it is searched for. A page that was asked for with a `cursor` takes the same filters and the same `sort` again.',
    tags: ['orders'],
    query: ListQuery,
    responses: { 200: pageOf(ListedOrderItem) },
    handle: ({ caller, query }) => ordersPage({ database, vault }, caller, query),
  }),
  route({
    method: 'get',
    path: '/orders/summary',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Each store in numbers: orders by state, sales by currency',
    tags: ['orders'],
    query: z.object(filterShape),
    responses: { 200: z.object({ stores: z.array(StoreSummary) }) },
    handle: async ({ caller, query }) => ({ stores: await summarize(database, await selectionOf(query, caller, { database, vault })) }),
  }),
  route({
    method: 'get',
    path: '/orders/:orderId',
    access: { needs: 'read', store: storeOfOrder(database) },
    summary: 'One order, with its lines',
    tags: ['orders'],
    params: orderReference,
    query: inTenant,
    responses: { 200: OrderDetail },
    handle: async ({ params, query }) => {
      const order = await findOrder(database, params.orderId, query.tenant);
      return response(200, detailOf(order), { etag: etagOf(order.version) });
    },
  }),
];

/** A page of the list of orders, with their buyers masked. */
export const ordersPage = async (
  { database, vault }: { readonly database: Database; readonly vault: Pick<Vault, 'masked' | 'tokensOf'> },
  caller: Pick<Caller, 'stores'>,
  { limit, cursor, sort: sortText, ...narrowed }: z.output<typeof ListQuery>,
): Promise<Page<z.output<typeof ListedOrderItem>>> => {
  const sort = sortOf(sortText);
  const after = cursor === undefined ? undefined : decodeCursor(cursor, positionIn(sort, sortText));
  const listing = { ...(await selectionOf(narrowed, caller, { database, vault })), sort };
  const orders = await listOrders(database, listing, { after, limit: limit + 1 });
  const page = toPage(orders, limit, ({ position }) => ({ ...position, sort: sortText }));
  const buyers = await vault.masked(page.items.map(({ id }) => id));
  return { ...page, items: page.items.map((order) => listedItemOf(order, buyers.get(order.id))) };
};

/** A cursor of a list that was sorted in this way, and in no other. */
const positionIn = ({ by }: Sort, sort: string): z.ZodType<Position> =>
  z.object({
    sort: z.literal(sort),
    values: z.tuple(sortColumns[by].map(([, type]) => valueSchemas[type]) as [z.ZodString]),
    id: z.uuid(),
  });

const valueSchemas = {
  text: z.string().max(300),
  bigint: z.string().regex(/^-?\d{1,18}$/),
  timestamptz: z.union([z.literal('infinity'), z.iso.datetime()]),
};
