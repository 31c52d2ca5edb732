import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { BrokerListeners, BrokerLog } from '../options.ts';
import { pause, unlessAborted, untilAborted } from '../patience.ts';
import { reasonOf } from '../reason.ts';
import { type Watched, watch } from './channel.ts';
import type { RabbitConnection } from './connection.ts';
import type { Outbound } from './message.ts';
import { type Outcome, publishWindow } from './window.ts';

export interface PublisherOptions {
  readonly connection: RabbitConnection;
  readonly confirmDeadlineMs: number;
  readonly log: BrokerLog;
  readonly on: BrokerListeners;
}

export interface RabbitPublisher {
  readonly live: boolean;
  /** Resolves when the channel is there for the first time. */
  ready(): Promise<void>;
  /** What became of each message, at its index. While there is no channel, all are `closed` at once. */
  send(messages: readonly Outbound[]): Promise<readonly Outcome[]>;
  /** Lets the running windows end, then closes. */
  close(): Promise<void>;
}

/** A full queue costs no more than one channel in this time. */
const exchangeAfterMs = 1000;

/**
 * One confirm channel, opened again whenever it is gone. A window whose confirms do not come in time costs the channel. So does a refusal:
 * RabbitMQ tells a channel that a queue is full, but not that its limit was lifted. On that channel it refuses for good.
 */
export const openPublisher = ({ connection, confirmDeadlineMs, log, on }: PublisherOptions): RabbitPublisher => {
  const closing = new AbortController();
  const arrival = Promise.withResolvers<void>();
  const running = new Set<Promise<unknown>>();
  let current: Watched<ConfirmChannel> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let openedAt = 0;

  const exchange = (refusing: Watched<ConfirmChannel>): void => {
    if (performance.now() - openedAt < exchangeAfterMs) return;
    openedAt = performance.now();
    void Promise.allSettled(running).then(() => refusing.close());
  };

  const openChannel = async (model: ChannelModel): Promise<Watched<ConfirmChannel>> => watch(await model.createConfirmChannel(), log);

  const keepOpen = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        const model = await connection.ready(closing.signal);
        if (!model) return;
        // A connection that is blocked or silent may leave this unanswered for long.
        const opened = await unlessAborted(openChannel(model), closing.signal);
        if (!opened) return;
        current = opened;
        openedAt = performance.now();
        arrival.resolve();
        await unlessAborted(untilAborted(opened.gone), closing.signal);
        current = undefined;
        if (closing.signal.aborted) await opened.close();
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'cannot open the channel to publish on');
        await pause(1000, closing.signal);
      }
    }
  };
  const open = keepOpen();

  /** One window after the other is written, so that the messages of each stay in order; their confirms overlap. */
  const sendInTurn = async (messages: readonly Outbound[]): Promise<readonly Outcome[]> => {
    const startedAt = performance.now();
    const previous = turn;
    const written = Promise.withResolvers<void>();
    turn = written.promise;
    await previous;
    const channel = current;
    const none = messages.map((): Outcome => 'closed');
    const outcomes = channel ? await publishWindow(channel, messages, confirmDeadlineMs, written.resolve) : none;
    written.resolve();
    if (channel && outcomes.includes('nack')) exchange(channel);
    on.published?.({
      confirmed: outcomes.filter((outcome) => outcome === 'confirmed').length,
      of: messages.length,
      seconds: (performance.now() - startedAt) / 1000,
    });
    return outcomes;
  };

  return {
    get live() {
      return current !== undefined;
    },
    ready: () => arrival.promise,
    send: async (messages) => {
      if (messages.length === 0) return [];
      const window = sendInTurn(messages);
      running.add(window);
      return await window.finally(() => running.delete(window));
    },
    close: async () => {
      await Promise.allSettled(running);
      closing.abort();
      await open;
    },
  };
};
