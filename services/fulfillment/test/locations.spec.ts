import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aLine, anOrder } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal', RESERVE_WAITING_EVERY: '50ms' })),
  });
});

afterAll(() => harness?.stop());

afterEach(() => expectBooksToBalance(harness.app.database));

const aProduct = async (): Promise<string> => {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  expect(await harness.send('PUT', '/products', [{ sku, title: 'Desk lamp' }])).toMatchObject({ body: { created: 1 } });
  return sku;
};
const locations = async (changes: object[]) => expect(await harness.send('PUT', '/locations', changes)).toEqual({ status: 204, body: '' });
const stock = async (sku: string) => (await harness.get(`/stock/${sku}`)).body;
const at = async (sku: string): Promise<Record<string, string>> => {
  const { locations } = await stock(sku);
  return Object.fromEntries(
    locations.map(({ location, onHand, reserved }: Record<string, string>) => [location, `${onHand} / ${reserved}`]),
  );
};
const codes = async () => (await harness.get('/locations')).body.items.map(({ code }: { code: string }) => code);
const ordered = async (sku: string, quantity: number) => {
  const order = anOrder([aLine(sku, quantity)]);
  await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1 });
  await eventually(async () => expect((await harness.get(`/reservations/${order.orderId}`)).status).toBe(200));
  return { ...order, reservation: async () => (await harness.get(`/reservations/${order.orderId}`)).body };
};

describe('a small seller', () => {
  test('never hears of locations: there is one, and units are there unless somebody says otherwise', async () => {
    const sku = await aProduct();
    await harness.send('PUT', '/stock', [{ sku, onHand: 5 }]);
    expect((await harness.get('/locations')).body.items[0]).toMatchObject({ code: 'main', name: 'Main', priority: 0, enabled: true });
    expect(await stock(sku)).toMatchObject({ onHand: 5, available: 5, locations: [{ location: 'main', onHand: 5 }] });
  });
});

