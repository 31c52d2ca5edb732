import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated, AmazonShipmentRejected, ShipmentDispatched, StockReserved } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aSnapshot, message } from './builders.ts';
import { orderHarness, ring } from './harness.ts';

const sealedBuyer = ring.seal({ name: 'Canary' }, aSnapshot().orderId);
const order = aSnapshot({ sealedBuyer, buyerData: 'present' });
const imported = message(AmazonOrderImported, order, 1).event;
const reserved = message(StockReserved, { orderId: order.orderId, lines: [] }, 1).event;

/** A parcel and what Amazon was asked about it are aggregates of their own, about the order. */
const parcel = { orderId: order.orderId, shipmentId: randomUUID(), revision: 1 };
const dispatched = {
  ...message(
    ShipmentDispatched,
    { ...parcel, shippedAt: '2026-03-03T10:00:00Z', carrier: 'dhl', labelFrom: 'seller', lines: [{ lineId: '1', quantity: 2 }] },
    1,
  ).event,
  aggregateId: parcel.shipmentId,
};
const refusal = { code: 'amazon.invalid-input', words: 'Amazon says: OrderItemId is invalid.' };
const updated = message(AmazonOrderUpdated, order, 2).event;
const rejected = {
  ...message(AmazonShipmentRejected, { ...parcel, amazonOrderId: order.amazonOrderId, refusal }, 1).event,
  aggregateId: randomUUID(),
};

const servers: Server[] = [];
/** Another service, as far as the timeline knows it. */
const service = async (answer: (path: string) => object | undefined): Promise<string> => {
  const server = createServer((request, response) => {
    const body = answer(request.url ?? '');
    if (body !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const tells = (...events: [event: object, recordedAt: string][]) => {
  const items = events.map(([event, recordedAt]) => ({ ...event, recordedAt }));
  return service((path) => ({ items: path === `/events/${order.orderId}` ? items : [] }));
};

/** Notification leaves its first question without an answer, and answers nonsense afterwards. */
let asked = 0;

let harness: Harness<Service>;
beforeAll(async () => {
  const sources = {
    'amazon-gateway': await tells(
      [imported, '2026-01-01T00:00:00.000Z'],
      [updated, '2099-01-03T00:00:00.000Z'],
      [rejected, '2099-01-03T00:00:00.000Z'],
    ),
    fulfillment: await tells([reserved, '2099-01-01T00:00:00.000Z'], [dispatched, '2099-01-02T00:00:00.000Z']),
    billing: 'http://127.0.0.1:1',
    notification: await service(() => (asked++ === 0 ? undefined : {})),
    talkative: await service(() => ({ items: ['what?'] })),
  };
  harness = await orderHarness({
    EVENT_SOURCES: Object.entries(sources)
      .map(([name, url]) => `${name}=${url}`)
      .join(','),
    LOG_LEVEL: 'fatal',
  });
  await harness.publishAll([{ definition: AmazonOrderImported as never, event: imported }]);
  await eventually(async () => expect((await harness.get(`/orders/${order.orderId}`)).status).toBe(200));
});
afterAll(async () => {
  await harness.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe('the timeline of an order', () => {
  test('puts the events of all services in the order of their recording, and names those that did not answer', async () => {
    const { status, body } = await harness.get(`/orders/${order.amazonOrderId}/timeline`);
    expect(status).toBe(200);
    expect(body.items.map((item: { source: string; type: string }) => [item.source, item.type])).toEqual([
      ['amazon-gateway', 'amazon.order.imported'],
      ['order', 'order.created'],
      ['fulfillment', 'stock.reserved'],
      ['fulfillment', 'shipment.dispatched'],
      ['amazon-gateway', 'amazon.order.updated'],
      ['amazon-gateway', 'amazon.shipment.rejected'],
    ]);
    expect(body.incomplete).toEqual(['billing', 'notification', 'talkative']);
    expect(body.items[1]).toMatchObject({ causationId: imported.id, correlationId: imported.correlationId, data: { number: '000000001' } });
  });

  test("tells in Amazon's words what became of a shipment, by the command that asked for it", async () => {
    const { body } = await harness.get(`/orders/${order.orderId}/timeline`);
    expect(body.items.at(-1)).toMatchObject({ aggregateId: rejected.aggregateId, data: { shipmentId: parcel.shipmentId, refusal } });
  });

  test('does not show the buyer, not even sealed', async () => {
    const { body } = await harness.get(`/orders/${order.orderId}/timeline`);
    expect(JSON.stringify(body)).not.toContain(sealedBuyer);
  });

  test('asks an ill service less and less, and still answers', async () => {
    for (let n = 0; n < 10; n++) {
      const { body } = await harness.get(`/orders/${order.orderId}/timeline`);
      expect(body.incomplete).toContain('billing');
      if (/circuit_state\{name="events.billing"[^}]*\} 2/.test((await harness.get('/metrics')).body)) return;
    }
    throw new Error('the circuit did not open');
  });

  test('of an order that is not there is not there either', async () => {
    expect(await harness.get('/orders/999-0000000-0000000/timeline')).toMatchObject({ status: 404 });
  });
});
