import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCanceled, OrderCreated, StockLow, StockReplenished, StockReserved, StockShort } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aLine, anOrder, canceled, message } from './orders.ts';

const often = { RESERVE_WAITING_EVERY: '50ms', WATCH_STOCK_EVERY: '30ms' };
const brokers = process.env.TEST_AMQP_URL ? (['rabbit', 'embedded'] as const) : (['embedded'] as const);

describe.each(brokers)('two instances on one database, broker: %s', (broker) => {
  let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

  beforeAll(async () => {
    harness = await serviceHarness({
      schema,
      broker,
      build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, ...often, LOG_LEVEL: 'error', BATCH_SIZE: '5' })),
      capture: [StockReserved, StockShort, StockLow, StockReplenished] as never,
    });
    await harness.another();
  });

  afterAll(() => harness?.stop());

  const stocked = async (sku: string, onHand: number) => {
    await harness.send('PUT', '/products', [{ sku, title: 'Desk lamp' }]);
    await harness.send('PUT', '/stock', [{ sku, onHand }]);
  };
  const inStatus = async (status: string): Promise<string[]> =>
    (await harness.app.database.query<{ id: string }>('select id from reservation where status = $1', [status])).map(({ id }) => id);

  test('give the last unit to exactly one of 50 orders, and to the one that waits longest when that is canceled', async () => {
    await stocked('LAST', 1);
    const purchasedAt = (n: number) => new Date(Date.UTC(2026, 4, 4, 8, (n * 7) % 50)).toISOString();
    const orders = Array.from({ length: 50 }, (_, n) => anOrder([aLine('LAST')], { purchasedAt: purchasedAt(n) }));
    await harness.publishAll(orders.map((order) => message(OrderCreated, order, 1)));
    await eventually(async () =>
      expect([await inStatus('short'), await inStatus('reserved')]).toMatchObject([{ length: 49 }, { length: 1 }]),
    );
    await eventually(() => {
      expect(harness.published(StockReserved)).toHaveLength(1);
      expect(harness.published(StockShort)).toHaveLength(49);
    });
    expect((await harness.get('/stock/LAST')).body).toMatchObject({ onHand: 1, reserved: 1, available: 0 });

    const [winner] = await inStatus('reserved');
    const order = orders.find(({ orderId }) => orderId === winner) as (typeof orders)[number];
    await harness.publishAll([message(OrderCanceled, canceled(order), 2)]);
    await eventually(() => expect(harness.published(StockReserved)).toHaveLength(2));
    const [longest] = orders.filter(({ orderId }) => orderId !== winner).sort((a, b) => (a.purchasedAt < b.purchasedAt ? -1 : 1));
    expect(await inStatus('reserved')).toEqual([longest?.orderId]);
    await expectBooksToBalance(harness.app.database);
  });

  test('tell once that a product runs low, however its units are ordered and given back, and once that there is more of it', async () => {
    const words = (sku: string) =>
      [...harness.published(StockLow), ...harness.published(StockReplenished)]
        .filter(({ data }) => data.sku === sku)
        .sort((a, b) => a.aggregateVersion - b.aggregateVersion)
        .map(({ type, aggregateVersion }) => `${type} v${aggregateVersion}`);
    const tells = (sku: string, expected: readonly string[]) => eventually(() => expect(words(sku)).toEqual(expected));
    /** What crosses after it has been told of: so would have been what crossed before. */
    const bothLook = async () => {
      for (const _ of ['one', 'other']) {
        const sku = `TURN-${randomUUID()}`;
        await stocked(sku, 1);
        await harness.send('PUT', '/products', [{ sku, title: 'Lamp', lowStockAt: 1 }]);
        await tells(sku, ['stock.low v1']);
      }
    };
    await stocked('FEW', 40);
    await harness.send('PUT', '/products', [{ sku: 'FEW', title: 'Desk lamp', lowStockAt: 10 }]);
    const orders = Array.from({ length: 36 }, () => anOrder([aLine('FEW')]));
    const placed = (n: number) => message(OrderCreated, orders[n] as (typeof orders)[number], 1);
    const withdrawn = (n: number) => message(OrderCanceled, canceled(orders[n] as (typeof orders)[number]), 2);
    await harness.publishAll(orders.map((_, n) => placed(n)));
    await tells('FEW', ['stock.low v1']);
    await harness.publishAll([0, 1, 2, 3].map(withdrawn));
    await bothLook();
    expect(words('FEW')).toEqual(['stock.low v1']);
    expect(harness.published(StockLow).find(({ data }) => data.sku === 'FEW')).toMatchObject({ tenant: '*', data: { lowAt: 10 } });

    await harness.send('POST', '/stock/FEW/adjustments', { delta: 30, reason: 'delivery' });
    await tells('FEW', ['stock.low v1', 'stock.replenished v2']);
    await harness.send('PUT', '/locations', [{ code: 'main', enabled: false }]);
    await tells('FEW', ['stock.low v1', 'stock.replenished v2', 'stock.low v3']);
    await harness.send('PUT', '/locations', [{ code: 'main', enabled: true }]);
    await tells('FEW', ['stock.low v1', 'stock.replenished v2', 'stock.low v3', 'stock.replenished v4']);

    await harness.send('PUT', '/products', [{ sku: 'NEW', title: 'Not counted yet', lowStockAt: 10 }]);
    await bothLook();
    expect(words('NEW')).toEqual([]);
  });

  test('give the last unit of each of three locations to one of 50 orders, while it travels between them', async () => {
    await harness.send('PUT', '/locations', [{ code: 'attic' }, { code: 'shop' }]);
    await stocked('SPREAD', 1);
    await harness.send(
      'PUT',
      '/stock',
      ['attic', 'shop'].map((location) => ({ sku: 'SPREAD', location, onHand: 1 })),
    );
    const orders = Array.from({ length: 50 }, () => anOrder([aLine('SPREAD')]));
    const journeys = Array.from({ length: 10 }, (_, n) =>
      harness.send('POST', '/stock/SPREAD/transfers', { from: n % 2 ? 'shop' : 'attic', to: n % 2 ? 'attic' : 'shop', units: 1 }),
    );
    await harness.publishAll(orders.map((order) => message(OrderCreated, order, 1)));
    for (const { status } of await Promise.all(journeys)) expect([200, 409]).toContain(status);
    await eventually(async () => {
      const rows = await harness.app.database.query(
        `select status, count(*)::int as count from reservation where id = any($1::uuid[]) group by 1 order by 1`,
        [orders.map(({ orderId }) => orderId)],
      );
      expect(rows).toEqual([
        { status: 'reserved', count: 3 },
        { status: 'short', count: 47 },
      ]);
    });
    expect((await harness.get('/stock/SPREAD')).body).toMatchObject({ onHand: 3, reserved: 3, available: 0 });
    await expectBooksToBalance(harness.app.database);
  });

  test('sell no more than there is while stock arrives and orders of several products cross', async () => {
    const skus = ['A', 'B', 'C', 'D'];
    for (const sku of skus) await stocked(sku, 10);
    const orders = Array.from({ length: 120 }, (_, n) =>
      anOrder([0, 1, 2].map((k) => aLine(skus[(n * 7 + k * 3) % 4] as string, 1 + (n % 2), { lineId: `${k}` }))),
    );
    const arriving = skus.map((sku) => harness.send('POST', `/stock/${sku}/adjustments`, { delta: 25, reason: 'delivery' }));
    await harness.publishAll(orders.map((order) => message(OrderCreated, order, 1)));
    for (const answer of await Promise.all(arriving)) expect(answer.status).toBe(200);
    await eventually(async () => {
      const [row] = await harness.app.database.query<{ count: number }>(
        `select count(*)::int as count from reservation where id = any($1::uuid[])`,
        [orders.map(({ orderId }) => orderId)],
      );
      expect(row?.count).toBe(120);
    });
    await harness.publishAll(orders.slice(0, 60).map((order) => message(OrderCanceled, canceled(order), 2)));
    await eventually(async () => expect((await inStatus('released')).length).toBeGreaterThanOrEqual(60));
    // At rest: nobody waits for a line that could be had.
    await eventually(async () => {
      const inVain = await harness.app.database.query(
        `select l.sku from reservation_line l where l.short and l.ordered - l.shipped <=
             (select sum(s.on_hand - s.reserved) from stock s where s.sku = l.sku)`,
      );
      expect(inVain).toEqual([]);
    });
    await expectBooksToBalance(harness.app.database);
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });
});
