import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  OrderCanceled,
  OrderClosed,
  OrderCreated,
  OrderReservationDropped,
  OrderReservationRequested,
  OrderUpdated,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aLine, anOrder, type Created, canceled, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildFulfillmentApp(
        FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error', RETRY_DELAYS: '200ms,500ms,1s', RESERVE_WAITING_EVERY: '50ms' }),
      ),
    capture: [StockReserved, StockShort, StockReleased] as never,
  });
});

afterAll(() => harness?.stop());

afterEach(() => expectBooksToBalance(harness.app.database));

/** A product that no other test uses, with units on hand. */
const product = async (onHand: number, changes: object = {}): Promise<string> => {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  expect(await harness.send('PUT', '/products', [{ sku, title: 'Desk lamp', ...changes }])).toMatchObject({ body: { created: 1 } });
  expect(await harness.send('PUT', '/stock', [{ sku, onHand }])).toMatchObject({ status: 200 });
  return sku;
};

const create = (order: Created, tenant = 'store-1') =>
  harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1, tenant });
const follow = (order: Created, aggregateVersion: number, lines: Created['lines']) =>
  harness.publish(OrderUpdated, updated(order, lines), { aggregateId: order.orderId, aggregateVersion });
const cancel = (order: Created, aggregateVersion = 2) =>
  harness.publish(OrderCanceled, canceled(order), { aggregateId: order.orderId, aggregateVersion });

const becomes = (orderId: string, expected: object) =>
  eventually(async () => expect(await harness.get(`/reservations/${orderId}`)).toMatchObject({ status: 200, body: expected }));
const stock = async (sku: string) => {
  const { onHand, reserved, available } = (await harness.get(`/stock/${sku}`)).body;
  return { onHand, reserved, available };
};
const told = (orderId: string) =>
  [StockReserved, StockShort, StockReleased]
    .flatMap((definition) => harness.published(definition as typeof StockShort))
    .filter((event) => event.aggregateId === orderId)
    .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion);

describe('a new order', () => {
  test('has all of its units set aside', async () => {
    const [lamp, cup] = [await product(5), await product(2)];
    const order = anOrder([aLine(lamp, 3), aLine(cup, 2)]);
    const cause = await create(order);
    await becomes(order.orderId, { status: 'reserved', missing: [], lines: [{ reserved: 3 }, { reserved: 2 }] });
    expect(await stock(lamp)).toEqual({ onHand: 5, reserved: 3, available: 2 });
    await eventually(() =>
      expect(told(order.orderId)).toMatchObject([
        {
          ...{ type: 'stock.reserved', aggregateVersion: 1, tenant: 'store-1', causationId: cause.id },
          data: {
            lines: [
              { lineId: `line-${lamp}`, sku: lamp, quantity: 3 },
              { lineId: `line-${cup}`, sku: cup, quantity: 2 },
            ],
          },
        },
      ]),
    );
  });

  test('that wants more than there is says what is missing, and keeps what there is', async () => {
    const [lamp, rare, off] = [await product(5), await product(1), await product(9, { enabled: false })];
    const order = anOrder([aLine(lamp), aLine(rare, 2), aLine(off), aLine('SKU-NEVER-HEARD-OF')]);
    await create(order);
    const missing = [
      { sku: rare, cause: 'out-of-stock', wanted: 2, available: 1 },
      { sku: off, cause: 'disabled', wanted: 1, available: 9 },
      { sku: 'SKU-NEVER-HEARD-OF', cause: 'unknown-sku', wanted: 1, available: 0 },
    ];
    await becomes(order.orderId, { status: 'short', missing });
    expect(await stock(rare)).toEqual({ onHand: 1, reserved: 0, available: 1 });
    await eventually(() =>
      expect(told(order.orderId)).toMatchObject([{ type: 'stock.short', data: { lines: [{ sku: lamp, quantity: 1 }], missing } }]),
    );
  });

  test('of a product whose stock is not managed always succeeds', async () => {
    const gift = await product(0, { manageStock: false });
    const order = anOrder([aLine(gift, 100)]);
    await create(order);
    await becomes(order.orderId, { status: 'reserved', lines: [{ reserved: 100, fromStock: false }] });
    expect(await stock(gift)).toEqual({ onHand: 0, reserved: 0, available: 0 });
  });

  test('that Amazon fulfils never touches our stock', async () => {
    const lamp = await product(5);
    const order = anOrder([aLine(lamp)], { fulfilledBy: 'amazon' });
    await create(order);
    await becomes(order.orderId, { status: 'not-needed' });
    await follow(order, 2, [aLine(lamp, 1, { quantityShipped: 1 })]);
    await cancel(order, 3);
    const next = anOrder([aLine(lamp)]);
    await create(next);
    await becomes(next.orderId, { status: 'reserved' });
    expect(told(order.orderId)).toEqual([]);
    expect(await stock(lamp)).toEqual({ onHand: 5, reserved: 1, available: 4 });
  });
});

