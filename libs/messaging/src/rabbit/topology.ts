import type { Channel } from 'amqplib';
import type { Declaration } from '../port.ts';
import { keyHeader } from './message.ts';

/** The names of everything in the broker that belongs to one installation. */
export interface Names {
  readonly events: string;
  readonly unrouted: string;
  readonly dead: string;
  /** Where a service's messages come in: its one queue, or the exchange that spreads them over so many. */
  entry(service: string, partitions: number): string;
  queues(service: string, partitions: number): string[];
  /** The one exchange that a service writes to: its own events go on to `events`, its retries and what it parks to its own queues. */
  out(service: string): string;
  delay(service: string, partitions: number, delayMs: number): string;
  parked(service: string): string;
}

/** Everything that belongs to several queues of a service has their number in its name: those of another number stand beside them. */
export const namesIn = (namespace: string): Names => {
  const entry: Names['entry'] = (service, partitions) =>
    partitions === 1 ? `${namespace}.${service}` : `${namespace}.${service}.of${partitions}`;
  return {
    events: `${namespace}.events`,
    unrouted: `${namespace}.unrouted`,
    dead: `${namespace}.dead`,
    entry,
    queues: (service, partitions) => {
      const name = entry(service, partitions);
      return partitions === 1 ? [name] : Array.from({ length: partitions }, (_, index) => `${name}.${index}`);
    },
    out: (service) => `${namespace}.${service}.out`,
    delay: (service, partitions, delayMs) => `${entry(service, partitions)}.retry.${delayMs}`,
    parked: (service) => `${namespace}.${service}.parked`,
  };
};

const quorum = { 'x-queue-type': 'quorum' };
/** A message leaves a queue by dead-lettering only after its next queue has confirmed it; that needs reject-publish. */
const nothingLost = { 'x-overflow': 'reject-publish', 'x-dead-letter-strategy': 'at-least-once' };
/** Deliveries to consumers that died holding the message. After that it is parked, with the reason `delivery-limit`. */
const deliveryLimit = 20;
/** Equal shares. Two different weights of one queue would confuse the exchange, so this never changes. */
const weight = '1';

/** Where events go, and where those go that nobody asked for. Bounded: it is there to be looked at, the event log keeps them all. */
export const declareExchanges = async (channel: Channel, names: Names): Promise<void> => {
  await channel.assertExchange(names.unrouted, 'fanout', { durable: true });
  await channel.assertQueue(names.unrouted, {
    durable: true,
    arguments: { ...quorum, 'x-max-length': 100_000, 'x-overflow': 'drop-head' },
  });
  await channel.bindQueue(names.unrouted, names.unrouted, '');
  await channel.assertExchange(names.events, 'topic', { durable: true, alternateExchange: names.unrouted });
  await channel.assertExchange(names.dead, 'direct', { durable: true });
};

/** What one service needs, spread over so many queues; and before, over so many others, which are still there. */
export type Layout = Required<Declaration> & { readonly partitions: readonly number[] };

/** All that is one service's, for whoever may configure it: setup. */
export const declareService = async (channel: Channel, names: Names, layout: Layout): Promise<void> => {
  const { queue: service, topics, tells, partitions } = layout;
  const out = names.out(service);
  await channel.assertExchange(out, 'direct', { durable: true });
  for (const topic of tells) await channel.bindExchange(names.events, out, topic);
  if (topics.length === 0) return;
  await declareParked(channel, names, service);
  for (const count of partitions) await declareQueues(channel, names, layout, count);
  const [current = 1, ...former] = partitions;
  for (const topic of topics) await wayIn(channel, names, service, current).bind(names.events, topic);
  // Only now: for a moment an event goes both ways, and the inbox knows it. The other way round it would go nowhere.
  for (const count of former) await unbindTopics(channel, names, layout, count);
};

