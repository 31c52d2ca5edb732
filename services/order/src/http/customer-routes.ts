import { AppError } from '@orderbus/kernel';
import {
  type Caller,
  decodeCursor,
  invalidRequest,
  pageOf,
  pageQuery,
  type Route,
  route,
  type ServiceKit,
  storesOf,
  toPage,
  withinStores,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { type Customer, findCustomer, listCustomers, storesOfCustomer } from '../store/customers.ts';
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
      access: { needs: 'read', store: 'filtered' },
      summary: 'The accounts of buyers, the newest first',
      tags: ['customers'],
      query: pageQuery.extend({
        shop: z.string().max(12).optional().describe('Those of a shop'),
        tenant: z.string().max(200).optional().describe('Those of a store that belongs to no shop'),
      }),
      responses: { 200: pageOf(CustomerItem) },
      handle: async ({ caller, query: { limit, cursor, shop, tenant } }) => {
        if (shop !== undefined && tenant !== undefined)
          throw invalidRequest([{ field: 'tenant', message: 'Either shop or tenant', code: 'customer.shop-or-store' }]);
        const scopes = scopesFor(caller, shop, tenant);
        const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
        const page = toPage(await listCustomers(database, scopes, after, limit + 1), limit, ({ createdAt, id }) => ({ createdAt, id }));
        return { ...page, items: await itemsOf(page.items, vault) };
      },
    }),
    route({
      method: 'get',
      path: '/customers/:customerId',
      access: { needs: 'read', store: ({ params }) => storesOfCustomer(database, params.customerId) },
      summary: 'An account, with its orders: the newest first, page by page',
      tags: ['customers'],
      params: z.object({ customerId: z.uuid() }),
      query: pageQuery,
      responses: { 200: CustomerItem.extend({ orderList: pageOf(ListedOrderItem) }) },
      handle: async ({ caller, params: { customerId }, query }) => {
        const customer = await findCustomer(database, customerId);
        if (customer === undefined) throw new AppError('not-found', 'customer.unknown', { customerId });
        const orderList = await ordersPage({ database, vault }, caller, { ...query, sort: '-purchased', customerId });
        const [item] = await itemsOf([customer], vault);
        return { ...(item as z.output<typeof CustomerItem>), orderList };
      },
    }),
  ];
};

/** A shop may be made of several stores: its accounts are for those who see all of them. */
const scopesFor = (caller: Caller, shop: string | undefined, tenant: string | undefined): readonly string[] | undefined => {
  if (shop !== undefined) return storesOf(caller) === undefined ? [`shop:${shop}`] : [];
  return withinStores(caller, tenant === undefined ? undefined : [tenant])?.map((store) => `store:${store}`);
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
