import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { z } from 'zod';
import type { Order } from '../domain/order.ts';
import { findOrders } from '../store/queries.ts';

export const orderReference = z.object({
  orderId: z.string().trim().min(1).max(100).describe("Our id, our number, or Amazon's number"),
});

export const inTenant = z.object({
  tenant: z.string().max(200).optional().describe('The store, when the number exists in several'),
});

/** Which store an order belongs to, for whoever is limited to some. */
export const storeOfOrder =
  (database: Database) =>
  async ({ params, query }: { readonly params: { readonly orderId: string }; readonly query: { readonly tenant?: string | undefined } }) =>
    (await findOrders(database, params.orderId, query.tenant)).map(({ tenant }) => tenant);

/** @throws AppError `order.unknown`, or `order.ambiguous` when several stores have an order with this number. */
export const findOrder = async (database: Database, reference: string, tenant: string | undefined): Promise<Order> => {
  const [order, ...others] = await findOrders(database, reference, tenant);
  if (order === undefined) throw new AppError('not-found', 'order.unknown', { order: reference });
  if (others.length > 0) throw new AppError('conflict', 'order.ambiguous', { tenants: [order, ...others].map((found) => found.tenant) });
  return order;
};
