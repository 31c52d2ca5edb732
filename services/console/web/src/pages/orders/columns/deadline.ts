import type { Tone } from '../../../ui/Status.tsx';
import type { ListedOrder } from '../orders.ts';

const dayMs = 86_400_000;

/** Does anything of it still have to leave, and is that ours to do? */
export const isToBeShipped = ({ state, amazonStatus, fulfilledBy }: Pick<ListedOrder, 'state' | 'amazonStatus' | 'fulfilledBy'>): boolean =>
  fulfilledBy === 'merchant' && amazonStatus !== 'shipped' && state !== 'complete' && state !== 'closed' && state !== 'canceled';

/** How near its last moment to ship is: what is overdue stops, what is due within a day needs attention. */
export const nearnessOf = (shipBy: string, now: number): Extract<Tone, 'stopped' | 'attention' | 'quiet'> => {
  const left = Date.parse(shipBy) - now;
  if (left < 0) return 'stopped';
  return left < dayMs ? 'attention' : 'quiet';
};
