import { newId } from '@orderbus/kernel';
import type { ConsumeMessage, MessageProperties, Options } from 'amqplib';
import type { Delivery, OutgoingMessage, ParkedError, ParkedMessage } from '../port.ts';

/** The header with the key of a message: the exchange that spreads messages over queues goes by it. */
export const keyHeader = 'x-key';

/** Where a message goes and how it looks on the wire. */
export interface Outbound {
  readonly id: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

/** What a copy knows beyond the original: which attempt it is, since when it is known, and why it is a copy. */
interface History {
  readonly attempt: number;
  readonly firstSeenAt: Date;
  readonly reason: string;
  readonly error?: ParkedError;
}

/** To everybody who wants its topic; where nobody does, the exchange of events has an alternate one. */
export const event = (message: OutgoingMessage, exchange: string): Outbound => ({
  id: message.id,
  exchange,
  routingKey: message.topic,
  content: Buffer.from(message.body),
  options: { ...stamp(message.id, message.topic), headers: { ...ownHeaders(message.headers), [keyHeader]: message.key } },
});

/** To one queue alone, through the exchange of the service that it belongs to. */
export const toQueue = (message: OutgoingMessage, { exchange, queue }: Address): Outbound => ({
  ...event(message, exchange),
  routingKey: queue,
});

interface Address {
  readonly exchange: string;
  readonly queue: string;
}

/** A copy of a delivery for one of its service's own queues. */
export const copyTo = ({ exchange, queue }: Address, original: Delivery, history: History): Outbound => ({
  id: original.id,
  exchange,
  routingKey: queue,
  content: original.body,
  options: {
    ...stamp(original.id, original.topic),
    headers: {
      ...fitting({ ...original.headers, [keyHeader]: original.key }),
      'x-attempt': history.attempt,
      'x-first-seen': history.firstSeenAt.toISOString(),
      'x-reason': shortened(history.reason, 1000),
      ...(history.error && { 'x-error': encodeError(history.error) }),
    },
  },
});

/** Dispatch is by the property `type`: after a delay queue the routing key is that queue's name. */
export const decode = ({ properties, fields, content }: ConsumeMessage): Delivery => ({
  id: text(properties.messageId) ?? newId(),
  topic: text(properties.type) ?? fields.routingKey,
  key: text(properties.headers?.[keyHeader]) ?? '',
  body: content,
  headers: ownHeaders(properties.headers ?? {}),
  attempt: attemptOf(properties),
  redelivered: fields.redelivered,
});

/** Has the message an id and a type of its own, or did somebody put it here who does not speak our language? */
export const isIdentified = ({ properties }: ConsumeMessage): boolean =>
  text(properties.messageId) !== undefined && text(properties.type) !== undefined;

export const firstSeenAt = ({ properties }: ConsumeMessage, now: Date): Date => {
  const seen = new Date(text(properties.headers?.['x-first-seen']) ?? Number.NaN);
  return Number.isNaN(seen.getTime()) ? now : seen;
};

export const decodeParked = (message: ConsumeMessage): ParkedMessage => {
  const { headers, timestamp } = message.properties;
  const lastDeath: unknown = headers?.['x-death']?.[0]?.reason;
  // The broker parks by itself what killed its consumers too often. Such a message may still carry the reason of its last retry.
  const byDeath = lastDeath === 'delivery_limit';
  const error = byDeath ? undefined : decodeError(text(headers?.['x-error']));
  const publishedAt = typeof timestamp === 'number' ? new Date(timestamp * 1000) : new Date();
  return {
    ...decode(message),
    reason: byDeath ? 'delivery-limit' : (text(headers?.['x-reason']) ?? text(lastDeath) ?? 'unknown'),
    ...(error && { error }),
    firstSeenAt: firstSeenAt(message, publishedAt),
  };
};

const stamp = (id: string, topic: string): Options.Publish => ({
  // What has no way out of its exchange would be dropped and yet confirmed.
  mandatory: true,
  messageId: id,
  type: topic,
  persistent: true,
  contentType: 'application/json',
  timestamp: Math.floor(Date.now() / 1000),
});

/** Names that the broker and this library use for themselves. They never reach a handler and are never taken from one. */
const reserved = /^x-(key|attempt|first-seen|reason|error|death|delivery-count|(first|last)-death-.+|opt-.+)$/;

const ownHeaders = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !reserved.test(entry[0])),
  );

const attemptOf = ({ headers }: MessageProperties): number => {
  const attempt = Number(headers?.['x-attempt']);
  return Number.isInteger(attempt) && attempt > 0 ? attempt : 1;
};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** All headers of a message share one frame of 64 KiB. `publish` refuses to come near it; a stranger's message must not be stuck for it. */
const fitting = (headers: Record<string, string>): Record<string, string> => {
  const bytes = Object.entries(headers).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  return bytes > maxCopiedHeaderBytes ? {} : headers;
};

const maxCopiedHeaderBytes = 48 * 1024;

const shortened = (value: string, length: number): string => (value.length > length ? `${value.slice(0, length)}…` : value);

const encodeError = (error: ParkedError): string =>
  JSON.stringify({
    class: shortened(error.class, 200),
    message: shortened(error.message, 2000),
    ...(error.stack !== undefined && { stack: shortened(error.stack, 4000) }),
  });

const decodeError = (json: string | undefined): ParkedError | undefined => {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as ParkedError;
  } catch {
    return undefined;
  }
};
