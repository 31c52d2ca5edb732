import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Clock } from '@orderbus/kernel';
import type { Log } from '@orderbus/service-kit';
import { nextCallAt } from '../domain/budget.ts';
import type { RateBudget } from '../store/rate-budget.ts';
import { codes } from './codes.ts';
import { type OperationName, operations } from './operations.ts';

/** One store's share of Amazon's quota, as its calls use it. */
export interface StoreBudget {
  /**
   * Takes one call out of the budget, after a moment's wait if need be.
   * @throws AppError `budget.exhausted` with `availableAt`, when the wait would be long.
   */
  take(operation: OperationName, options: { readonly spare: number; readonly signal: AbortSignal }): Promise<void>;
  /** Amazon has refused a call for lack of quota. Answers with the same error, and in it when the next call may be made. */
  pause(operation: OperationName, refusal: AppError): Promise<AppError>;
  /** Amazon grants this many calls per second. */
  adopt(operation: OperationName, rate: number): Promise<void>;
}

export interface StoreBudgetOptions {
  /** Absent: nothing is counted. */
  readonly budget: RateBudget | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is worth sleeping through: a burst of shipments goes out within seconds, a list of orders waits minutes for its turn. */
const patienceMs = 3_000;

export const storeBudget = (storeId: string, { budget, clock, log }: StoreBudgetOptions): StoreBudget => {
  const rates = new Map<OperationName, number>();
  /** What Amazon has answered is not lost because the database is away. */
  const notKept = (err: unknown): void => log.warn({ err, store: storeId }, 'what Amazon said of its quota could not be kept');
  /** Takes a call, or tells when there will be one. */
  const tryToTake = async (operation: OperationName, spare: number): Promise<{ waitMs: number; availableAt: Date } | undefined> => {
    if ((rates.get(operation) ?? 0) >= boundlessRate) return undefined;
    const now = clock.now();
    const taken = await budget?.take({ storeId, operation, plan: operations[operation], spare, now });
    if (!taken) return undefined;
    rates.set(operation, taken.bucket.rate);
    if (taken.granted) return undefined;
    const availableAt = nextCallAt(taken.bucket, now, spare);
    return { availableAt, waitMs: Math.max(availableAt.getTime() - now.getTime(), shortestWaitMs) };
  };

  return {
    take: async (operation, { spare, signal }) => {
      // Work that leaves calls to others does not stand in their line.
      let patience = spare > 0 ? 0 : patienceMs;
      for (;;) {
        signal.throwIfAborted();
        const missing = await tryToTake(operation, spare);
        if (!missing) return;
        const { waitMs, availableAt } = missing;
        if (waitMs > patience) {
          throw new AppError('unavailable', codes.budget, { operation, availableAt: availableAt.toISOString(), retryAfterMs: waitMs });
        }
        patience -= waitMs;
        await sleep(waitMs, undefined, { signal });
      }
    },
    pause: async (operation, { kind, code, details }) => {
      const now = clock.now();
      // A little longer than asked, so that a crowd does not come back at once, and clocks may differ.
      const stretch = 1.05 + Math.random() / 10;
      const documentedMs = 1_000 / (rates.get(operation) ?? operations[operation].rate);
      const pauseMs = Math.round((typeof details.retryAfterMs === 'number' ? details.retryAfterMs : documentedMs) * stretch);
      const until = new Date(now.getTime() + pauseMs);
      const because = typeof details.amazonSays === 'string' ? details.amazonSays : 'Amazon answered 429.';
      log.warn({ store: storeId, op: operation, pauseMs }, 'Amazon throttles us');
      await budget?.pause({ storeId, operation, now, until, because }).catch(notKept);
      // Whatever the rate: the next call looks at the bucket.
      rates.delete(operation);
      return new AppError(kind, code, { ...details, availableAt: until.toISOString(), retryAfterMs: pauseMs });
    },
    adopt: async (operation, rate) => {
      const known = rates.get(operation);
      if (known === undefined || known === rate) return;
      log.info({ store: storeId, op: operation, rate, before: known }, 'Amazon grants another rate');
      rates.set(operation, rate);
      await budget?.adopt({ storeId, operation, rate }).catch(notKept);
    },
  };
};

const shortestWaitMs = 20;

/** Amazon grants nobody so many calls per second; a sandbox without limits does. Counting them would only take time. */
const boundlessRate = 100;
