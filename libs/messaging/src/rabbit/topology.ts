import type { Channel } from 'amqplib';
import type { Declaration } from '../port.ts';

/** The names of everything in the broker that belongs to one installation. */
export interface Names {
  readonly events: string;
  readonly unrouted: string;
  readonly dead: string;
  queue(service: string): string;
  /** The one exchange that a service writes to: its own events go on to `events`, its retries and what it parks to its own queues. */
  out(service: string): string;
  delay(service: string, delayMs: number): string;
  parked(service: string): string;
}

export const namesIn = (namespace: string): Names => ({
  events: `${namespace}.events`,
  unrouted: `${namespace}.unrouted`,
  dead: `${namespace}.dead`,
  queue: (service) => `${namespace}.${service}`,
  out: (service) => `${namespace}.${service}.out`,
  delay: (service, delayMs) => `${namespace}.${service}.retry.${delayMs}`,
  parked: (service) => `${namespace}.${service}.parked`,
});

const quorum = { 'x-queue-type': 'quorum' };
/** A message leaves a queue by dead-lettering only after its next queue has confirmed it; that needs reject-publish. */
const nothingLost = { 'x-overflow': 'reject-publish', 'x-dead-letter-strategy': 'at-least-once' };
/** Deliveries to consumers that died holding the message. After that it is parked, with the reason `delivery-limit`. */
const deliveryLimit = 20;

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

/** All that is one service's, for whoever may configure it: setup. */
export const declareService = async (channel: Channel, names: Names, declaration: Required<Declaration>): Promise<void> => {
  const { queue: service, topics, tells, retryDelaysMs } = declaration;
  const out = names.out(service);
  await channel.assertExchange(out, 'direct', { durable: true });
  for (const topic of tells) await channel.bindExchange(names.events, out, topic);
  if (topics.length === 0) return;
  await declareQueues(channel, names, declaration);
  for (const queue of queuesOf(names, service, retryDelaysMs)) await channel.bindQueue(queue, out, queue);
  for (const topic of topics) await channel.bindQueue(names.queue(service), names.events, topic);
};

/** @throws when one of them is not there, without making it: that needs no permission. */
export const checkService = async (channel: Channel, names: Names, service: string, retryDelaysMs: readonly number[]): Promise<void> => {
  await channel.checkExchange(names.out(service));
  for (const queue of queuesOf(names, service, retryDelaysMs)) await channel.checkQueue(queue);
};

const queuesOf = (names: Names, service: string, retryDelaysMs: readonly number[]): string[] => [
  names.queue(service),
  names.parked(service),
  ...[...new Set(retryDelaysMs)].map((delayMs) => names.delay(service, delayMs)),
];

const declareQueues = async (
  channel: Channel,
  names: Names,
  { queue: service, retryDelaysMs }: Pick<Required<Declaration>, 'queue' | 'retryDelaysMs'>,
): Promise<void> => {
  // The parked queue comes first: at-least-once dead-lettering to a missing target waits for minutes.
  await channel.assertQueue(names.parked(service), { durable: true, arguments: { ...quorum, 'x-overflow': 'reject-publish' } });
  await channel.bindQueue(names.parked(service), names.dead, service);
  await channel.assertQueue(names.queue(service), {
    durable: true,
    arguments: {
      ...quorum,
      ...nothingLost,
      'x-delivery-limit': deliveryLimit,
      'x-dead-letter-exchange': names.dead,
      'x-dead-letter-routing-key': service,
    },
  });
  // One queue per delay: messages expire at the head of a queue only, so different delays in one queue would block each other.
  for (const delayMs of new Set(retryDelaysMs)) {
    await channel.assertQueue(names.delay(service, delayMs), {
      durable: true,
      arguments: {
        ...quorum,
        ...nothingLost,
        'x-message-ttl': delayMs,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': names.queue(service),
      },
    });
  }
};
