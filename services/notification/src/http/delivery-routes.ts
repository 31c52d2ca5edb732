import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, storesOf, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { channels } from '../domain/rule.ts';
import { deliveryStates, knownDelivery, listDeliveries, resend, storesOfDelivery } from '../store/delivery-list.ts';
import { DeliveryView, viewOfDelivery } from './views.ts';

const params = z.object({ id: z.uuid() });
const Position = z.object({ createdAt: z.iso.datetime(), id: z.uuid() });

/** What was sent to whom, and what became of it. */
export const deliveryRoutes = ({ database, clock }: ServiceKit): readonly Route[] => [
  route({
    method: 'get',
    path: '/deliveries',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Messages to the staff, newest first',
    tags: ['deliveries'],
    query: pageQuery.extend({
      state: z.enum(deliveryStates).optional(),
      channel: z.enum(channels).optional(),
      tenant: z.string().max(100).optional().describe('That tell of this store, perhaps among others'),
    }),
    responses: { 200: pageOf(DeliveryView) },
    handle: async ({ query: { cursor, limit, state, channel, tenant }, caller }) => {
      withinStores(caller, tenant === undefined ? undefined : [tenant]);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const deliveries = await listDeliveries(database, { state, channel, tenant, stores: storesOf(caller), before, limit: limit + 1 });
      return toPage(deliveries.map(viewOfDelivery), limit, ({ createdAt, id }) => ({ createdAt, id }));
    },
  }),
  route({
    method: 'get',
    path: '/deliveries/:id',
    access: { needs: 'read', store: ({ params: { id } }) => storesOfDelivery(database, id) },
    summary: 'One of them',
    tags: ['deliveries'],
    params,
    responses: { 200: DeliveryView },
    handle: async ({ params: { id } }) => viewOfDelivery(await knownDelivery(database, id)),
  }),
  route({
    method: 'post',
    path: '/deliveries/:id/resend',
    access: { needs: 'operate', store: ({ params: { id } }) => storesOfDelivery(database, id) },
    summary: 'Sends a message that has failed or waits now, with all attempts',
    tags: ['deliveries'],
    params,
    responses: { 200: DeliveryView },
    handle: async ({ params: { id } }) => viewOfDelivery(await resend(database, id, clock.now())),
  }),
];
