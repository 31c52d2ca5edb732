import { AppError } from '@orderbus/kernel';
import { askService, breaker, LoggedEventView, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import type { EventSource } from '../event-sources.ts';

export type EventView = z.output<typeof LoggedEventView>;

/** The event log of another service. */
export interface RemoteLog {
  readonly name: string;
  /** Nothing when the service does not answer, or not in a way that we understand. */
  eventsOf(orderId: string): Promise<readonly EventView[] | undefined>;
}

const Answer = z.object({ items: z.array(LoggedEventView) });

export const remoteLog = (
  { name, url }: EventSource,
  { log, metrics, circuits, headersFor }: Pick<ServiceKit, 'log' | 'metrics' | 'circuits' | 'headersFor'>,
): RemoteLog => {
  const ask = breaker(
    { name: `events.${name}`, timeoutMs: 2_000, log, metrics, watch: circuits.to(name) },
    async (signal, orderId: string) => {
      const response = await askService({ peer: name, route: '/events/:aggregateId' }, `${url}/events/${orderId}`, {
        ...{ signal, headers: await headersFor(name) },
      });
      if (!response.ok) throw new AppError('unavailable', 'events.refused', { name, status: response.status });
      return Answer.parse(await response.json()).items;
    },
  );
  return {
    name,
    eventsOf: async (orderId) => {
      try {
        return await ask(orderId);
      } catch (error) {
        log.warn({ err: error, source: name }, 'a service did not tell its events');
        return undefined;
      }
    },
  };
};
