import { AppError } from '@orderbus/kernel';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { type BrokerLog, partitionCounts, silentLog } from '../options.ts';
import type { Declaration } from '../port.ts';
import { defaultRetryDelaysMs } from '../retry.ts';
import { watch } from './channel.ts';
import { delaysOf, namesIn, unbindTopics } from './topology.ts';

/** The queues of one service that belong together, with the delay queues of their retries. */
export interface QueueGroup {
  readonly service: string;
  readonly partitions: number;
  /** That wait in them, be it for their delay. Those that a consumer holds are not counted. */
  readonly messages: number;
  readonly consumers: number;
}

/** What an administrator sees and does about groups of queues that setup has made, now or before. */
export interface QueueGroups {
  list(declaration: Declaration): Promise<QueueGroup[]>;
  /** Nothing that is published comes into this group any more. What is in it stays. */
  unbind(declaration: Declaration, partitions: number): Promise<void>;
  /**
   * Deletes a group that nobody needs any more.
   * @throws AppError `broker.queues-in-use` while it holds anything, or somebody consumes it
   */
  drop(declaration: Declaration, partitions: number): Promise<void>;
  close(): Promise<void>;
}

export interface QueueGroupsOptions {
  readonly adminUrl: string;
  readonly namespace?: string;
  readonly log?: BrokerLog;
}

export const openQueueGroups = async ({ adminUrl, namespace = 'orderbus', log = silentLog }: QueueGroupsOptions): Promise<QueueGroups> => {
  const names = namesIn(namespace);
  const model = await connect(adminUrl);
  model.on('error', (error) => log.warn({ reason: error.message }, 'the connection to the broker failed'));

  const queuesOf = ({ queue: service, retryDelaysMs = defaultRetryDelaysMs }: Declaration, partitions: number): string[] => [
    ...names.queues(service, partitions),
    ...delaysOf(names, service, partitions, retryDelaysMs),
  ];

  /** The first queue is made first and deleted last: without it there is none. */
  const look = async (declaration: Declaration, partitions: number): Promise<QueueGroup | undefined> => {
    const [first = '', ...others] = queuesOf(declaration, partitions);
    const depth = await depthOf(model, first);
    if (!depth) return undefined;
    const found = [depth, ...(await Promise.all(others.map((queue) => depthOf(model, queue))))];
    const sum = (what: 'messageCount' | 'consumerCount') => found.reduce((total, one) => total + (one?.[what] ?? 0), 0);
    return { service: declaration.queue, partitions, messages: sum('messageCount'), consumers: sum('consumerCount') };
  };

  const onChannel = async (work: (channel: Channel) => Promise<void>): Promise<void> => {
    const { channel, close } = watch(await model.createChannel(), log);
    await work(channel);
    await close();
  };

  const unbind: QueueGroups['unbind'] = (declaration, partitions) =>
    onChannel((channel) => unbindTopics(channel, names, declaration, partitions));

  return {
    list: async (declaration) =>
      (await Promise.all(partitionCounts.map((count) => look(declaration, count)))).filter((group) => group !== undefined),
    unbind,
    drop: async (declaration, partitions) => {
      await unbind(declaration, partitions);
      const group = await look(declaration, partitions);
      if (!group) return;
      // A quorum queue cannot be asked to go only when it is empty. Without consumers and bindings, nothing comes in between.
      if (group.messages + group.consumers > 0) throw new AppError('conflict', 'broker.queues-in-use', { ...group });
      await onChannel(async (channel) => {
        // The ways in go before the queues that they lead to.
        for (const queue of queuesOf(declaration, partitions).toReversed()) await channel.deleteQueue(queue);
        if (partitions > 1) await channel.deleteExchange(names.entry(declaration.queue, partitions));
      });
    },
    close: () => model.close(),
  };
};

/** On a channel of its own: to ask for a queue that is not there costs the channel. */
const depthOf = async (model: ChannelModel, queue: string): Promise<{ messageCount: number; consumerCount: number } | undefined> => {
  const { channel, close } = watch(await model.createChannel(), silentLog);
  try {
    return await channel.checkQueue(queue);
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return undefined;
    throw error;
  } finally {
    await close();
  }
};
