import { AppError } from '@orderbus/kernel';
import { decodeCursor, invalidRequest, pageOf, pageQuery, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Customer, findCustomer, listCustomers } from '../store/customers.ts';
import type { Vault } from '../vault/vault.ts';
import { ordersPage } from './orders.ts';
import { ListedOrderItem } from './views.ts';

const CustomerItem = z.object({
  id: z.uuid(),
  shop: z.string().optional().describe('The shop that knows the buyer'),
  tenant: z.string().optional().describe('The store that does, where it belongs to no shop'),
  name: z.string().optional().describe('Masked. Absent: not kept, or purged'),
  createdAt: z.iso.datetime(),
  orders: z.int(),
  lastOrderAt: z.iso.datetime().optional(),
  forgotten: z.boolean().describe('The buyer has been purged: another order makes another account'),
});

/** The accounts of buyers, in stores that keep them. Nothing here tells who somebody is; names are masked by the vault. */
export const customerRoutes = (kit: Pick<ServiceKit, 'database'>, vault: Pick<Vault, 'masked' | 'tokensOf'>): Route[] => {
  const { database } = kit;
  return [
    route({
      method: 'get',
      path: '/customers',
      summary: 'The accounts of buyers, the newest first',
      tags: ['customers'],
      query: pageQuery.extend({
        shop: z.string().max(12).optional().describe('Those of a shop'),
        tenant: z.string().max(200).optional().describe('Those of a store that belongs to no shop'),
      }),
      responses: { 200: pageOf(CustomerItem) },
      handle: async ({ query: { limit, cursor, shop, tenant } }) => {
        if (shop !== undefined && tenant !== undefined) throw invalidRequest([{ field: 'tenant', message: 'Either shop or tenant' }]);
        const scope = shop !== undefined ? `shop:${shop}` : tenant !== undefined ? `store:${tenant}` : undefined;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
        const page = toPage(await listCustomers(database, scope, after, limit + 1), limit, ({ createdAt, id }) => ({ createdAt, id }));
        return { ...page, items: await itemsOf(page.items, vault) };
      },
    }),
    route({
      method: 'get',
      path: '/customers/:customerId',
      summary: 'An account, with its orders: the newest first, page by page',
      tags: ['customers'],
      params: z.object({ customerId: z.uuid() }),
      query: pageQuery,
      responses: { 200: CustomerItem.extend({ orderList: pageOf(ListedOrderItem) }) },
      handle: async ({ params: { customerId }, query }) => {
        const customer = await findCustomer(database, customerId);
        if (customer === undefined) throw new AppError('not-found', 'customer.unknown', { customerId });
        const orderList = await ordersPage({ database, vault }, { ...query, sort: '-purchased', customerId });
        const [item] = await itemsOf([customer], vault);
        return { ...(item as z.output<typeof CustomerItem>), orderList };
      },
    }),
  ];
};

const Position = z.object({ createdAt: z.iso.datetime(), id: z.uuid() });

const itemsOf = async (customers: readonly Customer[], vault: Pick<Vault, 'masked'>): Promise<z.output<typeof CustomerItem>[]> => {
  const buyers = await vault.masked(customers.flatMap(({ lastOrderId }) => lastOrderId ?? []));
  return customers.map(({ id, scope, createdAt, orders, lastOrderId, lastOrderAt, forgotten }) => {
    const name = buyers.get(lastOrderId ?? '')?.name;
    const kind = scope.startsWith('shop:') ? 'shop' : 'tenant';
    return {
      ...{ id, createdAt, orders, forgotten, [kind]: scope.slice(scope.indexOf(':') + 1) },
      ...(name === undefined ? {} : { name }),
      ...(lastOrderAt === null ? {} : { lastOrderAt }),
    };
  });
};
