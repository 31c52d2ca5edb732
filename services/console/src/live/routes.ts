import { media, type Route, raw, response, route } from '@orderbus/service-kit';
import type { ConsoleKit } from '../surroundings.ts';

/** What happens, for pages that are open. */
export const liveRoutes = ({ hub, door }: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/live', access: { needs: 'read', store: 'filtered' }, tags: ['live'] },
    summary: 'What happens, within a second, as server-sent events',
    description:
      'Each message is `{ id, type, tenant, aggregateId, orderId?, at }`: ids alone. `beat` comes every 15 seconds; `reload` says that more may have been missed than can be told again.',
    responses: { 200: media('text/event-stream') },
    handle: ({ caller, headers, address }) => {
      const { 'last-event-id': lastEventId } = headers;
      const stream = hub.open({
        stores: caller.stores,
        lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
        recheck: () => door.authenticate(headers, { method: 'GET', address }),
      });
      return response(200, raw('text/event-stream', stream), { 'x-accel-buffering': 'no' });
    },
  }),
];
