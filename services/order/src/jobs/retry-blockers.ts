import { isTransient, newId } from '@orderbus/kernel';
import { execute, type Item } from '@orderbus/outbox';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import type { Command } from '../domain/order.ts';
import { type DueBlocker, dueBlockers, postponeBlocker } from '../store/blockers.ts';
import { orders } from '../store/orders.ts';

/** Small enough that nobody waits for the rows. */
const batchSize = 200;

type Kit = Pick<ServiceKit, 'database' | 'execution' | 'log'>;

/** Tries again what is in the way of orders, each at its time; sooner when the rules or the products of its store have changed. */
export const retryBlockers = ({ database, execution, log }: Kit, everyMs: number): Part => {
  const tryThese = async (due: readonly DueBlocker[]): Promise<void> => {
    try {
      await execute(execution, orders, due.map(reconsider));
    } catch (error) {
      if (isTransient(error)) throw error;
      const [only, ...others] = due;
      if (only !== undefined && others.length === 0) {
        log.error({ err: error, orderId: only.orderId }, 'a blocked order cannot be tried again');
        return postponeBlocker(database, only.orderId);
      }
      // Together they fail or succeed: one by one, only the guilty one waits.
      for (const one of due) await tryThese([one]);
    }
  };

  return every(
    everyMs,
    async (signal) => {
      for (let isMore = true; isMore && !signal.aborted; ) {
        const due = await dueBlockers(database, batchSize);
        if (due.length > 0) await tryThese(due);
        isMore = due.length === batchSize;
      }
    },
    { name: 'retry-blockers', log },
  );
};

const reconsider = ({ orderId, tenant }: DueBlocker): Item<Command> => ({
  key: orderId,
  command: { type: 'reconsider' },
  cause: { tenant, correlationId: newId() },
});
