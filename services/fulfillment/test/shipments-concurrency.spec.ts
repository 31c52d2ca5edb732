import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated, OrderProcessingStarted, OrderUpdated } from '@orderbus/contracts';
import { eventually, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder, message, updated } from './orders.ts';
import { accepts, ready, refuses, request, shipmentEvents, told, type World } from './shipping-world.ts';

const brokers = process.env.TEST_AMQP_URL ? (['rabbit', 'embedded'] as const) : (['embedded'] as const);

describe.each(brokers)('two instances on one database, broker: %s', (broker) => {
  let harness: World;
  let urls: string[];

  beforeAll(async () => {
    harness = await serviceHarness({
      schema,
      broker,
      build: (given) =>
        buildFulfillmentApp(
          FulfillmentConfig.parse({ ...given, LOG_LEVEL: 'error', BATCH_SIZE: '7', RETRY_DELAYS: Array(20).fill('50ms').join() }),
        ),
      capture: shipmentEvents,
    });
    urls = [harness.app.url, (await harness.another()).url];
  });

  afterAll(() => harness?.stop());

  const at = (n: number): World => ({ ...harness, app: { ...harness.app, url: urls[n % 2] as string } }) as World;

  test('ship each of the last units once, whoever asks', async () => {
    const order = anOrder([aLine('LAMP', 3)]);
    await ready(harness, order);
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        request(at(n), 'POST', '/shipments', { orderId: order.orderId, carrier: 'DHL', lines: [{ sku: 'LAMP', quantity: 1 }] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    await eventually(() => expect(told(harness, order.orderId).map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3]));
  });

  test('take one of two changes that were made up looking at the same parcel', async () => {
    const order = anOrder([aLine('LAMP', 1)]);
    await ready(harness, order);
    const { body } = await request(harness, 'POST', '/shipments', { orderId: order.orderId, carrier: 'DHL' });
    const changes = await Promise.all(
      ['UPS', 'GLS', 'DPD', 'TNT'].map((carrier, n) =>
        request(at(n), 'PATCH', `/shipments/${body.items[0].id}`, { carrier }, { 'if-match': '"1"' }),
      ),
    );
    expect(changes.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412]);
  });

  test('end with the same, however the facts of an order and the answers of Amazon are shuffled and repeated', async () => {
    const orders = Array.from({ length: 20 }, (_, n) => anOrder([aLine('LAMP', 3)], { number: `N-${n}` }));
    const facts = orders.flatMap((order) => [
      message(OrderCreated, order, 1),
      message(OrderUpdated, { ...updated(order, order.lines), status: 'blocked' as const }, 2),
      message(OrderProcessingStarted, { orderId: order.orderId, number: order.number, amazonOrderId: order.amazonOrderId }, 3),
      message(OrderUpdated, { ...updated(order, [aLine('LAMP', 2)]), number: `M-${order.number}` }, 4),
    ]);
    // Every third one comes twice, and the last facts of an order mostly before the first.
    await harness.publishAll([...facts.toReversed(), ...facts.filter((_, n) => n % 3 === 0)]);
    const shipping = (orderId: string) => harness.get(`/orders/${orderId}/shipping`);
    await eventually(async () => {
      for (const { orderId, number } of orders)
        expect((await shipping(orderId)).body).toMatchObject({
          number: `M-${number}`,
          toShip: 2,
          ship: { allowed: true },
          lines: [{ left: 2 }],
        });
    });
    const parcels = await Promise.all(
      orders.map(async ({ orderId }, n) => (await request(at(n), 'POST', '/shipments', { orderId, carrier: 'DHL' })).body.items[0]),
    );
    await Promise.all(parcels.map((parcel, n) => request(at(n), 'PATCH', `/shipments/${parcel.id}`, { carrier: 'UPS' })));
    // The answer to the change may come before the answer to what was said first.
    await Promise.all(
      parcels.flatMap((parcel, n) => [accepts(harness, parcel, 2), n % 2 ? refuses(harness, parcel, 1) : accepts(harness, parcel, 1)]),
    );
    await eventually(async () => {
      for (const { id } of parcels)
        expect((await harness.get(`/shipments/${id}`)).body).toMatchObject({
          carrier: 'UPS',
          revision: 2,
          amazon: { state: 'accepted' },
        });
    });
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });
});
