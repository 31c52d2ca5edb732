import type { Clock } from '@orderbus/kernel';
import { newId } from '@orderbus/kernel';
import type { Cause, RecordedEvent, Transaction } from './subscription.ts';
import { traceparentHere } from './tracing/traceparent.ts';

export interface CausedEvent {
  readonly event: RecordedEvent;
  readonly cause: Cause;
}

const columns = [
  ['id', 'uuid'],
  ['type', 'text'],
  ['version', 'int'],
  ['aggregate_id', 'uuid'],
  ['aggregate_version', 'int'],
  ['tenant', 'text'],
  ['occurred_at', 'timestamptz'],
  ['correlation_id', 'text'],
  ['causation_id', 'text'],
  ['traceparent', 'text'],
  ['data', 'json'],
] as const;

const names = columns.map(([name]) => name).join(', ');
const source = columns.map(([, type], n) => `$${n + 1}::${type}[]`).join(', ');

/**
 * Appends events to the log and to what still has to be published, in one statement and in this order. The transaction takes its number before
 * the events take their positions: see `readLog`.
 */
export const append = async (tx: Transaction, events: readonly CausedEvent[], clock: Clock): Promise<void> => {
  if (events.length === 0) return;
  const now = clock.now().toISOString();
  const here = traceparentHere();
  const rows = events.map(({ event, cause }) => [
    newId(),
    event.definition.type,
    event.definition.version,
    event.aggregateId,
    event.aggregateVersion,
    cause.tenant,
    event.occurredAt ?? now,
    cause.correlationId,
    cause.causationId ?? null,
    cause.traceparent ?? here ?? null,
    JSON.stringify(event.data),
  ]);
  await tx.query(
    `with logged as (insert into event_log (${names}) select ${names} from unnest(${source}) as u(${names})
       where pg_current_xact_id() is not null returning seq)
     insert into outbox (seq) select seq from logged`,
    columns.map((_, n) => rows.map((row) => row[n])),
  );
};
