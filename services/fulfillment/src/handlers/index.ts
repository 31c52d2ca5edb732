import {
  type Event,
  OrderCanceled,
  OrderClosed,
  OrderCreated,
  OrderReservationDropped,
  OrderReservationRequested,
  OrderRetryRequested,
  OrderUpdated,
} from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import type { z } from 'zod';
import type { ReservationCommand } from '../domain/reservation.ts';
import { reservations } from '../store/reservations.ts';

const key = ({ data }: Event<{ orderId: string }>): string => data.orderId;

type Ordered = Pick<Event<z.infer<typeof OrderReservationRequested.schema>>['data'], 'orderId' | 'fulfilledBy' | 'purchasedAt' | 'lines'>;

const reserve = {
  key,
  command: ({ data: { fulfilledBy, purchasedAt, lines }, aggregateVersion: orderVersion }: Event<Ordered>): ReservationCommand => ({
    type: 'reserve',
    orderVersion,
    fulfilledBy,
    purchasedAt,
    lines,
  }),
};

/** What fulfillment listens to. */
export const subscriptions = [
  on(OrderReservationRequested, 'fulfillment.reserve-early', reservations, reserve),
  on(OrderCreated, 'fulfillment.reserve', reservations, reserve),
  // It may come back: a reservation without lines is one that holds nothing.
  on(OrderReservationDropped, 'fulfillment.drop', reservations, {
    key,
    command: ({ aggregateVersion: orderVersion }) => ({ type: 'follow', orderVersion, lines: [] }),
  }),
  on(OrderUpdated, 'fulfillment.follow', reservations, {
    key,
    command: ({ data: { lines }, aggregateVersion: orderVersion }) => ({ type: 'follow', orderVersion, lines }),
  }),
  on(OrderCanceled, 'fulfillment.release', reservations, {
    key,
    command: () => ({ type: 'release' }),
  }),
  // What was paid back without having been shipped goes back onto the shelf.
  on(OrderClosed, 'fulfillment.close', reservations, {
    key,
    command: () => ({ type: 'release' }),
  }),
  on(OrderRetryRequested, 'fulfillment.retry', reservations, {
    key,
    command: () => ({ type: 'retry' }),
  }),
];
