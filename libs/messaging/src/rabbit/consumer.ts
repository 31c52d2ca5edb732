import { isBroken } from '@orderbus/kernel';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { nextBatchAt } from '../batch.ts';
import type { BrokerListeners, BrokerLog } from '../options.ts';
import { growingPause, pause, unlessAborted, untilAborted } from '../patience.ts';
import type { Subscription } from '../port.ts';
import { reasonOf } from '../reason.ts';
import { type Balance, share } from './balance.ts';
import { type Watched, watch } from './channel.ts';
import type { RabbitConnection } from './connection.ts';
import { type Intake, openIntake } from './intake.ts';

export interface ConsumerOptions {
  readonly connection: RabbitConnection;
  /** One of them stands for all in the log. */
  readonly queue: string;
  /** All that it consumes: one batch is of all of them. */
  readonly queues: readonly string[];
  /** Of queues that only one consumer at a time works on. */
  readonly balance?: Balance | undefined;
  /** @throws when something that setup makes is not there. Before each channel's first message. */
  readonly check: (channel: Channel) => Promise<void>;
  readonly prefetch: number;
  readonly batchSize: number;
  readonly batchWaitMs: number;
  readonly batchPauseMs: number;
  readonly log: BrokerLog;
  readonly on: BrokerListeners;
  /** Resolves with those messages of the batch that may be acknowledged. Gives up its own pauses when the signal comes. */
  readonly process: (batch: readonly ConsumeMessage[], session: Session) => Promise<ReadonlySet<ConsumeMessage>>;
}

/** As long as one channel lives. Acknowledgements belong to it: after it, its messages are delivered again. */
export interface Session {
  /** The channel is gone, or the subscription is being stopped. */
  readonly over: AbortSignal;
  readonly channelGone: AbortSignal;
}

/** A subscription, and when it consumes for the first time (or is stopped before). */
export interface Consumer extends Subscription {
  readonly consuming: Promise<void>;
}

/** Consumes a queue, on one channel after the other, until it is stopped. */
export const openConsumer = (options: ConsumerOptions): Consumer => {
  const { connection, queue, log } = options;
  const stopping = new AbortController();
  const consuming = Promise.withResolvers<void>();

  let waiting: string | undefined;
  const waitAfter = async (attempt: number, error: unknown): Promise<void> => {
    const reason = reasonOf(error);
    if (waiting !== reason) log.warn({ queue, reason }, 'cannot consume');
    waiting = reason;
    await pause(growingPause(attempt, 500, 5_000), stopping.signal);
  };

  const run = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      try {
        const model = await connection.ready(stopping.signal);
        if (!model) return;
        // A connection that is silent may leave this unanswered for long.
        const opened = await unlessAborted(consumeOn(model, options), stopping.signal);
        if (!opened) return;
        consuming.resolve();
        attempt = 0;
        waiting = undefined;
        await workOff(opened, options, stopping.signal);
        await opened.watched.close();
      } catch (error) {
        await waitAfter(attempt, error);
      }
    }
  };
  const running = run();

  return {
    consuming: unlessAborted(consuming.promise, stopping.signal),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

interface Consuming {
  readonly watched: Watched<Channel>;
  readonly intake: Intake<ConsumeMessage>;
  readonly inHand: InHand;
}

/** How many messages of this channel are not settled. When it ends they are the broker's again. */
interface InHand {
  changes(by: number): void;
  end(): void;
}

const countInHand = (on: BrokerListeners): InHand => {
  let count = 0;
  let ended = false;
  const changes = (by: number): void => {
    if (ended || by === 0) return;
    count += by;
    on.unsettled?.(by);
  };
  return {
    changes,
    end: () => {
      changes(-count);
      ended = true;
    },
  };
};

const consumeOn = async (model: ChannelModel, options: ConsumerOptions): Promise<Consuming> => {
  const { queue, queues, check, prefetch, log, on } = options;
  const watched = watch(await model.createChannel(), log);
  const { channel } = watched;
  const intake = openIntake<ConsumeMessage>();
  const inHand = countInHand(on);
  await check(channel);
  await channel.prefetch(prefetch);
  const consume = async (name: string, heard: () => void): Promise<string> => {
    const { consumerTag } = await channel.consume(name, (message) => {
      heard();
      if (message) {
        inHand.changes(1);
        return intake.put(message);
      }
      log.warn({ queue }, 'the broker cancelled the consumer');
      void watched.close();
    });
    return consumerTag;
  };
  const shared = options.balance?.queues ?? [];
  for (const name of queues) if (!shared.includes(name)) await consume(name, () => {});
  if (options.balance) await share(watched, consume, options.balance);
  return { watched, intake, inHand };
};

const workOff = async (
  { watched: { channel, gone }, intake, inHand }: Consuming,
  { batchSize, batchWaitMs, batchPauseMs, process }: ConsumerOptions,
  stopping: AbortSignal,
): Promise<void> => {
  const over = AbortSignal.any([gone, stopping]);
  void untilAborted(over).then(intake.close);
  const session: Session = { over, channelGone: gone };
  try {
    for (let notBefore = 0; ; ) {
      const batch = await intake.take(batchSize, { waitMs: batchWaitMs, notBefore });
      const begunAt = performance.now();
      if (batch.length === 0) return;
      if (isBroken('ack_before_commit')) acknowledge(channel, batch, new Set(batch));
      const settled = await process(batch, session);
      if (!isBroken('ack_before_commit')) acknowledge(channel, batch, settled);
      inHand.changes(-settled.size);
      notBefore = nextBatchAt(begunAt, batchPauseMs);
    }
  } finally {
    inHand.end();
  }
};

/** Batches follow each other, so everything before a batch is settled: one frame acknowledges all of it. */
const acknowledge = (channel: Channel, batch: readonly ConsumeMessage[], settled: ReadonlySet<ConsumeMessage>): void => {
  const last = batch.at(-1);
  if (!last) return;
  try {
    if (batch.every((message) => settled.has(message))) channel.ack(last, true);
    else for (const message of settled) channel.ack(message);
  } catch {
    // The channel died meanwhile. Its messages come again, and whoever handles them knows them by their ids.
  }
};