describe('an order that changes', () => {
  test('gives back what is no longer wanted, and what is shipped leaves the house', async () => {
    const lamp = await product(10);
    const order = anOrder([aLine(lamp, 5)]);
    await create(order);
    await follow(order, 2, [aLine(lamp, 4, { quantityShipped: 1 })]);
    await becomes(order.orderId, { status: 'reserved', lines: [{ ordered: 4, shipped: 1, reserved: 3 }] });
    expect(await stock(lamp)).toEqual({ onHand: 9, reserved: 3, available: 6 });
    await follow(order, 3, [aLine(lamp, 4, { quantityShipped: 4 })]);
    await becomes(order.orderId, { lines: [{ reserved: 0 }] });
    expect(await stock(lamp)).toEqual({ onHand: 6, reserved: 0, available: 6 });
    const { body } = await harness.get(`/stock/${lamp}/movements`);
    expect(
      body.items.map(({ reason, deltaOnHand, deltaReserved }: Record<string, unknown>) => [reason, deltaOnHand, deltaReserved]),
    ).toEqual([
      ['shipped', -3, -3],
      ['given-back', 0, -1],
      ['shipped', -1, -1],
      ['reserved', 0, 5],
      ['counted', 10, 0],
    ]);
  });

  test('before we know it is followed as soon as we do', async () => {
    const lamp = await product(10);
    const order = anOrder([aLine(lamp, 5)]);
    await follow(order, 2, [aLine(lamp, 2)]);
    await create(order);
    await becomes(order.orderId, { status: 'reserved', lines: [{ ordered: 2, reserved: 2 }] });
    expect(await stock(lamp)).toMatchObject({ reserved: 2 });
  });

  test('is canceled, and holds nothing any more', async () => {
    const lamp = await product(2);
    const order = anOrder([aLine(lamp, 2)]);
    await create(order);
    await cancel(order);
    await becomes(order.orderId, { status: 'released', lines: [{ reserved: 0 }] });
    expect(await stock(lamp)).toEqual({ onHand: 2, reserved: 0, available: 2 });
    await eventually(() =>
      expect(told(order.orderId)).toMatchObject([
        { type: 'stock.reserved' },
        { type: 'stock.released', aggregateVersion: 2, data: { lines: [{ sku: lamp, quantity: 2 }] } },
      ]),
    );
  });

  test('is closed when all of it is paid back, and gives back what was never shipped', async () => {
    const sku = await product(5);
    const order = anOrder([aLine(sku, 3)]);
    await create(order);
    await follow(order, 2, [aLine(sku, 3, { quantityShipped: 1 })]);
    await becomes(order.orderId, { lines: [{ shipped: 1, reserved: 2 }] });
    const actor = { kind: 'system', name: 'Orderbus' } as const;
    await harness.publish(OrderClosed, { ...canceled(order), actor }, { aggregateId: order.orderId, aggregateVersion: 3 });
    await becomes(order.orderId, { status: 'released', lines: [{ shipped: 1, reserved: 0 }] });
    expect(await stock(sku)).toEqual({ onHand: 4, reserved: 0, available: 4 });
  });
});

