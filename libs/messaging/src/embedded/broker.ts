import type { JobInsert } from 'pg-boss';
import {
  type BrokerOptions,
  defaultBatchPauseMs,
  defaultBatchSize,
  defaultBatchWaitMs,
  defaultMaxBodyBytes,
  silentLog,
} from '../options.ts';
import { within } from '../patience.ts';
import type { Broker, OutgoingMessage, Subscription } from '../port.ts';
import { assertPublishable } from '../publishable.ts';
import { reasonOf } from '../reason.ts';
import { defaultRetryDelaysMs } from '../retry.ts';
import { openConsumer } from './consumer.ts';
import { acquireEngine, type Engine, type EngineOptions, releaseEngine } from './engine.ts';
import { processBatches, processParked } from './fates.ts';
import { type JobData, jobFor } from './job.ts';
import { createQueues, parkedName } from './schema.ts';

export interface EmbeddedOptions extends BrokerOptions {
  /** `postgres://user:password@host:5432/database`. Brokers of one process on the same database share their connections. */
  readonly url: string;
  /** The schema that pg-boss installs itself in. Default `broker`. */
  readonly schema?: string;
  /** How often consumers look for messages nobody told them of: delayed ones, and those whose notification got lost. Default 500. */
  readonly pollMs?: number;
  /** A consumer that does not give a sign of life for so long is dead, and its messages go to another. At least 10; default 15. */
  readonly deathAfterSeconds?: number;
  /** Default 10,000. */
  readonly confirmDeadlineMs?: number;
}

/**
 * The broker port on the PostgreSQL that is there anyway, with pg-boss: for trying it, and for a shop on one machine.
 * A message on a topic that nobody has subscribed to is confirmed and dropped; the event log of its publisher keeps it.
 */
export const embeddedBroker = (options: EmbeddedOptions): Broker => {
  const { url, log = silentLog, on = {}, maxBodyBytes = defaultMaxBodyBytes, pollMs = 500, deathAfterSeconds = 15 } = options;
  const engineOptions: EngineOptions = { url, schema: options.schema ?? 'broker', deathAfterSeconds, log };
  const stopping = new AbortController();
  const subscriptions = new Set<Subscription>();
  let starting: Promise<Engine | undefined> | undefined;
  let engine: Engine | undefined;
  let healthy = false;
  let turn: Promise<unknown> = Promise.resolve();

  const answered = (ok: boolean): void => {
    if (ok === healthy) return;
    healthy = ok;
    for (const role of ['publisher', 'consumer'] as const) ok ? on.connected?.(role) : on.disconnected?.(role);
  };

  const running = async (): Promise<Engine> => {
    starting ??= acquireEngine(engineOptions, stopping.signal);
    engine = await starting;
    if (!engine) throw new Error('the broker was stopped');
    return engine;
  };

  /** One window after the other, so that the places of the later one come later. */
  const inTurn = async (messages: readonly OutgoingMessage[], store: (engine: Engine) => Promise<void>): Promise<ReadonlySet<string>> => {
    assertPublishable(messages, maxBodyBytes);
    if (messages.length === 0) return new Set();
    const startedAt = performance.now();
    const previous = turn;
    const stored = previous.then(async () => {
      if (!engine) return false;
      await store(engine);
      return true;
    });
    const outcome = stored.catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'messages were not stored');
      return false;
    });
    turn = within(options.confirmDeadlineMs ?? 10_000, outcome);
    const confirmed = (await turn) === true && (await outcome);
    answered(confirmed);
    const seconds = (performance.now() - startedAt) / 1000;
    on.published?.({ confirmed: confirmed ? messages.length : 0, of: messages.length, seconds });
    return new Set(confirmed ? messages.map(({ id }) => id) : []);
  };

  const kept = (consumer: Subscription): Subscription => {
    subscriptions.add(consumer);
    return {
      stop: async () => {
        await consumer.stop();
        subscriptions.delete(consumer);
      },
    };
  };

  return {
    start: async () => {
      if (options.partitions?.some((count) => count > 1))
        log.warn(
          { partitions: options.partitions },
          'the embedded broker keeps one queue for each service, whatever QUEUE_PARTITIONS says',
        );
      await running();
      answered(true);
    },
    publish: async (messages) => {
      const confirmed = await inTurn(messages, (current) => publish(current, messages));
      if (confirmed.size < messages.length) on.unconfirmed?.('closed', messages.length - confirmed.size);
      return confirmed;
    },
    redeliver: (queue, messages) => inTurn(messages, (current) => deliverTo(current, queue, messages)),
    declare: async ({ queue, topics }) => {
      const { boss, tables, transaction } = await running();
      if (topics.length > 0) await createQueues(boss, queue, deathAfterSeconds);
      await transaction((db) => tables.bind(db, queue, topics));
    },
    subscribe: async ({ queue: service, ...wishes }, handler) => {
      const current = await running();
      const retryDelaysMs = wishes.retryDelaysMs ?? defaultRetryDelaysMs;
      const consumer = openConsumer({
        ...{ engine: current, queue: service, pollMs, deathAfterSeconds, log, on, answered },
        batchSize: wishes.batchSize ?? defaultBatchSize,
        batchWaitMs: wishes.batchWaitMs ?? defaultBatchWaitMs,
        batchPauseMs: wishes.batchPauseMs ?? defaultBatchPauseMs,
        process: processBatches(handler, { engine: current, service, retryDelaysMs, maxBodyBytes, log }),
      });
      return kept(consumer);
    },
    subscribeParked: async (service, handler) => {
      const current = await running();
      const consumer = openConsumer({
        ...{ engine: current, queue: parkedName(service), pollMs, deathAfterSeconds, log, on, answered },
        batchSize: 10,
        batchWaitMs: 0,
        batchPauseMs: 0,
        process: processParked(handler, { engine: current, service, log }),
      });
      return kept(consumer);
    },
    get healthy() {
      return healthy;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await turn;
      if (await starting) await releaseEngine(engineOptions);
      starting = undefined;
      engine = undefined;
      healthy = false;
    },
  };
};

/** A window is one transaction: each message reaches all its queues, or none. */
const publish = async ({ boss, tables, transaction, bell }: Engine, messages: readonly OutgoingMessage[]): Promise<void> => {
  const queues = new Map<string, JobInsert<JobData>[]>();
  await transaction(async (db) => {
    const { places, queuesOf } = await tables.route(db, messages.length, [...new Set(messages.map(({ topic }) => topic))]);
    for (const [index, message] of messages.entries()) {
      for (const queue of queuesOf.get(message.topic) ?? []) {
        const jobs = queues.get(queue) ?? [];
        jobs.push(jobFor(message, places[index] ?? 0));
        queues.set(queue, jobs);
      }
    }
    for (const [queue, jobs] of queues) await boss.insert(queue, jobs, { db });
  });
  bell.ring(queues.keys());
};

const deliverTo = async (
  { boss, tables, transaction, bell }: Engine,
  queue: string,
  messages: readonly OutgoingMessage[],
): Promise<void> => {
  await transaction(async (db) => {
    const { places } = await tables.route(db, messages.length, []);
    await boss.insert(
      queue,
      messages.map((message, index) => jobFor(message, places[index] ?? 0)),
      { db },
    );
  });
  bell.ring([queue]);
};
