import {
  type BrokerOptions,
  defaultBatchPauseMs,
  defaultBatchSize,
  defaultBatchWaitMs,
  defaultMaxBodyBytes,
  type PublishFailure,
  silentLog,
  unpartitioned,
} from '../options.ts';
import { unlessAborted } from '../patience.ts';
import type { Broker, OutgoingMessage, Subscription } from '../port.ts';
import { assertPublishable } from '../publishable.ts';
import { defaultRetryDelaysMs } from '../retry.ts';
import type { Balance } from './balance.ts';
import { watch } from './channel.ts';
import { superviseConnection } from './connection.ts';
import { type Consumer, openConsumer } from './consumer.ts';
import { processBatches, processParked } from './fates.ts';
import { event, type Outbound, toQueue } from './message.ts';
import { namingPlugin } from './plugin.ts';
import { openPublisher, type RabbitPublisher } from './publisher.ts';
import { checkService, declareExchanges, declareService, namesIn } from './topology.ts';
import type { Outcome } from './window.ts';

export interface RabbitOptions extends BrokerOptions {
  /** `amqp://user:password@host:5672/vhost`, or `amqps:`. */
  readonly url: string;
  /** The prefix of all exchanges and queues. Default `orderbus`. */
  readonly namespace?: string;
  /** A silent peer is noticed after three of these. Default 5. */
  readonly heartbeatSeconds?: number;
  /** A window of messages whose confirms take longer counts as not confirmed. Default 10,000. */
  readonly confirmDeadlineMs?: number;
  /** Messages that the broker hands over before they are settled. Default: two batches. */
  readonly prefetch?: number;
  /** How often a consumer looks whether it works on more partitions than its share. Default 5,000. */
  readonly balanceMs?: number;
}

/** The broker port on RabbitMQ, 3.10 or newer. Publishes and consumes on separate connections: an alarm blocks only the publishing one. */
export const rabbitBroker = (options: RabbitOptions): Broker => {
  const { log = silentLog, on = {}, maxBodyBytes = defaultMaxBodyBytes, publishAs, partitions = unpartitioned } = options;
  const [current = 1] = partitions;
  const names = namesIn(options.namespace ?? 'orderbus');
  const consumers = new Set<Consumer>();
  const stopping = new AbortController();
  let connections: Connections | undefined;

  const connect = (): Connections => {
    connections ??= openConnections(options);
    return connections;
  };

  const send = (messages: readonly OutgoingMessage[], address: (message: OutgoingMessage) => Outbound): Promise<readonly Outcome[]> => {
    assertPublishable(messages, maxBodyBytes);
    return connect().publisher.send(messages.map(address));
  };

  const publishEvents = async (messages: readonly OutgoingMessage[]): Promise<ReadonlySet<string>> => {
    const outcomes = await send(messages, (message) => event(message, publishAs === undefined ? names.events : names.out(publishAs)));
    for (const [why, count] of failuresAmong(outcomes)) on.unconfirmed?.(why, count);
    return confirmedOf(messages, outcomes);
  };

  const subscribed = async (consumer: Consumer): Promise<Subscription> => {
    consumers.add(consumer);
    await consumer.consuming;
    return {
      stop: async () => {
        await consumer.stop();
        consumers.delete(consumer);
      },
    };
  };

  /** Every process of a service takes care of its parked messages, too: so many there are. */
  const balanceOf = (service: string): Balance | undefined =>
    current === 1
      ? undefined
      : {
          queues: names.queues(service, current),
          consumers: async (channel) => (await channel.checkQueue(names.parked(service))).consumerCount,
          everyMs: options.balanceMs ?? 5_000,
        };

  return {
    start: async () => {
      const { publisher, consumer } = connect();
      await unlessAborted(publisher.ready(), stopping.signal);
      await consumer.ready(stopping.signal);
    },

    publish: publishEvents,

    redeliver: async (service, messages) =>
      confirmedOf(
        messages,
        await send(messages, (message) => toQueue(message, { exchange: names.out(service), queue: names.entry(service, current) })),
      ),

    declare: async (declaration) => {
      const model = await connect().consumer.ready(stopping.signal);
      if (!model) return;
      const { channel, close } = watch(await model.createChannel(), log);
      await namingPlugin(model, async () => {
        await declareExchanges(channel, names);
        await declareService(channel, names, { tells: [], retryDelaysMs: defaultRetryDelaysMs, ...declaration, partitions });
      });
      await close();
    },

    subscribe: async ({ queue: service, ...wishes }, handler) => {
      const { publisher, consumer } = connect();
      const retryDelaysMs = wishes.retryDelaysMs ?? defaultRetryDelaysMs;
      const batchSize = wishes.batchSize ?? defaultBatchSize;
      const opened = openConsumer({
        connection: consumer,
        queue: names.entry(service, current),
        queues: partitions.flatMap((count) => names.queues(service, count)),
        check: (channel) => checkService(channel, names, { queue: service, partitions, retryDelaysMs }),
        balance: balanceOf(service),
        prefetch: options.prefetch ?? 2 * batchSize,
        batchSize,
        batchWaitMs: wishes.batchWaitMs ?? defaultBatchWaitMs,
        batchPauseMs: wishes.batchPauseMs ?? defaultBatchPauseMs,
        log,
        on,
        process: processBatches(handler, { names, service, partitions: current, retryDelaysMs, maxBodyBytes, publisher, log }),
      });
      return await subscribed(opened);
    },

    subscribeParked: async (queue, handler) => {
      const opened = openConsumer({
        connection: connect().consumer,
        queue: names.parked(queue),
        queues: [names.parked(queue)],
        check: async (channel) => void (await channel.checkQueue(names.parked(queue))),
        prefetch: 10,
        batchSize: 1,
        batchWaitMs: 0,
        batchPauseMs: 0,
        log,
        on,
        process: processParked(handler, { log, service: queue }),
      });
      return await subscribed(opened);
    },

    get healthy() {
      return connections?.publisher.live === true && connections.consumer.current !== undefined;
    },

    stop: async () => {
      stopping.abort();
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await connections?.close();
    },
  };
};

const confirmedOf = (messages: readonly OutgoingMessage[], outcomes: readonly Outcome[]): ReadonlySet<string> =>
  new Set(messages.filter((_, index) => outcomes[index] === 'confirmed').map(({ id }) => id));

const failuresAmong = (outcomes: readonly Outcome[]): Map<PublishFailure, number> => {
  const counts = new Map<PublishFailure, number>();
  for (const outcome of outcomes) if (outcome !== 'confirmed') counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
};

interface Connections {
  readonly publisher: RabbitPublisher;
  readonly consumer: ReturnType<typeof superviseConnection>;
  close(): Promise<void>;
}

const openConnections = ({
  url,
  name,
  log = silentLog,
  on = {},
  heartbeatSeconds = 5,
  confirmDeadlineMs = 10_000,
}: RabbitOptions): Connections => {
  const shared = { url, name, heartbeatSeconds, log, on };
  const consumer = superviseConnection({ ...shared, role: 'consumer' });
  const forPublishing = superviseConnection({ ...shared, role: 'publisher' });
  const publisher = openPublisher({ connection: forPublishing, confirmDeadlineMs, log, on });
  return {
    publisher,
    consumer,
    close: async () => {
      await publisher.close();
      await Promise.all([forPublishing.close(), consumer.close()]);
    },
  };
};
