import { z } from 'zod';

/** What every event carries besides its data. The JSON of an event is the body of its message and a row of its service's event log. */
export const Envelope = z.object({
  id: z.uuid(),
  type: z.string().min(1),
  /** The major version of the data's schema. Adding an optional field keeps it; anything else is a new version. */
  version: z.int().positive(),
  aggregateId: z.uuid(),
  /** Counts the events of this aggregate in this service, from 1, without gaps. */
  aggregateVersion: z.int().positive(),
  /** The seller account (store) that all of this belongs to. */
  tenant: z.string().min(1),
  /** When it happened; for Amazon's facts, Amazon's time. */
  occurredAt: z.iso.datetime(),
  /** The same for everything that follows from one first cause. */
  correlationId: z.string().min(1),
  /** The id of the event that caused this one; absent for a first cause. */
  causationId: z.string().min(1).optional(),
  /** W3C trace context. */
  traceparent: z.string().optional(),
});
export type Envelope = z.infer<typeof Envelope>;

export type Event<Data = unknown> = Envelope & { readonly data: Data };

/** An event as its publisher knows it before the library numbers, dates and addresses it. */
export interface NewEvent<Data = unknown> {
  readonly definition: EventDefinition<Data>;
  readonly data: Data;
}

export interface EventDefinition<Data = unknown> {
  readonly type: string;
  readonly version: number;
  /** `order.created.v1`: the routing key, and what a subscriber asks for. */
  readonly topic: string;
  readonly schema: z.ZodType<Data>;
  /** The whole message: envelope and data. */
  readonly message: z.ZodType<Event<Data>>;
  /** Checks a whole message against the envelope and this event's schema. Throws a ZodError that names the fields. */
  readonly parse: (message: unknown) => Event<Data>;
  /** The event with this data, not yet numbered. */
  readonly of: (data: Data) => NewEvent<Data>;
}

/** An event is a value, in the past tense, owned by the service that publishes it. */
export const defineEvent = <Schema extends z.ZodType>(type: string, version: number, schema: Schema): EventDefinition<z.infer<Schema>> => {
  type Data = z.infer<Schema>;
  const message = Envelope.extend({ type: z.literal(type), version: z.literal(version), data: schema });
  const definition: EventDefinition<Data> = {
    type,
    version,
    topic: `${type}.v${version}`,
    schema: schema as unknown as z.ZodType<Data>,
    message: message as unknown as z.ZodType<Event<Data>>,
    parse: (raw) => message.parse(raw) as Event<Data>,
    of: (data) => ({ definition, data }),
  };
  return definition;
};
