import { type Event, eventsByPublisher } from '@orderbus/contracts';

/** An event as the timeline keeps it. */
export interface TimelineEntry {
  readonly id: string;
  readonly service: string;
  readonly type: string;
  readonly version: number;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly tenant: string;
  /** Absent: it is about no order, or about many. */
  readonly orderId: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** The person who did it, by the name that he works under. */
  readonly person: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What was heard, and when its publisher wrote it down. */
export interface Heard {
  readonly event: Event;
  readonly recordedAt: string;
}

export const entryOf = ({ event, recordedAt }: Heard): TimelineEntry => {
  const data = recordOf(event.data);
  return {
    id: event.id,
    service: publisherOf(event.type, data),
    type: event.type,
    version: event.version,
    aggregateId: event.aggregateId,
    aggregateVersion: event.aggregateVersion,
    tenant: event.tenant,
    orderId: textOf(data.orderId),
    occurredAt: instant(event.occurredAt),
    recordedAt: instant(recordedAt),
    correlationId: event.correlationId,
    causationId: event.causationId ?? null,
    person: personOf(data.actor),
    data: shownOf(event.type, data),
  };
};

/** Times are written in one way, whoever wrote them: to the millisecond, in UTC. */
export const instant = (time: string): string => new Date(time).toISOString();

const publishers = new Map(Object.entries(eventsByPublisher).flatMap(([name, events]) => events.map(({ type }) => [type, name])));

/** What the libraries tell in the name of any service says whose it is. */
const publisherOf = (type: string, { service }: Readonly<Record<string, unknown>>): string =>
  type.startsWith('operations.') ? String(service) : (publishers.get(type) ?? 'unknown');

const personOf = (actor: unknown): string | null => {
  const { kind, name } = recordOf(actor);
  return kind === 'person' ? textOf(name) : null;
};

/** The texts in which people write freely, names and addresses among it: they are read where they are kept, at the order. */
const withheld: Readonly<Record<string, readonly string[]>> = { 'order.commented': ['text'], 'order.noted': ['note'] };

/** The buyer is sealed, and still none of a timeline's business. */
const shownOf = (type: string, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !/^sealed/i.test(name) && !withheld[type]?.includes(name)));

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
