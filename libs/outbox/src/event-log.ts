import type { Envelope } from '@orderbus/contracts';
import type { OutgoingMessage } from '@orderbus/messaging';
import type { Database } from './database/open.ts';
import type { Transaction } from './subscription.ts';

/** A row of the event log; `data` is the JSON text as it was written. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly tenant: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly data: string;
}

/** An event with its place in the log. */
export type PositionedEvent = LoggedEvent & { readonly position: number };

export const loggedColumns = (alias: string): string =>
  [
    'id',
    'type',
    'version',
    'aggregate_id as "aggregateId"',
    'aggregate_version as "aggregateVersion"',
    'tenant',
    'occurred_at as "occurredAt"',
    'recorded_at as "recordedAt"',
    'correlation_id as "correlationId"',
    'causation_id as "causationId"',
    'traceparent',
    'data::text as data',
  ]
    .map((column) => `${alias}.${column}`)
    .join(', ');

/** The event as the JSON of its message. The data is not parsed on the way: it goes out as it was written. */
export const toJson = (row: LoggedEvent): string => {
  const { id, type, version, aggregateId, aggregateVersion, tenant, occurredAt, correlationId, causationId, traceparent } = row;
  const envelope: Envelope = {
    id,
    type,
    version,
    aggregateId,
    aggregateVersion,
    tenant,
    occurredAt,
    correlationId,
    ...(causationId === null ? {} : { causationId }),
    ...(traceparent === null ? {} : { traceparent }),
  };
  return `${JSON.stringify(envelope).slice(0, -1)},"data":${row.data}}`;
};

/** The event as it goes to the broker, for the first time or once more. */
export const messageOf = (row: LoggedEvent): OutgoingMessage => ({
  id: row.id,
  topic: `${row.type}.v${row.version}`,
  key: row.aggregateId,
  body: toJson(row),
  headers: {
    'x-aggregate-version': String(row.aggregateVersion),
    'x-recorded-at': row.recordedAt,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  },
});

/** Everything this service has published about an order, or another aggregate, and about what belongs to it: oldest first, at most 1,000 events. */
export const eventsOf = async (database: Database, id: string): Promise<LoggedEvent[]> =>
  database.query(
    `select ${loggedColumns('e')} from event_log e where e.seq in (
       select seq from event_log where aggregate_id = $1::uuid
       union select seq from event_log where data ->> 'orderId' = $1::text and data ->> 'orderId' <> aggregate_id::text)
     order by e.seq limit 1000`,
    [id],
  );

/**
 * Takes a field out of everything that was published about these aggregates: the one thing that may change in the log, because what has to
 * be forgotten has to be forgotten there as well.
 */
export const redactLog = async (tx: Transaction, aggregateIds: readonly string[], field: string): Promise<void> => {
  await tx.query('update event_log set data = (data::jsonb - $2)::json where aggregate_id = any($1::uuid[]) and data ->> $2 is not null', [
    aggregateIds,
    field,
  ]);
};

/** What still has to be published, and since when the oldest of it waits. */
export const outboxStatus = async (database: Pick<Database, 'query'>): Promise<{ pending: number; oldestAgeSeconds: number }> => {
  const [row] = await database.query<{ pending: number; age: number | null }>(
    `select (select count(*) from outbox)::int as pending,
       (select extract(epoch from clock_timestamp() - recorded_at) from event_log where seq = (select min(seq) from outbox))::float8 as age`,
  );
  return { pending: row?.pending ?? 0, oldestAgeSeconds: row?.age ?? 0 };
};
