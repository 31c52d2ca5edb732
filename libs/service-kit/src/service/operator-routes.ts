import { AppError } from '@orderbus/kernel';
import type { Broker } from '@orderbus/messaging';
import {
  type DeadLetter,
  discard,
  type Execution,
  eventsOf,
  type LoggedEvent,
  listDeadLetters,
  outboxStatus,
  readLog,
  redrive,
} from '@orderbus/outbox';
import { z } from 'zod';
import { actorOf } from '../http/actor.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import type { Metrics } from '../metrics.ts';

export interface OperatorRoutesOptions {
  readonly name: string;
  readonly execution: Execution;
  readonly broker: Broker;
  /** Told of each dead letter that was handed over again. */
  readonly redriven: () => void;
}

export const countRedrives = (metrics: Metrics): (() => void) => {
  const redrives = metrics.counter({ name: 'redrives_total', help: 'Dead letters that a person has handed over again' });
  return () => redrives.inc();
};

export const LoggedEventView = z.object({
  id: z.uuid(),
  type: z.string(),
  version: z.int(),
  aggregateId: z.uuid(),
  aggregateVersion: z.int(),
  tenant: z.string(),
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  correlationId: z.string(),
  causationId: z.string().optional(),
  data: z.unknown().describe('As it was published. Buyer data is sealed.'),
});

const LogQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('From behind this position; 0 is the beginning'),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});

const LogView = z.object({
  items: z.array(LoggedEventView.extend({ position: z.int().describe('Its place in the log. Places may stay empty') })),
  upTo: z.int().describe('Where the next page begins'),
  last: z.int().describe('The last position that there is by now'),
  begins: z.int().describe('From here on the log is whole; what was before this position is gone. 1: nothing is'),
});

const DeadLetterView = z.object({
  id: z.string(),
  messageId: z.string(),
  topic: z.string(),
  key: z.string(),
  reason: z.string(),
  errorClass: z.string().nullable(),
  errorMessage: z.string().nullable(),
  attempts: z.int(),
  firstSeenAt: z.iso.datetime(),
  deadAt: z.iso.datetime(),
  status: z.enum(['open', 'redriven', 'discarded']),
  resolvedBy: z.string().nullable(),
  resolutionNote: z.string().nullable(),
});

const letterId = z.object({ id: z.string().regex(/^\d{1,18}$/, 'Invalid id: expected a number') });

/** What every service offers to those who run it: its event log by order, its outbox, its dead letters. */
export const operatorRoutes = ({ name, execution, broker, redriven }: OperatorRoutesOptions): Route[] => [
  route({
    method: 'get',
    path: '/events/:aggregateId',
    access: {
      needs: 'read',
      store: async ({ params }) => (await eventsOf(execution.database, params.aggregateId)).map(({ tenant }) => tenant),
    },
    summary: 'Everything this service has published about an order, oldest first',
    tags: ['operation'],
    params: z.object({ aggregateId: z.uuid() }),
    responses: { 200: z.object({ items: z.array(LoggedEventView) }) },
    handle: async ({ params }) => ({ items: (await eventsOf(execution.database, params.aggregateId)).map(eventViewOf) }),
  }),
  route({
    method: 'get',
    path: '/event-log',
    access: { needs: 'read', store: 'all' },
    summary: 'Everything this service has published, in the order of its log',
    description:
      'For whoever builds something from all of it. Ask again with `after` as `upTo` says, as long as it is less than `last`. Nothing is passed ' +
      'over: where a running transaction may still add an event in between, the page ends before it. Where the oldest part was forgotten ' +
      '(`EVENT_LOG_KEPT`), pages start at `begins`, however small `after` is.',
    tags: ['operation'],
    query: LogQuery,
    responses: { 200: LogView },
    handle: async ({ query }) => {
      const { events, upTo, last, begins } = await readLog(execution.database, query);
      return { items: events.map(({ position, ...event }) => ({ ...eventViewOf(event), position })), upTo, last, begins };
    },
  }),
  route({
    method: 'get',
    path: '/outbox',
    access: { needs: 'administer', store: 'all' },
    summary: 'How many events wait to be published, and how long the oldest has been waiting',
    tags: ['operation'],
    responses: { 200: z.object({ pending: z.int(), oldestAgeSeconds: z.number(), brokerHealthy: z.boolean() }) },
    handle: async () => ({ ...(await outboxStatus(execution.database)), brokerHealthy: broker.healthy }),
  }),
  route({
    method: 'get',
    path: '/dead-letters',
    access: { needs: 'administer', store: 'all' },
    summary: 'Messages that could not be handled, newest first, each with its reason',
    tags: ['operation'],
    query: pageQuery.extend({
      status: z.enum(['open', 'redriven', 'discarded']).optional(),
      orderId: z.uuid().optional().describe('Those that are about this order'),
    }),
    responses: { 200: pageOf(DeadLetterView) },
    handle: async ({ query: { cursor, limit, ...filter } }) => {
      const position = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ before: z.string().regex(/^\d+$/) }));
      const letters = await listDeadLetters(execution.database, { ...filter, before: position?.before, limit: limit + 1 });
      return toPage(letters.map(viewOf), limit, (letter) => ({ before: letter.id }));
    },
  }),
  route({
    method: 'post',
    path: '/dead-letters/:id/redrive',
    access: { needs: 'administer', store: 'all' },
    summary: 'Hands the message to this service again',
    tags: ['operation'],
    params: letterId,
    responses: { 200: DeadLetterView },
    handle: async ({ params, caller }) => {
      if (!broker.healthy) throw new AppError('unavailable', 'broker.away', { service: name });
      const letter = await redrive(execution, broker, name, params.id, actorOf({ caller }).name);
      redriven();
      return viewOf(letter);
    },
  }),
  route({
    method: 'post',
    path: '/dead-letters/:id/discard',
    access: { needs: 'administer', store: 'all' },
    summary: 'Takes the message off the list for good, with the reason; it stays on record',
    tags: ['operation'],
    params: letterId,
    body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
    responses: { 200: DeadLetterView },
    handle: async ({ params, body, caller }) => viewOf(await discard(execution, name, params.id, actorOf({ caller }).name, body.reason)),
  }),
];

const eventViewOf = ({ traceparent: _, causationId, data, ...event }: LoggedEvent): z.output<typeof LoggedEventView> => ({
  ...event,
  ...(causationId === null ? {} : { causationId }),
  data: JSON.parse(data),
});

const viewOf = ({ stack: _, id, ...letter }: DeadLetter) => ({ ...letter, id: String(id) });
