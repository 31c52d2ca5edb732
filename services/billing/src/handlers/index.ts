import { type Event, OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import { orderBillings } from '../store/order-billing.ts';

const key = ({ data }: Event<{ orderId: string }>): string => data.orderId;

/** What billing listens to. */
export const subscriptions = [
  on(OrderCreated, 'billing.invoice', orderBillings, {
    key,
    command: ({ data, aggregateVersion }) => ({ type: 'open', orderVersion: aggregateVersion, order: data }),
  }),
  on(OrderUpdated, 'billing.compare', orderBillings, {
    key,
    command: ({ data, aggregateVersion }) => ({ type: 'update', orderVersion: aggregateVersion, totals: data.totals }),
  }),
  on(OrderCanceled, 'billing.cancel', orderBillings, {
    key,
    command: ({ data, aggregateVersion }) => ({ type: 'cancel', orderVersion: aggregateVersion, reason: data.reason }),
  }),
];
