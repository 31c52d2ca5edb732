import type { Declaration } from '../port.ts';
import type { Names } from './topology.ts';

/** Patterns of names, as RabbitMQ takes them. It asks by name alone, whether of a queue or of an exchange. */
export interface Access {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** What tells how much a service needs. */
export type BrokerTenant = Pick<Declaration, 'queue' | 'topics'>;

/**
 * The least that a service gets along with. It makes nothing: setup does. It takes from its own queues, and writes to one exchange, from
 * which its own events go to everybody and all else to its own queues: the default exchange would take it to everybody's queues.
 */
export const accessOf = (names: Names, { queue: service, topics }: BrokerTenant, partitions: readonly number[]): Access => ({
  configure: nothing,
  write: anyOf([names.out(service)]),
  read: topics.length === 0 ? nothing : anyOf([...partitions.flatMap((count) => names.queues(service, count)), names.parked(service)]),
});

const nothing = '^$';

const anyOf = (names: readonly string[]): string => `^(${names.join('|').replaceAll('.', '\\.')})$`;
