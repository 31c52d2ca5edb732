import { media, type Route, raw, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { ConsoleKit } from '../surroundings.ts';

const dayMs = 86_400_000;

/** What happens, for pages that are open. */
export const liveRoutes = ({ hub, door }: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/live', access: { needs: 'read', store: 'filtered' }, tags: ['live'] },
    summary: 'What happens, within a second, as server-sent events',
    description:
      'Each message is `{ id, type, tenant, aggregateId, orderId?, at }`: ids alone. `beat` comes every 15 seconds; `reload` says that more may have been missed than can be told again.',
    query: z.object({
      openForMs: z.coerce
        .number()
        .int()
        .min(0)
        .max(dayMs)
        .optional()
        .describe('For how long the page has been open that begins to listen: what was told meanwhile comes first'),
    }),
    responses: { 200: media('text/event-stream') },
    handle: ({ caller, headers, address, query: { openForMs } }) => {
      const { 'last-event-id': lastEventId } = headers;
      const stream = hub.open({
        stores: caller.stores,
        lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
        openForMs,
        recheck: () => door.authenticate(headers, { method: 'GET', address }),
      });
      return response(200, raw('text/event-stream', stream), { 'x-accel-buffering': 'no' });
    },
  }),
];