describe('locations', () => {
  test('are created and changed in bulk, and what is not said stays', async () => {
    await locations([{ code: 'attic', name: 'Attic' }, { code: 'shop' }]);
    await locations([{ code: 'attic', priority: 7 }]);
    expect((await harness.get('/locations')).body.items).toMatchObject([
      { code: 'main' },
      { code: 'shop', name: 'shop', priority: 2 },
      { code: 'attic', name: 'Attic', priority: 7, enabled: true, units: 0 },
    ]);
    const first = await harness.get('/locations?limit=2');
    const second = await harness.get(`/locations?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ code: 'attic' }] });
  });

  test('have a stock each: counts and adjustments say which', async () => {
    const sku = await aProduct();
    await harness.send('PUT', '/stock', [
      { sku, onHand: 2 },
      { sku, location: 'attic', onHand: 3 },
    ]);
    await harness.send('POST', `/stock/${sku}/adjustments`, { delta: 4, reason: 'delivery', location: 'shop' });
    expect(await stock(sku)).toMatchObject({ onHand: 9, reserved: 0, available: 9 });
    expect(await at(sku)).toEqual({ main: '2 / 0', shop: '4 / 0', attic: '3 / 0' });
  });

  test('pass free units to each other, and keep what is set aside', async () => {
    const sku = await aProduct();
    await harness.send('PUT', '/stock', [{ sku, onHand: 5 }]);
    await ordered(sku, 2);
    const moved = await harness.send('POST', `/stock/${sku}/transfers`, { from: 'main', to: 'attic', units: 3, reason: 'room' });
    expect(moved).toMatchObject({ status: 200, body: { onHand: 5, reserved: 2 } });
    expect(await at(sku)).toEqual({ main: '2 / 2', attic: '3 / 0' });
    const { body } = await harness.get(`/stock/${sku}/movements`);
    expect(body.items.slice(0, 2)).toMatchObject([
      { reason: 'transferred', location: 'attic', deltaOnHand: 3, note: 'room', actor: 'Mara' },
      { reason: 'transferred', location: 'main', deltaOnHand: -3 },
    ]);
    expect(await harness.send('POST', `/stock/${sku}/transfers`, { from: 'main', to: 'attic', units: 1 })).toMatchObject({
      status: 409,
      body: { code: 'stock.below-reserved', errors: [{ field: 'units', message: expect.stringContaining('2 of them set aside') }] },
    });
  });

  test('that are disabled give nothing to orders, which get it as soon as they are enabled', async () => {
    const sku = await aProduct();
    await locations([{ code: 'shut', enabled: false }]);
    await harness.send('PUT', '/stock', [{ sku, location: 'shut', onHand: 2 }]);
    expect(await stock(sku)).toMatchObject({ onHand: 2, available: 0 });
    expect((await harness.get(`/stock?low=true&threshold=0&sku=${sku}`)).body.items).toHaveLength(1);
    const order = await ordered(sku, 1);
    expect(await order.reservation()).toMatchObject({ status: 'short', missing: [{ cause: 'out-of-stock', available: 0 }] });
    await locations([{ code: 'shut', enabled: true }]);
    await eventually(async () => expect(await order.reservation()).toMatchObject({ status: 'reserved' }));
    expect((await order.reservation()).lines).toMatchObject([{ allocations: [{ location: 'shut', reserved: 1 }] }]);
  });

  test('share an order that none of them could serve alone', async () => {
    const sku = await aProduct();
    await harness.send('PUT', '/stock', [
      { sku, onHand: 2 },
      { sku, location: 'attic', onHand: 2 },
    ]);
    const order = await ordered(sku, 3);
    expect((await order.reservation()).lines).toMatchObject([
      {
        reserved: 3,
        allocations: [
          { location: 'main', reserved: 2 },
          { location: 'attic', reserved: 1 },
        ],
      },
    ]);
  });

  test('are removed when they are empty, and the main one never', async () => {
    const sku = await aProduct();
    await locations([{ code: 'old' }]);
    await harness.send('PUT', '/stock', [{ sku, location: 'old', onHand: 1 }]);
    expect(await harness.send('DELETE', '/locations/old')).toMatchObject({ status: 409, body: { code: 'location.holds-units' } });
    await harness.send('POST', `/stock/${sku}/transfers`, { from: 'old', to: 'main', units: 1 });
    expect(await harness.send('DELETE', '/locations/old')).toEqual({ status: 204, body: '' });
    expect(await codes()).not.toContain('old');
    expect(await at(sku)).toEqual({ main: '1 / 0' });
    expect(await harness.send('DELETE', '/locations/main')).toMatchObject({ status: 409, body: { code: 'location.main' } });
    expect(await harness.send('DELETE', '/locations/old')).toMatchObject({ status: 404 });
  });
});

describe('wrong input', () => {
  test.each([
    ['PUT', '/locations', [{ code: 'Attic' }], '0.code'],
    ['PUT', '/locations', [{ code: 'a' }, { code: 'a' }], '1.code'],
    ['PUT', '/locations', [{ code: 'a', colour: 'red' }], '0.colour'],
    ['PUT', '/stock', [{ sku: 'LAMP', onHand: 1, location: 'nowhere' }], '0.location'],
    ['POST', '/stock/LAMP/adjustments', { delta: 1, reason: 'found', location: 'nowhere' }, 'location'],
    ['POST', '/stock/LAMP/transfers', { from: 'main', to: 'main', units: 1 }, 'to'],
    ['POST', '/stock/LAMP/transfers', { from: 'main', to: 'nowhere', units: 1 }, 'to'],
    ['POST', '/stock/LAMP/transfers', { from: 'main', to: 'attic', units: 0 }, 'units'],
  ] as const)('%s %s %j names %s', async (method, path, body, field) => {
    await harness.send('PUT', '/products', [{ sku: 'LAMP', title: 'Lamp' }]);
    expect(await harness.send(method, path, body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });
});
