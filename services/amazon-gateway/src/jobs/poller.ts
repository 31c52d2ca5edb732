import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppError, type Clock, isTransient, newId } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type Log, withContext } from '@orderbus/service-kit';
import { codes } from '../amazon/amazon-error.ts';
import {
  ensureCursor,
  type Failure,
  giveBack,
  type Lease,
  type LeasedCursor,
  leaseMs,
  renewLease,
  takeLease,
} from '../store/sync-cursor.ts';
import { failureOf } from './failure.ts';
import type { PassResult } from './run-pass.ts';

export interface PollerOptions {
  readonly storeId: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads what is due, under this lease. */
  readonly pass: (leased: LeasedCursor, signal: AbortSignal) => Promise<PassResult>;
  /** Runs it when there is a place: the passes of many stores share the machine. */
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Synchronizes one store when it is told to. Its passes never overlap, here or elsewhere. */
export interface Poller {
  /**
   * A pass as soon as possible, also if Amazon denied access the last time; or the one of a scheduled time, which several replicas begin
   * and one runs. Asking while one waits or runs changes nothing.
   */
  begin(scheduledFor?: Date): 'started' | 'running';
  /** Ends the pass that runs, if there is one; its place is kept. */
  interrupt(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

/** A store that Amazon refuses pauses for an hour; a person may be quicker. */
const refusals = [codes.denied, codes.loginRefused];

export const poller = ({ storeId, database, clock, log, pass, limit }: PollerOptions): Poller => {
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  let stopped = false;
  let interruption = new AbortController();
  let running: Promise<void> | undefined;

  const turn = async (scheduledFor: Date | undefined, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    await ensureCursor(database, storeId);
    const leased = await takeLease(database, storeId, owner, clock.now(), scheduledFor ? { scheduledFor } : { overridden: refusals });
    if (!leased) return;
    const startedAt = performance.now();
    const alive = setInterval(() => void renewLease(database, leased.lease).catch(() => {}), leaseMs / 3);
    try {
      const { pages, watermark } = await pass(leased, signal);
      await giveBack(database, leased.lease);
      log.debug({ pages, watermark, ms: Math.round(performance.now() - startedAt) }, 'the store is synchronized');
    } catch (error) {
      await afterFailure(leased.lease, error, signal);
    } finally {
      clearInterval(alive);
    }
  };

  const afterFailure = async (lease: Lease, error: unknown, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return giveBack(database, lease);
    if (error instanceof AppError && error.code === 'sync.lease-lost') {
      log.warn('another instance has taken over this store');
      return;
    }
    const failure = failureOf(error);
    log[levelOf(failure, error)]({ err: error, pauseMs: failure.pauseMs }, failure.words);
    await giveBack(database, lease, { failure, now: clock.now() });
  };

  const interrupt = async (): Promise<void> => {
    interruption.abort();
    await running;
  };

  return {
    begin: (scheduledFor) => {
      if (stopped) throw new AppError('unavailable', 'service.stopping');
      if (running) return 'running';
      interruption = new AbortController();
      const { signal } = interruption;
      running = limit(() => withContext({ correlationId: newId(), store: storeId }, () => turn(scheduledFor, signal)))
        .catch((error: unknown) => log.error({ err: error }, 'a pass could not be kept record of'))
        .finally(() => {
          running = undefined;
        });
      return 'started';
    },
    interrupt,
    stop: () => {
      stopped = true;
      return interrupt();
    },
  };
};

const levelOf = ({ code, isWait }: Failure, error: unknown): 'debug' | 'warn' | 'error' => {
  if (isWait) return 'debug';
  return code === codes.quota || isTransient(error) ? 'warn' : 'error';
};
