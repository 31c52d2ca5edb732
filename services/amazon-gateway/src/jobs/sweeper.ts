import { newId } from '@orderbus/kernel';
import { every, type Job, type Log, withContext } from '@orderbus/service-kit';
import { claimSweeps } from '../store/sweep.ts';
import { runSweep, type SweepOptions, type SweptStore } from './run-sweep.ts';

export interface SweeperOptions extends SweepOptions {
  /** The stores that may be asked, as they are now. */
  readonly active: () => readonly (SweptStore & { readonly store: { readonly id: string } })[];
  readonly log: Log;
}

const lookEveryMs = 500;
/** What another instance has begun, and what waits for its time, is found so late at most. */
const idleMs = 2_000;

/** At the same time, of different stores. */
const mostSweeps = 5;

/** Goes on with the sweeps whose turn it is, in small pieces. A poll neither waits for them nor lacks the quota because of them. */
export const sweeper = (options: SweeperOptions): Required<Job> => {
  const { active, execution, log } = options;

  const turn = async (signal: AbortSignal): Promise<boolean> => {
    for (let found = false; !signal.aborted; found = true) {
      const stores = new Map(active().map((one) => [one.store.id, one]));
      const turns = await claimSweeps(execution.database, [...stores.keys()], { now: execution.clock.now(), limit: mostSweeps });
      if (turns.length === 0) return found;
      await Promise.all(
        turns.map((one) =>
          withContext({ correlationId: newId(), store: one.storeId }, () =>
            runSweep(options, stores.get(one.storeId) as SweptStore, one, signal),
          ),
        ),
      );
    }
    return true;
  };
  return every(lookEveryMs, turn, { name: 'sweeps', log, idleMs });
};
