import type { LoggedEvent } from '@orderbus/outbox';
import { eventsOf } from '@orderbus/outbox';
import { LoggedEventView, type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import type { EventSource } from '../event-sources.ts';
import { type EventView, remoteLog } from './event-log.ts';
import { findOrder, inTenant, orderReference, storeOfOrder } from './find-order.ts';

const TimelineEntry = LoggedEventView.extend({ source: z.string().describe('The service that published it') });

/**
 * What happened to an order, from the event logs of all services. They are read by the services' own interfaces: one that does not answer
 * is named, and the rest is shown.
 */
export const timelineRoutes = (
  kit: Pick<ServiceKit, 'database' | 'log' | 'metrics' | 'circuits' | 'headersFor'>,
  sources: readonly EventSource[],
): Route[] => {
  const logs = sources.map((source) => remoteLog(source, kit));
  return [
    route({
      method: 'get',
      path: '/orders/:orderId/timeline',
      access: { needs: 'read', store: storeOfOrder(kit.database) },
      summary: 'Everything that happened to an order, in all services, oldest first',
      tags: ['orders'],
      params: orderReference,
      query: inTenant,
      responses: {
        200: z.object({ items: z.array(TimelineEntry), incomplete: z.array(z.string()).describe('Services that did not answer') }),
      },
      handle: async ({ params, query }) => {
        const { id } = await findOrder(kit.database, params.orderId, query.tenant);
        const own = (await eventsOf(kit.database, id)).map(viewOf);
        const answers = await Promise.all(logs.map(async (log) => ({ name: log.name, events: await log.eventsOf(id) })));
        const items = [{ name: 'order', events: own }, ...answers].flatMap(({ name, events }) =>
          (events ?? []).map((event) => ({ ...event, data: withoutBuyer(event.data), source: name })),
        );
        return { items: items.sort(byTime), incomplete: answers.flatMap(({ name, events }) => (events === undefined ? [name] : [])) };
      },
    }),
  ];
};

/**
 * By when it was recorded, since all services share a clock there: an effect never stands before its cause, whatever Amazon's clock says.
 * Sorting keeps what was recorded in one millisecond in the order of its service's log; versions of different aggregates say nothing.
 */
const byTime = (a: EventView, b: EventView): number => Date.parse(a.recordedAt) - Date.parse(b.recordedAt);

const viewOf = ({ traceparent: _, causationId, data, ...event }: LoggedEvent): EventView => ({
  ...event,
  ...(causationId === null ? {} : { causationId }),
  data: JSON.parse(data),
});

/** The buyer is sealed, and still none of a timeline's business. */
const withoutBuyer = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null || !('sealedBuyer' in data)) return data;
  const { sealedBuyer: _, ...rest } = data;
  return rest;
};
