import { AppError } from '@orderbus/kernel';
import type { BatchHandler, Broker, Declaration, Subscription } from '@orderbus/messaging';
import { archive, type Execution, type Relay } from '@orderbus/outbox';
import type { Log } from '../log.ts';
import type { ServiceConfig } from './settings.ts';

export interface MessagingOptions {
  readonly name: string;
  readonly broker: Broker;
  readonly relay: Relay;
  readonly execution: Execution;
  readonly log: Log;
  readonly handler: BatchHandler;
  readonly declaration: Declaration;
  readonly config: Pick<ServiceConfig, 'BATCH_SIZE' | 'BATCH_WAIT' | 'BATCH_PAUSE'>;
}

export interface Messaging {
  /** Returns at once: a broker that is away keeps nobody waiting, the outbox takes what happens meanwhile. */
  start(): Promise<void>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** The service's side of the broker: the relay out, the batches in, the parked messages into the dead-letter table. */
export const messaging = (options: MessagingOptions): Messaging => {
  const { name, broker, relay, execution, log, handler, declaration, config } = options;
  const started: Subscription[] = [];
  let settle: { resolve: () => void; reject: (error: unknown) => void };
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  ready.catch(() => {});

  let stopping = false;
  /** A stop may come while this waits for the broker: then nothing more is started behind its back. */
  const isStopping = (): AppError => new AppError('unavailable', 'service.stopping', { name });
  const unlessStopping = (): void => {
    if (stopping) throw isStopping();
  };

  const connect = async (): Promise<void> => {
    await broker.start();
    unlessStopping();
    await relay.start();
    unlessStopping();
    const { topics, tells: _, ...own } = declaration;
    if (topics.length > 0) {
      const batches = { batchSize: config.BATCH_SIZE, batchWaitMs: config.BATCH_WAIT, batchPauseMs: config.BATCH_PAUSE };
      started.push(await broker.subscribe({ ...own, ...batches }, handler));
      unlessStopping();
      const letters = archive(execution, name, (letter) => log.error(letter, 'a message was parked'));
      started.push(await broker.subscribeParked(name, letters));
    }
  };

  let connecting: Promise<void> | undefined;
  return {
    start: async () => {
      connecting = connect().then(
        () => settle.resolve(),
        (error: unknown) => {
          if (!stopping) log.error({ err: error }, 'messaging could not start');
          settle.reject(stopping ? isStopping() : error);
        },
      );
    },
    ready: () => ready,
    stop: async () => {
      stopping = true;
      await Promise.all(started.map((subscription) => subscription.stop()));
      await relay.stop();
      // Ends whatever still waits for the broker, too.
      await broker.stop();
      await connecting;
    },
  };
};
