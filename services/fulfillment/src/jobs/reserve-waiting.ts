import { newId } from '@orderbus/kernel';
import { execute } from '@orderbus/outbox';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { reservations } from '../store/reservations.ts';
import { retryOf, waitingInVain } from '../store/waiting.ts';

/**
 * Units come free in many ways: an order is canceled, ships less, a product is enabled while an order for it is just arriving.
 * This loop gives them to whoever waits longest. Whatever wakes an order earlier is only quicker.
 */
export const reserveWaiting = ({ database, execution, log }: ServiceKit, everyMs: number): Part =>
  every(
    everyMs,
    async () => {
      const waiting = await waitingInVain(database);
      if (waiting.length === 0) return;
      const cause = { correlationId: newId() };
      await execute(
        execution,
        reservations,
        waiting.map((order) => retryOf(order, cause)),
      );
    },
    { name: 'reserve-waiting', log },
  );
