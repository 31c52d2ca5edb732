import { actorOf, invalidRequest, type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { throwIfDisabled } from '../change.ts';
import { knownReplay, listReplays, requestReplay } from '../store/replays.ts';
import { knownWebhook } from '../store/webhooks.ts';
import { ofWebhook, webhookId } from './bodies.ts';
import type { WebhookRoutesOptions } from './options.ts';
import { ReplayView, replayView } from './views.ts';

const Wanted = z.strictObject({
  from: z.iso.datetime().optional().meta({ description: 'Everything heard since then' }),
  until: z.iso.datetime().optional().meta({ description: 'Everything heard before that' }),
  eventIds: z.array(z.uuid()).min(1).max(1_000).optional().meta({ description: 'Or these events' }),
});

/** Everything of a time, or some events, once more. */
export const replayRoutes = ({ kit: { database, clock } }: WebhookRoutesOptions): Route[] => [
  route({
    method: 'post',
    path: '/webhooks/:id/replays',
    access: ofWebhook(database),
    summary: 'Sends what was heard in a time, or some events, once more',
    description: 'Each under the `webhook-id` that it had: receivers drop what they have. Also what the webhook was never sent before.',
    tags: ['webhooks'],
    params: webhookId,
    body: Wanted,
    responses: { 202: ReplayView },
    handle: async (input) => {
      const { params, body, requestId: id } = input;
      const { from, until, eventIds } = body;
      if ((eventIds === undefined) === (from === undefined && until === undefined))
        throw invalidRequest([
          { field: 'eventIds', message: 'Expected either a time (from, until) or eventIds', code: 'replay.time-or-events' },
        ]);
      throwIfDisabled(await knownWebhook(database, params.id));
      const replay = await requestReplay(database, {
        ...{ id, webhookId: params.id, requestedBy: actorOf(input).name, requestedAt: clock.now().toISOString() },
        ...{ from: from ?? null, until: until ?? null, eventIds: eventIds ?? null },
      });
      return replayView(replay);
    },
  }),
  route({
    method: 'get',
    path: '/webhooks/:id/replays',
    access: ofWebhook(database),
    summary: 'The latest replays, newest first, and how far they have come',
    tags: ['webhooks'],
    params: webhookId,
    responses: { 200: z.object({ items: z.array(ReplayView) }) },
    handle: async ({ params }) => {
      await knownWebhook(database, params.id);
      return { items: (await listReplays(database, params.id)).map(replayView) };
    },
  }),
  route({
    method: 'get',
    path: '/webhooks/:id/replays/:replayId',
    access: ofWebhook(database),
    summary: 'How far a replay has come',
    tags: ['webhooks'],
    params: webhookId.extend({ replayId: z.uuid() }),
    responses: { 200: ReplayView },
    handle: async ({ params }) => replayView(await knownReplay(database, params.id, params.replayId)),
  }),
];
