import {
  type Event,
  type LineQuantity,
  OrderCanceled,
  OrderClosed,
  OrderCreated,
  OrderReservationDropped,
  OrderReservationRequested,
  OrderRetryRequested,
  OrderUpdated,
  ReturnReceived,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import type { z } from 'zod';
import type { ReservationCommand } from '../domain/reservation.ts';
import { reservations } from '../store/reservations.ts';
import { shippingSubscriptions } from './shipping.ts';

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

const unitsOf = ({ lineId, quantity }: LineQuantity): LineQuantity => ({ lineId, quantity });

/** The units of a parcel leave the shelf with it: Amazon says the same of them later. */
const handedOver = ({ data: { shipmentId, revision, lines } }: Event<z.infer<typeof ShipmentDispatched.schema>>): ReservationCommand => ({
  ...{ type: 'parcel', shipmentId, revision, lines: lines.map(unitsOf) },
});

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
  on(ShipmentDispatched, 'fulfillment.take-out', reservations, { key, command: handedOver }),
  on(ShipmentCorrected, 'fulfillment.take-out-again', reservations, { key, command: handedOver }),
  on(ShipmentVoided, 'fulfillment.put-back', reservations, {
    key,
    command: ({ data: { shipmentId, revision } }) => ({ type: 'parcel', shipmentId, revision, lines: [] }),
  }),
  on(ReturnReceived, 'fulfillment.restock', reservations, {
    key,
    command: ({ data: { returnId, lines } }) => {
      const restocked = lines.filter((line) => line.restocked);
      return restocked.length === 0 ? undefined : { type: 'restock', returnId, lines: restocked.map(unitsOf) };
    },
  }),
  ...shippingSubscriptions,
];