/** @throws when one of them is not there, without making it: that needs no permission. */
export const checkService = async (
  channel: Channel,
  names: Names,
  { queue: service, partitions, retryDelaysMs }: Pick<Layout, 'queue' | 'partitions' | 'retryDelaysMs'>,
): Promise<void> => {
  await channel.checkExchange(names.out(service));
  await channel.checkQueue(names.parked(service));
  for (const queue of partitions.flatMap((count) => names.queues(service, count))) await channel.checkQueue(queue);
  const [current = 1] = partitions;
  for (const queue of delaysOf(names, service, current, retryDelaysMs)) await channel.checkQueue(queue);
};

/** Takes from the queues of that number what they get of these topics. What is not bound is no error. */
export const unbindTopics = async (
  channel: Channel,
  names: Names,
  { queue: service, topics }: Pick<Declaration, 'queue' | 'topics'>,
  partitions: number,
): Promise<void> => {
  for (const topic of topics) await wayIn(channel, names, service, partitions).unbind(names.events, topic);
};

export const delaysOf = (names: Names, service: string, partitions: number, retryDelaysMs: readonly number[]): string[] =>
  [...new Set(retryDelaysMs)].map((delayMs) => names.delay(service, partitions, delayMs));

/** Where messages come in is a queue or an exchange, and AMQP binds them by different words. */
const wayIn = (channel: Channel, names: Names, service: string, partitions: number) => {
  const entry = names.entry(service, partitions);
  return partitions === 1
    ? {
        bind: (source: string, key: string) => channel.bindQueue(entry, source, key),
        unbind: (source: string, key: string) => channel.unbindQueue(entry, source, key),
      }
    : {
        bind: (source: string, key: string) => channel.bindExchange(entry, source, key),
        unbind: (source: string, key: string) => channel.unbindExchange(entry, source, key),
      };
};

const declareParked = async (channel: Channel, names: Names, service: string): Promise<void> => {
  // The parked queue comes first: at-least-once dead-lettering to a missing target waits for minutes.
  const parked = names.parked(service);
  await channel.assertQueue(parked, { durable: true, arguments: { ...quorum, 'x-overflow': 'reject-publish' } });
  await channel.bindQueue(parked, names.dead, service);
  await channel.bindQueue(parked, names.out(service), parked);
};

const declareQueues = async (
  channel: Channel,
  names: Names,
  { queue: service, retryDelaysMs }: Pick<Layout, 'queue' | 'retryDelaysMs'>,
  partitions: number,
): Promise<void> => {
  const entry = names.entry(service, partitions);
  const out = names.out(service);
  const isSpread = partitions > 1;
  if (isSpread) await channel.assertExchange(entry, 'x-consistent-hash', { durable: true, arguments: { 'hash-header': keyHeader } });
  for (const queue of names.queues(service, partitions)) {
    await channel.assertQueue(queue, {
      durable: true,
      arguments: {
        ...quorum,
        ...nothingLost,
        'x-delivery-limit': deliveryLimit,
        'x-dead-letter-exchange': names.dead,
        'x-dead-letter-routing-key': service,
        // One after the other, whoever consumes: the messages of a key stay in order.
        ...(isSpread && { 'x-single-active-consumer': true }),
      },
    });
    if (isSpread) await channel.bindQueue(queue, entry, weight);
  }
  await wayIn(channel, names, service, partitions).bind(out, entry);
  // One queue per delay: messages expire at the head of a queue only, so different delays in one queue would block each other.
  for (const delayMs of new Set(retryDelaysMs)) {
    const delay = names.delay(service, partitions, delayMs);
    await channel.assertQueue(delay, {
      durable: true,
      arguments: {
        ...quorum,
        ...nothingLost,
        'x-message-ttl': delayMs,
        // By its key, a message comes back to the queue that it came from.
        'x-dead-letter-exchange': isSpread ? entry : '',
        'x-dead-letter-routing-key': entry,
      },
    });
    await channel.bindQueue(delay, out, delay);
  }
};