describe('an order that waits', () => {
  test('gets its units when they arrive, in the order of purchase', async () => {
    const lamp = await product(0);
    const late = anOrder([aLine(lamp, 2)], { purchasedAt: '2026-05-05T08:00:00.000Z' });
    const early = anOrder([aLine(lamp, 2)], { purchasedAt: '2026-05-04T08:00:00.000Z' });
    await create(late, 'store-2');
    await becomes(late.orderId, { status: 'short' });
    await create(early);
    await becomes(early.orderId, { status: 'short' });

    const arrival = await harness.send('POST', `/stock/${lamp}/adjustments`, { delta: 3, reason: 'delivery' });
    expect(arrival).toMatchObject({ status: 200, body: { onHand: 3, reserved: 2, available: 1 } });
    await becomes(early.orderId, { status: 'reserved' });
    await becomes(late.orderId, { status: 'short' });
    await harness.send('POST', `/stock/${lamp}/adjustments`, { delta: 1, reason: 'delivery' });
    await becomes(late.orderId, { status: 'reserved', missing: [] });
    await eventually(() =>
      expect(told(late.orderId)).toMatchObject([
        { type: 'stock.short' },
        { type: 'stock.reserved', tenant: 'store-2', aggregateVersion: 2 },
      ]),
    );
  });

  test('is told what is still missing when only a part arrives', async () => {
    const [lamp, cup] = [await product(0), await product(0)];
    const order = anOrder([aLine(lamp), aLine(cup)]);
    await create(order);
    await becomes(order.orderId, { status: 'short', missing: [{ sku: lamp }, { sku: cup }] });
    await harness.send('PUT', '/stock', [{ sku: lamp, onHand: 1 }]);
    await eventually(() =>
      expect(told(order.orderId)).toMatchObject([
        { type: 'stock.short' },
        { type: 'stock.short', data: { lines: [{ sku: lamp, quantity: 1 }], missing: [{ sku: cup, cause: 'out-of-stock' }] } },
      ]),
    );
  });

  test('gets the units that a canceled order gives back', async () => {
    const lamp = await product(1);
    const first = anOrder([aLine(lamp)]);
    const second = anOrder([aLine(lamp)]);
    await create(first);
    await becomes(first.orderId, { status: 'reserved' });
    await create(second);
    await becomes(second.orderId, { status: 'short' });
    await cancel(first);
    await becomes(second.orderId, { status: 'reserved' });
  });

  test('goes on when its product is made known, enabled, and counted', async () => {
    const sku = `SKU-${randomUUID().slice(0, 8)}`;
    const order = anOrder([aLine(sku)]);
    await create(order);
    await becomes(order.orderId, { missing: [{ cause: 'unknown-sku' }] });
    await harness.send('PUT', '/products', [{ sku, title: 'Lamp', enabled: false }]);
    await becomes(order.orderId, { missing: [{ cause: 'disabled' }] });
    await harness.send('PUT', '/products', [{ sku, title: 'Lamp', enabled: true }]);
    await becomes(order.orderId, { missing: [{ cause: 'out-of-stock' }] });
    await harness.send('PUT', '/stock', [{ sku, onHand: 1 }]);
    await becomes(order.orderId, { status: 'reserved' });
  });
});

describe('what is no order yet', () => {
  const actor = { kind: 'system', name: 'Orderbus' } as const;
  const ask = ({ orderId, amazonOrderId, fulfilledBy, purchasedAt, lines }: Created, aggregateVersion: number) =>
    harness.publish(
      OrderReservationRequested,
      { orderId, amazonOrderId, fulfilledBy, purchasedAt, lines, actor },
      { aggregateId: orderId, aggregateVersion },
    );

  test('has its units set aside, keeps them when it becomes one, and hears of them both times', async () => {
    const lamp = await product(3);
    const order = anOrder([aLine(lamp, 2)]);
    await ask(order, 1);
    await becomes(order.orderId, { status: 'reserved', lines: [{ reserved: 2 }] });
    await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 2 });
    await eventually(() => expect(told(order.orderId)).toMatchObject([{ type: 'stock.reserved' }, { type: 'stock.reserved' }]));
    expect(await stock(lamp)).toEqual({ onHand: 3, reserved: 2, available: 1 });
  });

  test('gives them back when it is dropped, whatever comes first, and may ask again', async () => {
    const lamp = await product(2);
    const order = anOrder([aLine(lamp, 2)]);
    const { orderId, amazonOrderId } = order;
    await harness.publish(OrderReservationDropped, { orderId, amazonOrderId, actor }, { aggregateId: orderId, aggregateVersion: 2 });
    await ask(order, 1);
    await becomes(orderId, { lines: [{ reserved: 0 }] });
    expect(await stock(lamp)).toMatchObject({ reserved: 0 });
    await ask(order, 3);
    await becomes(orderId, { status: 'reserved', lines: [{ reserved: 2 }] });
  });
});
