import { type Event, OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import { reservations } from '../store/reservations.ts';

const key = ({ data }: Event<{ orderId: string }>): string => data.orderId;

/** What fulfillment listens to. */
export const subscriptions = [
  on(OrderCreated, 'fulfillment.reserve', reservations, {
    key,
    command: ({ data: { fulfilledBy, purchasedAt, lines }, aggregateVersion: orderVersion }) => ({
      type: 'reserve',
      orderVersion,
      fulfilledBy,
      purchasedAt,
      lines,
    }),
  }),
  on(OrderUpdated, 'fulfillment.follow', reservations, {
    key,
    command: ({ data: { lines }, aggregateVersion: orderVersion }) => ({ type: 'follow', orderVersion, lines }),
  }),
  on(OrderCanceled, 'fulfillment.release', reservations, {
    key,
    command: () => ({ type: 'release' }),
  }),
];
