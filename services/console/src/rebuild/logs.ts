import { AppError } from '@orderbus/kernel';
import { type Database, readLog } from '@orderbus/outbox';
import { LoggedEventView, type ServiceHeaders } from '@orderbus/service-kit';
import { z } from 'zod';
import type { OwnerAddresses } from '../services/owners.ts';

const LogEvent = LoggedEventView.extend({ position: z.int() });
/** A log is whole from `begins` on: nothing, of an owner that does not say it yet, is missing. */
const Page = z.object({ items: z.array(LogEvent), upTo: z.int(), last: z.int(), begins: z.int().default(1) });
export type LogEvent = z.output<typeof LogEvent>;
export type Page = z.output<typeof Page>;

/** The event log of a service, page by page. */
export interface SourceLog {
  readonly service: string;
  read(after: number, signal?: AbortSignal): Promise<Page>;
}

const pageSize = 1_000;
/** A page may wait for transactions that are not finished. */
const timeoutMs = 30_000;

/** The owners' logs by their HTTP APIs, and our own from our database. */
export const logsOf = (addresses: OwnerAddresses, headersFor: ServiceHeaders, own: Database): SourceLog[] => [
  ...[...addresses].map(
    ([service, url]): SourceLog => ({
      service,
      read: async (after, signal) => {
        const within = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]);
        const answer = await fetch(`${url}/event-log?after=${after}&limit=${pageSize}`, {
          ...{ redirect: 'error', signal: within, headers: await headersFor(service) },
        }).catch((cause: unknown) => {
          throw new AppError('unavailable', 'rebuild.away', { service }, { cause });
        });
        if (!answer.ok) throw new AppError('unavailable', 'rebuild.refused', { service, status: answer.status });
        return Page.parse(await answer.json());
      },
    }),
  ),
  {
    service: 'console',
    read: async (after) => {
      const { events, upTo, last, begins } = await readLog(own, { after, limit: pageSize });
      const items = events.map(({ causationId, traceparent: _, data, ...event }) => ({
        ...event,
        ...(causationId === null ? {} : { causationId }),
        data: JSON.parse(data),
      }));
      return { items, upTo, last, begins };
    },
  },
];
