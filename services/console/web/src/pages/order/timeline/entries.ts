import { queryOptions } from '@tanstack/react-query';
import type { operations } from '../../../api/generated/order.d.ts';
import { order } from '../../../api/services.ts';

type Logged = operations['getOrdersByOrderIdTimeline']['responses'][200]['content']['application/json']['items'][number];

export const kinds = ['event', 'write', 'failed-call'] as const;
export type Kind = (typeof kinds)[number];

/** Something that happened to the order: an event of ours, what Amazon was asked, or a call to Amazon that failed. */
export interface Entry {
  readonly id: string;
  readonly kind: Kind;
  readonly type: string;
  readonly service: string;
  readonly at: string;
  readonly occurredAt: string;
  readonly person?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly aggregateId?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Everything that happened, oldest first. */
export const timelineQuery = (orderId: string) =>
  queryOptions({
    ...order.read('/orders/{orderId}/timeline', { params: { path: { orderId } } }),
    select: ({ items, incomplete }) => ({ entries: items.map(entryOf), incomplete }),
  });

const entryOf = ({ id, type, source, recordedAt, occurredAt, correlationId, causationId, aggregateId, data }: Logged): Entry => {
  const known = recordOf(data);
  const actor = recordOf(known.actor);
  return {
    ...{ id, kind: 'event', type, service: source, at: recordedAt, occurredAt, correlationId, causationId, aggregateId, data: known },
    ...(actor.kind === 'person' && typeof actor.name === 'string' ? { person: actor.name } : {}),
  };
};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export interface TimelineFilter {
  readonly service?: string | undefined;
  readonly kind?: string | undefined;
}

export const filtered = (entries: readonly Entry[], { service, kind }: TimelineFilter): readonly Entry[] =>
  entries.filter((entry) => (service ?? entry.service) === entry.service && (kind ?? entry.kind) === entry.kind);

/** The newest first, day by day of the reader. */
export const byDay = (
  entries: readonly Entry[],
  dayOf: (at: string) => string,
): readonly (readonly [day: string, entries: readonly Entry[]])[] => [...Map.groupBy(entries.toReversed(), ({ at }) => dayOf(at))];
