import { type BrokerOptions, defaultBatchSize, defaultBatchWaitMs, defaultMaxBodyBytes, silentLog } from '../options.ts';
import { unlessAborted } from '../patience.ts';
import type { Broker, OutgoingMessage, Subscription } from '../port.ts';
import { assertPublishable } from '../publishable.ts';
import { defaultRetryDelaysMs } from '../retry.ts';
import { watch } from './channel.ts';
import { superviseConnection } from './connection.ts';
import { type Consumer, openConsumer } from './consumer.ts';
import { processBatches, processParked } from './fates.ts';
import { event, type Outbound, toQueue } from './message.ts';
import { openPublisher, type RabbitPublisher } from './publisher.ts';
import { checkService, declareExchanges, declareService, namesIn } from './topology.ts';

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
}

/** The broker port on RabbitMQ, 3.10 or newer. Publishes and consumes on separate connections: an alarm blocks only the publishing one. */
export const rabbitBroker = (options: RabbitOptions): Broker => {
  const { log = silentLog, maxBodyBytes = defaultMaxBodyBytes, publishAs } = options;
  const names = namesIn(options.namespace ?? 'orderbus');
  const consumers = new Set<Consumer>();
  const stopping = new AbortController();
  let connections: Connections | undefined;

  const connect = (): Connections => {
    connections ??= openConnections(options);
    return connections;
  };

  const send = async (
    messages: readonly OutgoingMessage[],
    address: (message: OutgoingMessage) => Outbound,
  ): Promise<ReadonlySet<string>> => {
    assertPublishable(messages, maxBodyBytes);
    const confirmed = await connect().publisher.send(messages.map(address));
    return new Set(messages.filter((_, index) => confirmed[index]).map(({ id }) => id));
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

  return {
    start: async () => {
      const { publisher, consumer } = connect();
      await unlessAborted(publisher.ready(), stopping.signal);
      await consumer.ready(stopping.signal);
    },

    publish: (messages) => send(messages, (message) => event(message, publishAs === undefined ? names.events : names.out(publishAs))),

    redeliver: (service, messages) =>
      send(messages, (message) => toQueue(message, { exchange: names.out(service), queue: names.queue(service) })),

    declare: async (declaration) => {
      const model = await connect().consumer.ready(stopping.signal);
      if (!model) return;
      const { channel, close } = watch(await model.createChannel(), log);
      await declareExchanges(channel, names);
      await declareService(channel, names, { tells: [], retryDelaysMs: defaultRetryDelaysMs, ...declaration });
      await close();
    },

    subscribe: async ({ queue: service, ...wishes }, handler) => {
      const { publisher, consumer } = connect();
      const retryDelaysMs = wishes.retryDelaysMs ?? defaultRetryDelaysMs;
      const batchSize = wishes.batchSize ?? defaultBatchSize;
      const opened = openConsumer({
        connection: consumer,
        queue: names.queue(service),
        check: (channel) => checkService(channel, names, service, retryDelaysMs),
        prefetch: options.prefetch ?? 2 * batchSize,
        batchSize,
        batchWaitMs: wishes.batchWaitMs ?? defaultBatchWaitMs,
        log,
        process: processBatches(handler, { names, service, retryDelaysMs, maxBodyBytes, publisher, log }),
      });
      return await subscribed(opened);
    },

    subscribeParked: async (queue, handler) => {
      const opened = openConsumer({
        connection: connect().consumer,
        queue: names.parked(queue),
        check: async (channel) => void (await channel.checkQueue(names.parked(queue))),
        prefetch: 10,
        batchSize: 1,
        batchWaitMs: 0,
        log,
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
