import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder, message } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'silent', CHECK_STOCK_EVERY: '50ms' })),
  });
  await harness.send('PUT', '/locations', [{ code: 'attic' }]);
  const skus = ['A', 'B', 'C'];
  await harness.send(
    'PUT',
    '/products',
    skus.map((sku) => ({ sku, title: sku })),
  );
  await harness.send(
    'PUT',
    '/stock',
    skus.flatMap((sku) => ['main', 'attic'].map((location) => ({ sku, location, onHand: 5 }))),
  );
  await harness.publishAll([message(OrderCreated, anOrder([aLine('A', 7), aLine('B', 2)]), 1)]);
  await eventually(async () => expect((await harness.get('/stock/A')).body).toMatchObject({ reserved: 7 }));
});

afterAll(() => harness?.stop());

const differences = async (query = '') => (await harness.get(`/stock/differences${query}`)).body;
const gauge = async () => /^stock_ledger_differences\{[^}]*\} (\d+)$/m.exec((await harness.get('/metrics')).body)?.[1];
const byHand = (sql: string) => harness.app.database.query(sql);

describe('stock', () => {
  test('is what its movements and the orders say, and there is nothing to tell', async () => {
    expect(await differences()).toEqual({ items: [] });
    await eventually(async () => expect(await gauge()).toBe('0'));
  });

  test('that somebody wrote into the table is found, each way, and nothing repairs it', async () => {
    await byHand(`update stock set on_hand = 6 where sku = 'C' and location = 'attic'`);
    await byHand(`update stock set reserved = 1 where sku = 'A' and location = 'attic'`);
    await byHand(`update reservation_line set reserved = 1, allocations = '[{"location": "main", "reserved": 1}]' where sku = 'B'`);
    await byHand(`delete from stock where sku = 'C' and location = 'main'`);
    const expected = [
      { sku: 'A', location: 'attic', onHand: 5, reserved: 1, movedOnHand: 5, movedReserved: 2, heldByOrders: 2 },
      { sku: 'B', location: 'main', onHand: 5, reserved: 2, movedOnHand: 5, movedReserved: 2, heldByOrders: 1 },
      { sku: 'C', location: 'attic', onHand: 6, reserved: 0, movedOnHand: 5, movedReserved: 0, heldByOrders: 0 },
      { sku: 'C', location: 'main', onHand: 0, reserved: 0, movedOnHand: 5, movedReserved: 0, heldByOrders: 0 },
    ];
    expect(await differences()).toEqual({ items: expected });
    const { items, nextCursor } = await differences('?limit=3');
    expect([...items, ...(await differences(`?limit=3&cursor=${nextCursor}`)).items]).toEqual(expected);
    await eventually(async () => expect(await gauge()).toBe('4'));
    expect(await differences()).toEqual({ items: expected });
  });

  test('is right again when a person has counted it and says so, and the movements tell who', async () => {
    await harness.send('PUT', '/stock', [{ sku: 'C', onHand: 4 }]);
    expect((await differences()).items).toHaveLength(4);
    for (const sku of ['A', 'B', 'C'])
      expect(await harness.send('POST', `/stock/${sku}/reconciliations`, { reason: 'counted by two' })).toMatchObject({ status: 200 });
    expect(await differences()).toEqual({ items: [] });
    expect((await harness.get('/stock/A')).body).toMatchObject({ onHand: 10, reserved: 7 });
    expect((await harness.get('/stock/C')).body).toMatchObject({ onHand: 10, reserved: 0 });
    const { items } = (await harness.get('/stock/C/movements')).body;
    expect(items.slice(0, 2).map(({ location, deltaOnHand }: Record<string, unknown>) => [location, deltaOnHand])).toEqual(
      expect.arrayContaining([
        ['attic', 1],
        ['main', -5],
      ]),
    );
    expect(items[0]).toMatchObject({ reason: 'reconciled', note: 'counted by two', actor: 'Mara' });
    await eventually(async () => expect(await gauge()).toBe('0'));
  });

  test('tells its movements newest first, however many there are', async () => {
    for (let n = 1; n <= 12; n++) await harness.send('POST', '/stock/C/adjustments', { delta: n, reason: 'delivery' });
    const first = await harness.get('/stock/C/movements?limit=7');
    const second = await harness.get(`/stock/C/movements?limit=7&cursor=${first.body.nextCursor}`);
    const deltas = [...first.body.items, ...second.body.items].map(({ deltaOnHand }: { deltaOnHand: number }) => deltaOnHand);
    expect(deltas.slice(0, 12)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('that is right is left alone, and what is unknown is not found', async () => {
    const { items } = (await harness.get('/stock/B/movements')).body;
    await harness.send('POST', '/stock/B/reconciliations', { reason: 'once more' });
    expect((await harness.get('/stock/B/movements')).body.items).toEqual(items);
    expect(await harness.send('POST', '/stock/NOBODY/reconciliations', { reason: 'why not' })).toMatchObject({ status: 404 });
  });
});
