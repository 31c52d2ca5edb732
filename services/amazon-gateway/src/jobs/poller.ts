import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppError, isTransient, newId } from '@orderbus/kernel';
import { type Part, withContext } from '@orderbus/service-kit';
import { Cron } from 'croner';
import { codes } from '../amazon/amazon-error.ts';
import { ensureCursor, giveBack, type Lease, takeLease } from '../store/sync-cursor.ts';
import { failureOf } from './failure.ts';
import { type PassOptions, runPass } from './run-pass.ts';

export interface PollerOptions extends PassOptions {
  readonly storeId: string;
  /** Cron pattern, in UTC. */
  readonly pattern: string;
  /** Where the first pass of a new store begins. */
  readonly startFrom: () => string;
}

/** Synchronizes one store: at the start, at the times of its pattern, and when asked. Its passes never overlap, here or elsewhere. */
export interface Poller extends Required<Part> {
  /** A pass as soon as possible, also if Amazon denied access the last time. Asking while one runs changes nothing. */
  syncNow(): 'started' | 'running';
  readonly nextPollAt: Date | undefined;
}

/** A store that Amazon refuses pauses for an hour; a person may be quicker. */
const refusals = [codes.denied, codes.loginRefused];

export const poller = (options: PollerOptions): Poller => {
  const { storeId, pattern, execution, log } = options;
  const { database } = execution;
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  let stopping = new AbortController();
  let running: Promise<void> | undefined;
  let cron: Cron | undefined;

  const turn = async (overridden: readonly string[]): Promise<void> => {
    await ensureCursor(database, storeId, options.startFrom());
    const taken = await takeLease(database, storeId, owner, { overridden });
    if (!taken) return;
    const startedAt = performance.now();
    try {
      const { pages, watermark } = await runPass(options, taken, stopping.signal);
      await giveBack(database, taken.lease);
      log.debug({ pages, watermark, ms: Math.round(performance.now() - startedAt) }, 'the store is synchronized');
    } catch (error) {
      await afterFailure(taken.lease, error);
    }
  };

  const afterFailure = async (lease: Lease, error: unknown): Promise<void> => {
    if (stopping.signal.aborted) return giveBack(database, lease);
    if (error instanceof AppError && error.code === 'sync.lease-lost') {
      log.warn('another instance has taken over this store');
      return;
    }
    const failure = failureOf(error);
    const level = failure.code === codes.quota || isTransient(error) ? 'warn' : 'error';
    log[level]({ err: error, pauseMs: failure.pauseMs }, failure.words);
    await giveBack(database, lease, failure);
  };

  const begin = (overridden: readonly string[] = []): 'started' | 'running' => {
    if (stopping.signal.aborted) throw new AppError('unavailable', 'service.stopping');
    if (running) return 'running';
    running = withContext({ correlationId: newId(), store: storeId }, () => turn(overridden))
      .catch((error: unknown) => log.error({ err: error }, 'a pass could not be kept record of'))
      .finally(() => {
        running = undefined;
      });
    return 'started';
  };

  return {
    name: `poll ${storeId}`,
    start: async () => {
      stopping = new AbortController();
      cron = new Cron(pattern, { timezone: 'UTC' }, () => void begin());
      // Whoever starts the service anew may have corrected what Amazon refused.
      begin(refusals);
    },
    stop: async () => {
      cron?.stop();
      stopping.abort();
      await running;
    },
    syncNow: () => begin(refusals),
    get nextPollAt() {
      return cron?.nextRun() ?? undefined;
    },
  };
};
