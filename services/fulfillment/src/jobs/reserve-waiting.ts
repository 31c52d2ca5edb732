import { newId } from '@orderbus/kernel';
import { execute } from '@orderbus/outbox';
import { every, type Job, type ServiceKit } from '@orderbus/service-kit';
import { reservations } from '../store/reservations.ts';
import { retryOf, waitingInVain } from '../store/waiting.ts';

/**
 * Units come free in many ways: an order is canceled, ships less, a product is enabled while an order for it is just arriving.
 * This loop gives them to whoever waits longest. Whatever wakes an order earlier is only quicker. While nothing is committed here, nothing
 * can come free.
 */
export const reserveWaiting = ({ database, execution, log }: ServiceKit, everyMs: number): Job =>
  every(
    everyMs,
    async () => {
      const waiting = await waitingInVain(database);
      if (waiting.length === 0) return false;
      const cause = { correlationId: newId() };
      await execute(
        execution,
        reservations,
        waiting.map((order) => retryOf(order, cause)),
      );
      return true;
    },
    { name: 'reserve-waiting', log, idleMs: 5 * everyMs },
  );
