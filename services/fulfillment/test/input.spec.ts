import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal' })),
  });
  await harness.send('PUT', '/products', [
    { sku: 'CUP', title: 'Cup' },
    { sku: 'LAMP', title: 'Lamp' },
    { sku: 'GIFT', title: 'Gift', manageStock: false },
    { sku: 'OLD / 2', title: 'Last year’s', enabled: false },
  ]);
  await harness.send('PUT', '/stock', [
    { sku: 'CUP', onHand: 3 },
    { sku: 'LAMP', onHand: 100 },
  ]);
});

afterAll(() => harness?.stop());

const skus = async (path: string) => (await harness.get(path)).body.items.map(({ sku }: { sku: string }) => sku);

describe('products', () => {
  test('are listed by sku, page by page', async () => {
    const first = await harness.get('/products?limit=3');
    expect(first.body.items.map(({ sku }: { sku: string }) => sku)).toEqual(['CUP', 'GIFT', 'LAMP']);
    expect(await harness.get(`/products?limit=3&cursor=${first.body.nextCursor}`)).toEqual({
      status: 200,
      body: { items: [{ sku: 'OLD / 2', title: 'Last year’s', enabled: false, manageStock: true, lowStockAt: null }] },
    });
    expect(await skus('/products?enabled=false')).toEqual(['OLD / 2']);
    expect(await skus('/products?sku=LAMP')).toEqual(['LAMP']);
  });

  test('are created and changed in bulk, and what is not said stays', async () => {
    const answer = await harness.send('PUT', '/products', [
      { sku: 'GIFT', title: 'Gift' },
      { sku: 'OLD / 2', title: 'Two years old' },
      { sku: 'NEW', title: 'Brand new' },
    ]);
    expect(answer).toEqual({ status: 200, body: { created: 1, changed: 1, unchanged: 1 } });
    expect((await harness.get('/products?sku=OLD%20%2F%202')).body.items).toEqual([
      { sku: 'OLD / 2', title: 'Two years old', enabled: false, manageStock: true, lowStockAt: null },
    ]);
  });

  test('can be a thousand at once', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({ sku: `Z-${String(n).padStart(4, '0')}`, title: `Product number ${n}` }));
    expect(await harness.send('PUT', '/products', many)).toEqual({ status: 200, body: { created: 1_000, changed: 0, unchanged: 0 } });
    expect(
      await harness.send(
        'PUT',
        '/stock',
        many.map(({ sku }) => ({ sku, onHand: 50 })),
      ),
    ).toEqual({ status: 200, body: { counted: 1_000 } });
  });
});

describe('stock', () => {
  test('that is running out is found; what is not managed never does', async () => {
    expect((await skus('/stock?low=true')).filter((sku: string) => !sku.startsWith('Z-'))).toEqual(['CUP', 'NEW', 'OLD / 2']);
    expect(await skus('/stock?low=true&threshold=3&sku=CUP')).toEqual(['CUP']);
    expect(await skus('/stock?low=true&threshold=2&sku=CUP')).toEqual([]);
    expect((await harness.get('/stock/OLD%20%2F%202')).body).toMatchObject({ sku: 'OLD / 2', onHand: 0 });
  });

  test('cannot be taken away from the orders that it is set aside for', async () => {
    const order = anOrder([aLine('CUP', 2)]);
    await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1 });
    await eventually(async () => expect((await harness.get('/stock/CUP')).body).toMatchObject({ reserved: 2 }));
    const conflict = { status: 409, body: { code: 'stock.below-reserved' } };
    expect(await harness.send('POST', '/stock/CUP/adjustments', { delta: -2, reason: 'broken' })).toMatchObject({
      ...conflict,
      body: { errors: [{ field: 'delta', message: expect.stringContaining('2 of them set aside') }] },
    });
    const counted = [
      { sku: 'LAMP', onHand: 7 },
      { sku: 'CUP', onHand: 1 },
    ];
    expect(await harness.send('PUT', '/stock', counted)).toMatchObject({ ...conflict, body: { errors: [{ field: '1.onHand' }] } });
    expect((await harness.get('/stock/LAMP')).body).toMatchObject({ onHand: 100 });
  });

  test('has an end: a typing error does not overflow it', async () => {
    const typo = await harness.send('POST', '/stock/LAMP/adjustments', { delta: 1_000_000_000, reason: 'a typo' });
    expect(typo).toMatchObject({ status: 409, body: { code: 'stock.too-many', errors: [{ field: 'delta' }] } });
    expect((await harness.get('/stock/LAMP')).body).toMatchObject({ onHand: 100 });
  });
});

describe('wrong input', () => {
  const adjust = '/stock/LAMP/adjustments';
  test.each([
    ['PUT', '/products', [], 'body'],
    ['PUT', '/products', { sku: 'A' }, 'body'],
    ['PUT', '/products', [{ sku: '', title: 'A' }], '0.sku'],
    ['PUT', '/products', [{ sku: 'A', title: 'A', colour: 'red' }], '0.colour'],
    [
      'PUT',
      '/products',
      [
        { sku: 'A', title: 'A' },
        { sku: 'A', title: 'B' },
      ],
      '1.sku',
    ],
    ['PUT', '/products', [{ sku: 'A', title: 'A', enabled: 'yes' }], '0.enabled'],
    ['PUT', '/stock', [{ sku: 'LAMP', onHand: -1 }], '0.onHand'],
    ['PUT', '/stock', [{ sku: 'LAMP', onHand: 1.5 }], '0.onHand'],
    [
      'PUT',
      '/stock',
      [
        { sku: 'LAMP', onHand: 1 },
        { sku: 'NOBODY', onHand: 1 },
      ],
      '1.sku',
    ],
    ['POST', adjust, { delta: 0, reason: 'none' }, 'delta'],
    ['POST', adjust, { delta: 1 }, 'reason'],
    ['POST', adjust, { delta: 1, reason: ' ' }, 'reason'],
  ] as const)('%s %s %j names %s', async (method, path, body, field) => {
    expect(await harness.send(method, path, body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test.each([
    ['/products?enabled=perhaps', 'enabled'],
    ['/stock?low=1', 'low'],
    ['/stock?threshold=-1', 'threshold'],
    ['/stock?colour=red', 'colour'],
    ['/stock?cursor=abc', 'cursor'],
    ['/reservations/7', 'orderId'],
  ])('%s names %s', async (path, field) => {
    expect(await harness.get(path)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('unknown products and orders are not found', async () => {
    expect(await harness.get('/stock/NOBODY')).toMatchObject({ status: 404, body: { code: 'product.unknown' } });
    expect(await harness.get('/stock/NOBODY/movements')).toMatchObject({ status: 404 });
    expect(await harness.send('POST', '/stock/NOBODY/adjustments', { delta: 1, reason: 'found' })).toMatchObject({ status: 404 });
    expect(await harness.get(`/reservations/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'reservation.unknown' } });
  });
});
