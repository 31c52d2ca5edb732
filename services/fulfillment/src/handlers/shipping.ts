import {
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonWriteUncertain,
  type Event,
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRefused,
  OrderCancellationRequested,
  OrderClosed,
  OrderCreated,
  OrderHeld,
  OrderProcessingStarted,
  OrderReleased,
  OrderRenumbered,
  OrderUnitsCanceled,
  OrderUpdated,
} from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import type { Command, CommandOf } from '../domain/shipping/command.ts';
import { shipping } from '../store/shipping.ts';

const key = ({ data }: Event<{ orderId: string }>): string => data.orderId;

type Words = CommandOf<'hear'>['words'];

/** A fact that says whether something keeps the order from being shipped. */
const hear = <Data extends { orderId: string }>(words: (data: Data) => Words) => ({
  key,
  command: ({ data, aggregateVersion: version }: Event<Data>): Command => ({ type: 'hear', version, words: words(data) }),
});

/** What the packing table listens to. */
export const shippingSubscriptions = [
  on(OrderCreated, 'fulfillment.begin-shipping', shipping, {
    key,
    command: ({ data, aggregateVersion: version }): Command => ({ type: 'begin', version, order: data }),
  }),
  on(OrderUpdated, 'fulfillment.follow-shipping', shipping, {
    key,
    command: ({ data, aggregateVersion: version }): Command => ({ type: 'follow', version, snapshot: data, status: data.status }),
  }),
  on(OrderRenumbered, 'fulfillment.renumber', shipping, {
    key,
    command: ({ data: { number }, aggregateVersion: version }): Command => ({ type: 'renumber', version, number }),
  }),
  on(OrderCanceled, 'fulfillment.cancel-shipping', shipping, { key, command: (): Command => ({ type: 'cancel' }) }),
  on(OrderClosed, 'fulfillment.close-shipping', shipping, {
    key,
    command: ({ aggregateVersion: version }): Command => ({ type: 'close', version }),
  }),

  on(
    OrderBlocked,
    'fulfillment.block-shipping',
    shipping,
    hear(() => ({ stock: 'stock' })),
  ),
  on(
    OrderProcessingStarted,
    'fulfillment.start-shipping',
    shipping,
    hear(() => ({ stock: null })),
  ),
  on(
    OrderHeld,
    'fulfillment.hold-shipping',
    shipping,
    hear(({ cause }) => ({ hold: cause === 'person' ? 'hold' : 'buyer-cancel-request' })),
  ),
  on(
    OrderReleased,
    'fulfillment.release-shipping',
    shipping,
    hear(({ state }) => ({ hold: null, stock: state === 'processing' ? null : 'stock' })),
  ),
  on(
    OrderCancellationRequested,
    'fulfillment.await-cancellation',
    shipping,
    hear(() => ({ cancellation: 'cancellation' })),
  ),
  on(
    OrderCancellationRefused,
    'fulfillment.resume-shipping',
    shipping,
    hear(() => ({ cancellation: null })),
  ),
  on(
    OrderUnitsCanceled,
    'fulfillment.resume-without-units',
    shipping,
    hear(() => ({ cancellation: null })),
  ),

  on(AmazonShipmentConfirmed, 'fulfillment.confirm-shipment', shipping, {
    key,
    command: ({ data: { shipmentId, revision, packageReference, acceptedAt } }): Command => ({
      ...{ type: 'confirm', shipmentId, revision, packageReference, acceptedAt },
    }),
  }),
  on(AmazonShipmentRejected, 'fulfillment.refuse-shipment', shipping, {
    key,
    command: ({ data: { shipmentId, revision, refusal } }): Command => ({ type: 'reject', shipmentId, revision, refusal }),
  }),
  on(AmazonPickupConfirmed, 'fulfillment.confirm-pickup', shipping, {
    key,
    command: ({ data: { status, acceptedAt } }): Command => ({ type: 'confirm-pickup', status, acceptedAt }),
  }),
  on(AmazonPickupRejected, 'fulfillment.refuse-pickup', shipping, {
    key,
    command: ({ data: { status, refusal } }): Command => ({ type: 'reject-pickup', status, refusal }),
  }),
  on(AmazonWriteUncertain, 'fulfillment.doubt-shipment', shipping, {
    key,
    command: ({ data: { kind, since, words } }): Command | undefined =>
      kind === 'shipment' || kind === 'pickup' ? { type: 'doubt', about: kind, since, words } : undefined,
  }),
];
