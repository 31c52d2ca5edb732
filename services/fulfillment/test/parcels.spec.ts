import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { pickList } from '../src/store/pick-list.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aboutParcel, aLine, anOrder, canceled, message, returned, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildFulfillmentApp(
        FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal', RETRY_DELAYS: '100ms,200ms', RESERVE_WAITING_EVERY: '50ms' }),
      ),
  });
  await harness.send('PUT', '/locations', [{ code: 'attic', name: 'Attic' }]);
});

afterAll(() => harness?.stop());

afterEach(() => expectBooksToBalance(harness.app.database));

const product = async (main: number, attic = 0): Promise<string> => {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  await harness.send('PUT', '/products', [{ sku, title: `Lamp ${sku}` }]);
  await harness.send('PUT', '/stock', [
    { sku, onHand: main },
    { sku, location: 'attic', onHand: attic },
  ]);
  return sku;
};
const created = async (sku: string, quantity: number, changes = {}) => {
  const order = anOrder([aLine(sku, quantity)], changes);
  await harness.publishAll([message(OrderCreated, order, 1)]);
  await eventually(async () => expect((await harness.get(`/reservations/${order.orderId}`)).status).toBe(200));
  return order;
};
const stands = (sku: string, expected: object) =>
  eventually(async () => expect((await harness.get(`/stock/${sku}`)).body).toMatchObject(expected));
const a = (orderId: string, sku: string, revision: number, quantity: number, shipmentId = orderId) =>
  aboutParcel({ orderId, shipmentId, revision, lines: quantity > 0 ? [{ lineId: `line-${sku}`, quantity }] : [] }, revision);

describe('units in a parcel of ours', () => {
  test('leave the shelf when it is handed over, and not again when Amazon says so', async () => {
    const sku = await product(5);
    const order = await created(sku, 3);
    await harness.publishAll([a(order.orderId, sku, 1, 3)]);
    await stands(sku, { onHand: 2, reserved: 0 });
    await harness.publishAll([message(OrderUpdated, updated(order, [aLine(sku, 3, { quantityShipped: 3 })]), 2)]);
    await eventually(async () => {
      const [row] = await harness.app.database.query<{ told: number }>('select told from reservation_line where sku = $1', [sku]);
      expect(row?.told).toBe(3);
    });
    await stands(sku, { onHand: 2, reserved: 0 });
  });

  test('are set aside again when it is voided, and free when its order was canceled', async () => {
    const sku = await product(1, 2);
    const [kept, gone] = [await created(sku, 2), await created(sku, 1)];
    await harness.publishAll([a(kept.orderId, sku, 1, 2), a(gone.orderId, sku, 1, 1)]);
    await stands(sku, { onHand: 0, reserved: 0 });
    await harness.publishAll([message(OrderCanceled, canceled(gone), 2), a(kept.orderId, sku, 2, 0), a(gone.orderId, sku, 2, 0)]);
    await stands(sku, {
      locations: [
        { location: 'main', onHand: 1, reserved: 0 },
        { location: 'attic', onHand: 2, reserved: 2 },
      ],
    });
  });

  test('that was told of before its order is known wait for it', async () => {
    const sku = await product(3);
    const order = anOrder([aLine(sku, 2)]);
    await harness.publishAll([a(order.orderId, sku, 1, 2), message(OrderCreated, order, 1)]);
    await stands(sku, { onHand: 1, reserved: 0 });
  });

  test('are none of our shelf where Amazon fulfils the order', async () => {
    const sku = await product(3);
    const order = await created(sku, 2, { fulfilledBy: 'amazon' });
    await harness.publishAll([a(order.orderId, sku, 1, 2), returned(order.orderId, [{ lineId: `line-${sku}`, quantity: 2 }])]);
    const next = await created(sku, 1);
    await harness.publishAll([a(next.orderId, sku, 1, 1)]);
    await stands(sku, { onHand: 2, reserved: 0 });
  });
});

describe('units that come back', () => {
  test('go onto the shelf that they left, unless they cannot be sold; and to whoever waits', async () => {
    const sku = await product(0, 2);
    const order = await created(sku, 2);
    await harness.publishAll([a(order.orderId, sku, 1, 2)]);
    await stands(sku, { onHand: 0 });
    const waiting = await created(sku, 1);
    const lineId = `line-${sku}`;
    await harness.publishAll([returned(order.orderId, [{ lineId, quantity: 1, restocked: false }])]);
    await harness.publishAll([returned(order.orderId, [{ lineId, quantity: 1 }], 2)]);
    await eventually(async () => expect((await harness.get(`/reservations/${waiting.orderId}`)).body.status).toBe('reserved'));
    await stands(sku, { onHand: 1, reserved: 1, locations: [{ location: 'main' }, { location: 'attic', onHand: 1 }] });
    expect((await harness.get(`/stock/${sku}/movements`)).body.items).toMatchObject([
      { reason: 'reserved' },
      { reason: 'returned', location: 'attic', deltaOnHand: 1, orderId: order.orderId },
      { reason: 'shipped', deltaOnHand: -2, deltaReserved: -2 },
      { reason: 'reserved' },
      { reason: 'counted' },
    ]);
  });
});

describe('the pick list', () => {
  test('says what to fetch from where and for whom, without what is packed or promised to nobody', async () => {
    const [lamp, cup] = [await product(1, 2), await product(9)];
    const gift = `SKU-${randomUUID().slice(0, 8)}`;
    await harness.send('PUT', '/products', [{ sku: gift, title: 'Gift', manageStock: false }]);
    const first = anOrder([aLine(lamp, 3), aLine(cup, 2), aLine(gift, 1)], { number: '000000021' });
    const second = anOrder([aLine(cup, 4)], { number: '000000022' });
    const short = anOrder([aLine(lamp, 1)], { number: '000000023' });
    await harness.publishAll([first, second].map((order) => message(OrderCreated, order, 1)));
    await stands(cup, { reserved: 6 });
    await stands(lamp, { reserved: 3 });
    await harness.publishAll([message(OrderCreated, short, 1)]);
    const { database } = harness.app;
    await eventually(async () =>
      expect(await database.query('select from shipping_order where id = $1', [second.orderId])).toHaveLength(1),
    );
    await database.query(
      `insert into shipment (id, order_id, tenant, version, revision, state, label_from, lines, write_state, created_at, created_by)
       values (gen_random_uuid(), $1, 'store-1', 1, 1, 'packed', 'seller', $2, 'none', now(), 'Ada')`,
      [second.orderId, JSON.stringify([{ lineId: `line-${cup}`, quantity: 3 }])],
    );
    const rows = await pickList(database, [first.orderId, second.orderId, short.orderId]);
    const forFirst = { orderId: first.orderId, number: '000000021' };
    const expected = [
      { location: 'main', sku: lamp, units: 1, orders: [{ ...forFirst, units: 1 }] },
      {
        ...{ location: 'main', sku: cup, units: 3 },
        orders: [
          { ...forFirst, units: 2 },
          { orderId: second.orderId, number: '000000022', units: 1 },
        ],
      },
      { location: 'main', sku: gift, title: 'Gift', units: 1, orders: [{ ...forFirst, units: 1 }] },
    ].sort((one, other) => (one.sku < other.sku ? -1 : 1));
    expect(rows).toMatchObject([...expected, { location: 'attic', locationName: 'Attic', sku: lamp, units: 2, orders: [{ units: 2 }] }]);
    await database.query('delete from shipment');
  });
});
