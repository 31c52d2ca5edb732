import { isBroken } from '@orderbus/kernel';
import { nextBatchAt } from '../batch.ts';
import type { BrokerListeners, BrokerLog } from '../options.ts';
import { pause } from '../patience.ts';
import type { Subscription } from '../port.ts';
import { reasonOf } from '../reason.ts';
import type { Engine } from './engine.ts';
import type { Job } from './job.ts';

export interface ConsumerOptions {
  readonly engine: Engine;
  readonly queue: string;
  readonly batchSize: number;
  readonly batchWaitMs: number;
  readonly batchPauseMs: number;
  readonly pollMs: number;
  readonly deathAfterSeconds: number;
  readonly log: BrokerLog;
  readonly on: BrokerListeners;
  /** Did the database answer? */
  readonly answered: (ok: boolean) => void;
  /** Handles and settles. Resolves with those jobs that are settled; the others are given back. */
  readonly process: (batch: readonly Job[], stopping: AbortSignal) => Promise<ReadonlySet<Job>>;
}

/** Fetches and processes one batch after the other until it is stopped. */
export const openConsumer = (options: ConsumerOptions): Subscription => {
  const { engine, queue, log, pollMs, batchPauseMs, answered } = options;
  const stopping = new AbortController();
  const alarm = openAlarm();
  const deafen = engine.bell.listen(queue, alarm.sound);
  stopping.signal.addEventListener('abort', alarm.sound);

  const run = async (): Promise<void> => {
    let troubled = false;
    let notBefore = 0;
    while (!stopping.signal.aborted) {
      try {
        const batch = await collect({ ...options, notBefore }, alarm, stopping.signal);
        answered(true);
        troubled = false;
        if (batch.length > 0) {
          const begunAt = performance.now();
          await work(batch, options, stopping.signal);
          notBefore = nextBatchAt(begunAt, batchPauseMs);
        } else await alarm.wait(pollMs);
      } catch (error) {
        answered(false);
        if (!troubled) log.warn({ queue, reason: reasonOf(error) }, 'cannot fetch messages');
        troubled = true;
        await pause(1000, stopping.signal);
      }
    }
  };
  const running = run();

  return {
    stop: async () => {
      stopping.abort();
      await running;
      deafen();
    },
  };
};

type Collecting = Pick<ConsumerOptions, 'engine' | 'queue' | 'batchSize' | 'batchWaitMs'> & { readonly notBefore: number };

/** What is there; when that is less than a batch, also what comes within the wait, and until it may begin. In the order of publishing. */
const collect = async (
  { engine, queue, batchSize, batchWaitMs, notBefore }: Collecting,
  alarm: Alarm,
  stopping: AbortSignal,
): Promise<Job[]> => {
  const fetch = async (count: number): Promise<Job[]> => {
    alarm.reset();
    return await engine.boss.fetch<unknown>(queue, { batchSize: count, includeMetadata: true });
  };
  const batch = await fetch(batchSize);
  const until = Math.max(performance.now() + batchWaitMs, notBefore);
  for (let leftMs = until - performance.now(); batch.length > 0 && batch.length < batchSize && leftMs > 0 && !stopping.aborted; ) {
    await alarm.wait(leftMs);
    // What was fetched is ours already, whatever happens to this fetch.
    batch.push(...(await fetch(batchSize - batch.length).catch(() => [])));
    leftMs = until - performance.now();
  }
  return batch.sort((one, other) => other.priority - one.priority);
};

const work = async (batch: readonly Job[], { engine, queue, deathAfterSeconds, on, process }: ConsumerOptions, stopping: AbortSignal) => {
  on.unsettled?.(batch.length);
  const alive = setInterval(() => void engine.boss.touch(queue, [...batch]).catch(() => {}), (deathAfterSeconds * 1000) / 3);
  try {
    if (isBroken('ack_before_commit')) await engine.boss.deleteJob(queue, [...batch]);
    const settled = await process(batch, stopping);
    const rest = batch.filter((job) => !settled.has(job));
    if (rest.length === 0) return;
    await engine.boss.fail(queue, rest).catch(() => {});
    engine.bell.ring([queue]);
  } finally {
    clearInterval(alive);
    on.unsettled?.(-batch.length);
  }
};

interface Alarm {
  sound(): void;
  reset(): void;
  /** Resolves after this time, or at once when it was sounded since the last reset. */
  wait(ms: number): Promise<void>;
}

const openAlarm = (): Alarm => {
  let sounded = false;
  let wake: (() => void) | undefined;
  return {
    sound: () => {
      sounded = true;
      wake?.();
    },
    reset: () => {
      sounded = false;
    },
    wait: async (ms) => {
      if (sounded) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
    },
  };
};
