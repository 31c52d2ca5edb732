import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { blockerCauses, blockersOf } from '../domain/blockers.ts';
import { type BlockedOrder, listBlockers } from '../store/blockers.ts';
import { StateSchema } from './views.ts';

const Cause = z.enum(blockerCauses);

const BlockedOrderItem = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  number: z.string().nullable().describe('Null: it waits outside, since its store is strict'),
  amazonOrderId: z.string(),
  state: StateSchema,
  shipBy: z.iso.datetime().optional().describe('The last moment to ship'),
  blockers: z.array(z.object({ cause: Cause, sku: z.string().optional(), words: z.string().describe('What it is, and what to do') })),
  since: z.iso.datetime(),
  attempts: z.int().describe('How often it has been tried again, by people or by itself'),
  nextTryAt: z.iso.datetime().describe('When it is tried again by itself; at once when the cause is gone'),
});

/** What does not go on by itself. */
export const blockersRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/blockers',
    access: { needs: 'read', store: 'filtered' },
    summary: 'The work list: orders that something keeps from going on, the longest waiting first',
    description:
      'An order leaves the list by itself when its cause goes. `POST /orders/:orderId/retry` tries it now, `…/admit` lets it in anyway.',
    tags: ['import rules'],
    query: pageQuery.extend({
      tenant: z.string().max(200).optional().describe('The store'),
      orderId: z.uuid().optional(),
      cause: Cause.optional(),
    }),
    responses: { 200: pageOf(BlockedOrderItem) },
    handle: async ({ caller, query: { limit, cursor, tenant, orderId, cause } }) => {
      const tenants = withinStores(caller, tenant === undefined ? undefined : [tenant]);
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const rows = await listBlockers(database, { tenants, orderId, cause }, after, limit + 1);
      const page = toPage(rows, limit, ({ since, id }) => ({ since, id }));
      return { ...page, items: page.items.map(itemOf) };
    },
  }),
];

const Position = z.object({ since: z.iso.datetime(), id: z.uuid() });

const itemOf = (order: BlockedOrder): z.output<typeof BlockedOrderItem> => {
  const { id: orderId, tenant, number, amazonOrderId, state, shipBy, since, attempts, nextTryAt } = order;
  const blockers = blockersOf(order);
  return { orderId, tenant, number, amazonOrderId, state, ...(shipBy === null ? {} : { shipBy }), blockers, since, attempts, nextTryAt };
};
