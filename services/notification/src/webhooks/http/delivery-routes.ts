import { decodeCursor, pageOf, pageQuery, type Route, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { throwIfDisabled } from '../change.ts';
import { deliveryStates } from '../domain/attempt.ts';
import { knownDelivery, listDeliveries, redeliver } from '../store/deliveries.ts';
import { knownWebhook } from '../store/webhooks.ts';
import { ofWebhook, webhookId } from './bodies.ts';
import type { WebhookRoutesOptions } from './options.ts';
import { attemptView, DeliveryView, DeliveryWithAttemptsView, deliveryView } from './views.ts';

const deliveryId = webhookId.extend({ eventId: z.uuid() });
const Position = z.object({ before: z.int() });

/** What became of each event for a webhook. */
export const deliveryRoutes = ({ kit: { database, clock } }: WebhookRoutesOptions): Route[] => [
  route({
    method: 'get',
    path: '/webhooks/:id/deliveries',
    access: ofWebhook(database),
    summary: 'What was sent, and what waits or has failed, newest event first',
    tags: ['webhooks'],
    params: webhookId,
    query: pageQuery.extend({
      state: z.enum(deliveryStates).optional(),
      topic: z.string().max(100).optional(),
      from: z.iso.datetime().optional().meta({ description: 'Heard since then' }),
      until: z.iso.datetime().optional().meta({ description: 'Heard before that' }),
    }),
    responses: { 200: pageOf(DeliveryView) },
    handle: async ({ params, query: { cursor, limit, ...filter } }) => {
      await knownWebhook(database, params.id);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Position).before;
      const { items, nextCursor } = toPage(
        await listDeliveries(database, params.id, { ...filter, before, limit: limit + 1 }),
        limit,
        ({ seq }) => ({ before: seq }),
      );
      return { items: items.map(deliveryView), ...(nextCursor === undefined ? {} : { nextCursor }) };
    },
  }),
  route({
    method: 'get',
    path: '/webhooks/:id/deliveries/:eventId',
    access: ofWebhook(database),
    summary: 'One event for one webhook, with all attempts',
    tags: ['webhooks'],
    params: deliveryId,
    responses: { 200: DeliveryWithAttemptsView },
    handle: async ({ params }) => {
      const delivery = await knownDelivery(database, params.id, params.eventId);
      return { ...deliveryView(delivery), log: delivery.log.map(attemptView) };
    },
  }),
  route({
    method: 'post',
    path: '/webhooks/:id/deliveries/:eventId/redeliver',
    access: ofWebhook(database),
    summary: 'Sends one event once more, under the same id',
    tags: ['webhooks'],
    params: deliveryId,
    responses: { 200: DeliveryView },
    handle: async ({ params }) => {
      throwIfDisabled(await knownWebhook(database, params.id));
      return deliveryView(await redeliver(database, params.id, params.eventId, clock.now()));
    },
  }),
];
