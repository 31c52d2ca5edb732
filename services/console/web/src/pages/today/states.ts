import type { OrderState } from '../../ui/order-states.ts';

/** How many orders stand there. */
export const ordersIn = (counts: Readonly<Partial<Record<OrderState, number>>>, state: OrderState): number => counts[state] ?? 0;
