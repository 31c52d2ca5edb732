import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  type Event,
  type EventDefinition,
  OrderCreated,
  OrderProcessingStarted,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentPacked,
  ShipmentVoided,
} from '@orderbus/contracts';
import { eventually, type Harness } from '@orderbus/testkit';
import type { buildFulfillmentApp } from '../src/app.ts';
import { type Created, message } from './orders.ts';

export type World = Harness<ReturnType<typeof buildFulfillmentApp>>;

export const shipmentEvents = [ShipmentPacked, ShipmentDispatched, ShipmentCorrected, ShipmentVoided] as never;

/** A request with headers, as a person sends it. */
export const request = async (
  harness: World,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
): Promise<{ status: number; body: any; headers: Headers }> => {
  const isText = typeof body === 'string';
  const answer = await harness.as({ name: 'Ada' }).fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
};

/** The order is known here, and its stock is said to be set aside. */
export const ready = async (harness: World, ...orders: readonly Created[]): Promise<void> => {
  await harness.publishAll(
    orders.flatMap((order) => {
      const { orderId, number, amazonOrderId } = order;
      return [message(OrderCreated, order, 1), message(OrderProcessingStarted, { orderId, number, amazonOrderId }, 2)];
    }),
  );
  await eventually(async () => {
    const rows = await harness.app.database.query(
      `select 1 from shipping_order where id = any($1::uuid[]) and obstacles = '{}' and (heard -> 'stock' ->> 'version')::int > 1`,
      [orders.map(({ orderId }) => orderId)],
    );
    expect(rows).toHaveLength(orders.length);
  });
};

interface Parcel {
  readonly id: string;
  readonly orderId: string;
}

/** Amazon's answers, as the gateway tells them. */
export const accepts = (harness: World, { id: shipmentId, orderId }: Parcel, revision = 1, acceptedAt = new Date().toISOString()) =>
  harness.publish(
    AmazonShipmentConfirmed,
    { ...{ orderId, amazonOrderId: '114-0000000-0000012', shipmentId, revision }, packageReference: '1', acceptedAt },
    { aggregateId: randomUUID(), aggregateVersion: 1 },
  );
export const refuses = (harness: World, { id: shipmentId, orderId }: Parcel, revision = 1, words = 'The order item id is invalid.') =>
  harness.publish(
    AmazonShipmentRejected,
    { ...{ orderId, amazonOrderId: '114-0000000-0000012', shipmentId, revision }, refusal: { code: 'InvalidInput', words } },
    { aggregateId: randomUUID(), aggregateVersion: 1 },
  );

export const becomes = (harness: World, { id }: Parcel, expected: object): Promise<void> =>
  eventually(async () => expect((await harness.get(`/shipments/${id}`)).body).toMatchObject(expected));

/** What was said about the parcels of an order, in the order in which it was said. */
export const told = (harness: World, orderId: string): Event<{ orderId: string }>[] =>
  [ShipmentPacked, ShipmentDispatched, ShipmentCorrected, ShipmentVoided]
    .flatMap((definition) => harness.published(definition as unknown as EventDefinition<{ orderId: string }>))
    .filter((event) => event.data.orderId === orderId)
    .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion);
