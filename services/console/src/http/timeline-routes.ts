import { AmazonRefusal } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { type CallEntry, entriesOfWrite, entryOfFailure } from '../domain/amazon-calls.ts';
import { factsOf, factsOfCall } from '../domain/event-facts.ts';
import type { Facts } from '../domain/sentence.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import type { Ask } from '../services/ask.ts';
import { amazonOrderIdOf, storeOf, timelineOf } from '../store/timeline.ts';
import type { ConsoleKit } from '../surroundings.ts';
import { askerFor } from './asking.ts';
import { SentenceFacts } from './sentence.ts';

const kinds = ['event', 'write', 'failed-call'] as const;

const EntryView = z.object({
  id: z.string(),
  kind: z.enum(kinds).describe('`write`: what Amazon was asked to do; `failed-call`: a call that Amazon did not answer as it should'),
  type: z.string().describe('`order.held`; of a write, `amazon-write.answered` and the like; of a failed call, its operation at Amazon'),
  service: z.string(),
  tenant: z.string(),
  at: z.iso.datetime().describe('When it was written down: by this it is sorted'),
  occurredAt: z.iso.datetime().describe("When it happened. For Amazon's facts, Amazon's time"),
  person: z.string().optional(),
  aggregateId: z.uuid().optional(),
  correlationId: z.string().optional(),
  causationId: z.string().optional(),
  data: z.record(z.string(), z.unknown()).describe('Without the buyer, and without what people write freely'),
  facts: SentenceFacts.optional().describe('What its line tells. Absent: there are no words for it'),
});
type EntryView = z.output<typeof EntryView>;

/** What happened to an order, in all services. */
export const timelineRoutes = (kit: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/orders/:orderId/timeline', tags: ['orders'] },
    access: { needs: 'read', store: ({ params }) => storeOf(kit.database, params.orderId) },
    summary: 'Everything that happened to an order: every event of all services, what Amazon was asked, and what failed. Oldest first',
    description:
      'Events are kept here for some time (`TIMELINE_KEPT`): those from before `keptSince` are in the services, `GET /events/:id`. Writes and ' +
      'failed calls are asked of the gateway; when it does not answer, `incomplete` names it.',
    params: z.object({ orderId: z.uuid() }),
    query: z.object({ service: z.string().max(100).optional(), kind: z.enum(kinds).optional() }),
    responses: { 200: z.object({ items: z.array(EntryView), incomplete: z.array(z.string()), keptSince: z.iso.datetime() }) },
    handle: async ({ params: { orderId }, query: { service, kind }, headers, address }) => {
      const { database } = kit;
      const wantsCalls = kind !== 'event' && (service === undefined || service === gateway);
      const [events, calls] = await Promise.all([
        timelineOf(database, orderId),
        wantsCalls ? callsOf(askerFor(kit, { headers, address }), orderId, await amazonOrderIdOf(database, orderId)) : [],
      ]);
      if (events.length === 0 && (await storeOf(database, orderId)) === undefined)
        throw new AppError('not-found', 'order.unknown', { id: orderId });
      const items = [...events.map(eventView), ...(calls ?? []).map(callView)].filter(
        (entry) => (kind ?? entry.kind) === entry.kind && (service ?? entry.service) === entry.service,
      );
      const keptSince = new Date(kit.clock.now().getTime() - kit.config.TIMELINE_KEPT).toISOString();
      return { items: items.sort(byTime), incomplete: calls === undefined ? [gateway] : [], keptSince };
    },
  }),
];

const gateway = 'amazon-gateway';

const time = z.iso.datetime();
const Word = z.object({
  ...{ result: z.string(), at: time },
  ...{ code: z.string().optional(), words: z.string().optional(), facts: AmazonRefusal.shape.facts, requestId: z.string().optional() },
});
const Write = z.object({
  ...{ id: z.uuid(), storeId: z.string(), kind: z.string(), state: z.string(), attempts: z.int(), requestedAt: time },
  ...{ nextAttemptAt: time.optional(), waits: z.string().optional(), answer: Word.optional() },
  ...{ readBacks: z.int().optional(), readBack: Word.optional() },
  decision: z.object({ did: z.string(), by: z.string(), at: time, note: z.string().optional() }).optional(),
});
const FailedCall = z.object({
  ...{ id: z.uuid(), storeId: z.string(), operation: z.string(), code: z.string(), message: z.string(), at: time },
  ...{ httpStatus: z.int().nullable(), requestId: z.string().nullable() },
});
const Ids = z.object({ items: z.array(z.object({ id: z.uuid() })) });
const FailedCalls = z.object({ items: z.array(FailedCall) });

/** An order has a handful of them. */
const mostWrites = 50;

/** Nothing when the gateway does not tell. */
const callsOf = async (ask: Ask, orderId: string, amazonOrderId: string | undefined): Promise<CallEntry[] | undefined> => {
  const [commands, failures] = await Promise.all([
    ask(gateway, `/commands?orderId=${orderId}&limit=${mostWrites}`, Ids),
    amazonOrderId === undefined
      ? { told: { items: [] } }
      : ask(gateway, `/errors?subject=${encodeURIComponent(amazonOrderId)}&limit=200`, FailedCalls),
  ]);
  if (typeof commands === 'string' || typeof failures === 'string') return undefined;
  const writes = await Promise.all(commands.told.items.map(({ id }) => ask(gateway, `/commands/${id}`, Write)));
  if (writes.some((write) => typeof write === 'string')) return undefined;
  const told = writes.flatMap((write) => (typeof write === 'string' ? [] : [write.told]));
  return [...told.flatMap(entriesOfWrite), ...failures.told.items.map(entryOfFailure)];
};

const byTime = (a: EntryView, b: EntryView): number => Date.parse(a.at) - Date.parse(b.at);

const eventView = (entry: TimelineEntry): EntryView => ({
  ...{ id: entry.id, kind: 'event', type: entry.type, service: entry.service, tenant: entry.tenant },
  ...{ at: entry.recordedAt, occurredAt: entry.occurredAt, aggregateId: entry.aggregateId, correlationId: entry.correlationId },
  ...(entry.person === null ? {} : { person: entry.person }),
  ...(entry.causationId === null ? {} : { causationId: entry.causationId }),
  data: { ...entry.data },
  ...told(factsOf(entry.type, entry.data)),
});

const told = (facts: Facts | undefined) => (facts === undefined ? {} : { facts });

const callView = ({ data, ...entry }: CallEntry): EntryView => ({
  ...{ ...entry, service: gateway, occurredAt: entry.at, facts: factsOfCall({ ...entry, data }) },
  data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && value !== null)),
});
