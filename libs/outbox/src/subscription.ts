import type { Envelope, Event, EventDefinition, NewEvent, Refusal } from '@orderbus/contracts';
import type { EntityManager } from 'typeorm';

/** The transaction that a batch, or an HTTP request, runs in. */
export type Transaction = EntityManager;

/** Where a command comes from: copied into the events that follow from it. */
export interface Cause extends Pick<Envelope, 'tenant' | 'correlationId' | 'traceparent'> {
  readonly causationId?: string | undefined;
}

/** One command for the thing named by `key`. */
export interface Item<Command> {
  readonly key: string;
  readonly command: Command;
  readonly cause: Cause;
}

/** An event with its place in the life of its aggregate. */
export interface RecordedEvent extends NewEvent {
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** When it happened; the moment of recording if absent. */
  readonly occurredAt?: string;
}

export type Outcome = { readonly events: readonly RecordedEvent[] } | { readonly refused: Refusal; readonly detail?: string };

/**
 * Something that takes commands: it loads all that a batch touches in one locked query, decides them in order, and saves all at once.
 * `run` answers with one outcome per item, at its index. It does not commit, publish or log.
 */
export interface Target<Command> {
  readonly name: string;
  run(tx: Transaction, items: readonly Item<Command>[]): Promise<readonly Outcome[]>;
}

/** A reaction: which fact leads to which command for whom. */
export interface Subscription {
  readonly event: EventDefinition;
  /** `<service>.<verb>`: the name under which a message counts as seen. */
  readonly name: string;
  readonly target: Target<unknown>;
  readonly toItem: (event: Event, recordedAt?: string) => Item<unknown> | undefined;
}

/**
 * What a handler says. `command` may answer with nothing: this event is none of our business. `recordedAt`: when its publisher wrote it down,
 * where the message says so.
 */
export interface Reaction<Data, Command> {
  readonly key: (event: Event<Data>) => string;
  readonly command: (event: Event<Data>, recordedAt?: string) => Command | undefined;
}

export const on = <Data, const Command>(
  event: EventDefinition<Data>,
  name: string,
  target: Target<Command>,
  { key, command }: Reaction<Data, Command>,
): Subscription => ({
  event: event as unknown as EventDefinition,
  name,
  target: target as Target<unknown>,
  toItem: (raw, recordedAt) => {
    const typed = raw as Event<Data>;
    const wanted = command(typed, recordedAt);
    return wanted === undefined ? undefined : { key: key(typed), command: wanted, cause: causedBy(raw) };
  },
});

const causedBy = (event: Event): Cause => ({
  tenant: event.tenant,
  correlationId: event.correlationId,
  causationId: event.id,
  ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
});
