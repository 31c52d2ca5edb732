import type { Channel, Options } from 'amqplib';
import { unpartitioned } from '../options.ts';
import type { Declaration } from '../port.ts';
import { defaultRetryDelaysMs } from '../retry.ts';
import { declareExchanges, declareService, namesIn } from './topology.ts';

/** What there is in a virtual host, or has to be: each with what makes it this one. */
export interface RabbitTopology {
  readonly exchanges: readonly Named[];
  readonly queues: readonly Named[];
  readonly bindings: readonly Binding[];
}

interface Named {
  readonly name: string;
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly routingKey: string;
}

export interface ExpectedOptions {
  /** As of the broker. */
  readonly partitions?: readonly number[] | undefined;
  readonly namespace?: string;
}

/** What was never bound needs no unbinding. */
const nothing = async (): Promise<void> => {};

/** What setup would declare, asked of what declares it: by a channel that only writes down. */
export const expectedTopology = async (
  declarations: readonly Declaration[],
  { partitions = unpartitioned, namespace = 'orderbus' }: ExpectedOptions = {},
): Promise<RabbitTopology> => {
  const exchanges = new Map<string, Named>();
  const queues = new Map<string, Named>();
  const bindings = new Map<string, Binding>();
  const bind = async (destination: string, source: string, routingKey: string) =>
    void bindings.set([source, destination, routingKey].join(), { source, destination, routingKey });
  const writer = {
    assertExchange: async (name: string, type: string, { alternateExchange, arguments: given }: Options.AssertExchange = {}) =>
      void exchanges.set(name, {
        name,
        type,
        arguments: { ...given, ...(alternateExchange && { 'alternate-exchange': alternateExchange }) },
      }),
    assertQueue: async (name: string, { arguments: given = {} }: { arguments?: Record<string, unknown> } = {}) =>
      void queues.set(name, { name, type: String(given['x-queue-type']), arguments: given }),
    bindQueue: bind,
    bindExchange: bind,
    unbindQueue: nothing,
    unbindExchange: nothing,
  } as unknown as Channel;
  const names = namesIn(namespace);
  await declareExchanges(writer, names);
  for (const declaration of declarations)
    await declareService(writer, names, { tells: [], retryDelaysMs: defaultRetryDelaysMs, ...declaration, partitions });
  return { exchanges: [...exchanges.values()], queues: [...queues.values()], bindings: [...bindings.values()] };
};
