import { describe, expect, test } from '@jest/globals';
import type { FieldIssue } from '@orderbus/kernel';
import { europe, northAmerica, startOfTest, startSandbox, type WholeOrder } from './harness.ts';

interface Refusal {
  readonly code: string;
  readonly issues: FieldIssue[];
}

interface Stats {
  readonly seed: number;
  readonly orders: { readonly total: number; readonly byStatus: Record<string, number> };
  readonly requests: Record<string, Record<string, number>>;
}

const since = { lastUpdatedAfter: new Date(startOfTest - 1000).toISOString() };

describe('creating orders', () => {
  test('follows every wish and answers the whole order', async () => {
    const { create } = await startSandbox();
    const lines = [
      { sku: 'SKU-TEAPOT-12', quantity: 2 },
      { sku: 'SKU-NOBODY-KNOWS', quantity: 1 },
    ];
    const createdTime = '2026-10-01T12:00:00.000Z';
    const wish = { count: 2, marketplaceId: 'A1PA6795UKMFR9', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', lines, createdTime };
    const orders = await create(wish);
    expect(orders).toHaveLength(2);
    for (const order of orders) {
      expect(order.orderId).toMatch(/^\d{3}-\d{7}-\d{7}$/);
      expect(order).toMatchObject({ createdTime, lastUpdatedTime: new Date(startOfTest).toISOString() });
      expect(order.fulfillment).toMatchObject({ fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' });
      expect(order.orderItems.map(({ product, quantityOrdered }) => ({ sku: product.sellerSku, quantity: quantityOrdered }))).toEqual(
        lines,
      );
      expect(order.orderItems[0]?.orderItemId).toMatch(/^\d{14}$/);
      expect(order.recipient?.deliveryAddress?.countryCode).toBe('DE');
      expect(order.sandbox).toEqual({ sellerId: europe.sellerId, upcoming: [] });
    }
  });

  test.each(['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED', 'UNFULFILLABLE'])(
    'bears them %s when asked',
    async (fulfillmentStatus) => {
      const { create } = await startSandbox();
      const statuses = (await create({ count: 40, fulfillmentStatus })).map(({ fulfillment }) => fulfillment?.fulfillmentStatus);
      expect(new Set(statuses)).toEqual(new Set([fulfillmentStatus]));
    },
  );

  test('leaves those with a wished status alone, and lets the others live', async () => {
    const { create } = await startSandbox();
    const upcoming = (orders: WholeOrder[]) => orders.filter(({ sandbox }) => sandbox.upcoming.length > 0).length;
    expect(upcoming(await create({ count: 50, fulfillmentStatus: 'PENDING' }))).toBe(0);
    expect(upcoming(await create({ count: 50, fulfillmentStatus: 'PENDING', live: true }))).toBe(50);
    expect(upcoming(await create({ count: 50, live: false }))).toBe(0);
    expect(upcoming(await create({ count: 50 }))).toBeGreaterThan(20);
  });

  test.each([
    ['count', { count: 0 }],
    ['fulfilledBy', { fulfilledBy: 'MFN' }],
    ['fulfillmentStatus', { fulfillmentStatus: 'Shipped' }],
    ['lines.0.quantity', { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 0 }] }],
    ['createdTime', { createdTime: 'yesterday' }],
    ['colour', { colour: 'blue' }],
    ['marketplaceId', { marketplaceId: 'A1PA6795UKMFR9', sellerId: northAmerica.sellerId }],
  ])('refuses a bad %s with 400 and creates nothing', async (field, wish) => {
    const { call, sandbox } = await startSandbox();
    const { status, body } = await call<Refusal>('POST', '/sandbox/orders', wish);
    expect(status).toBe(400);
    expect(body.issues.map((issue) => issue.field)).toEqual([field]);
    expect(sandbox.world.orders.size).toBe(0);
  });
});

describe('changing an order', () => {
  test('moves it along the lifecycle, and each change has a later time', async () => {
    const { create, call } = await startSandbox();
    const lines = [{ sku: 'SKU-MUG-BLUE', quantity: 3 }];
    const [order] = await create({ fulfilledBy: 'MERCHANT', fulfillmentStatus: 'PENDING', lines });
    const times = [order?.lastUpdatedTime];
    const fulfilled = [];
    for (const fulfillmentStatus of ['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED']) {
      const { body } = await call<{ order: WholeOrder }>('PATCH', `/sandbox/orders/${order?.orderId}`, { fulfillmentStatus });
      expect(body.order.fulfillment?.fulfillmentStatus).toBe(fulfillmentStatus);
      times.push(body.order.lastUpdatedTime);
      fulfilled.push(body.order.orderItems[0]?.fulfillment?.quantityFulfilled);
    }
    expect(fulfilled).toEqual([0, 2, 3]);
    expect([...new Set(times)].sort()).toEqual(times);
  });

  test('refuses what the lifecycle does not allow, and an order that nobody has', async () => {
    const { create, call } = await startSandbox();
    const [order] = await create({ fulfillmentStatus: 'SHIPPED' });
    const path = `/sandbox/orders/${order?.orderId}`;
    expect((await call('PATCH', path, { fulfillmentStatus: 'CANCELLED' })).status).toBe(409);
    expect((await call('PATCH', path, { requestCancellation: {} })).status).toBe(409);
    expect((await call('PATCH', path, {})).status).toBe(400);
    expect((await call('PATCH', '/sandbox/orders/111-1111111-1111111', { raw: {} })).status).toBe(404);
  });

  test('records a cancellation that the buyer asks for', async () => {
    const { create, call } = await startSandbox();
    const [order] = await create({ fulfillmentStatus: 'UNSHIPPED' });
    const { body } = await call<{ order: WholeOrder }>('PATCH', `/sandbox/orders/${order?.orderId}`, {
      requestCancellation: { reason: 'ORDERED_BY_MISTAKE' },
    });
    expect(body.order.orderItems[0]?.cancellation).toEqual({
      cancellationRequest: { requester: 'BUYER', cancelReason: 'ORDERED_BY_MISTAKE' },
    });
    expect(body.order.fulfillment?.fulfillmentStatus).toBe('UNSHIPPED');
  });

  test('lays arbitrary JSON over the answer, and takes it away again', async () => {
    const { create, call, search, getOrder, clock } = await startSandbox();
    const [order] = await create({ sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED' });
    const id = String(order?.orderId);
    await call('PATCH', `/sandbox/orders/${id}`, { raw: { orderItems: null, salesChannel: { marketplaceId: 42 }, surprise: true } });
    clock.forward(1);
    const [broken] = (await search<{ orders: Record<string, unknown>[] }>(since)).body.orders;
    expect(broken).toMatchObject({ orderItems: null, salesChannel: { channelName: 'AMAZON', marketplaceId: 42 }, surprise: true });
    await call('PATCH', `/sandbox/orders/${id}`, { raw: null });
    expect((await getOrder(id)).body.order).not.toHaveProperty('surprise');
  });
});

describe('the control API', () => {
  test('lists the sellers with all an installation needs to connect', async () => {
    const { call } = await startSandbox();
    const { body } = await call<{ sellers: Record<string, unknown>[] }>('GET', '/sandbox/sellers');
    expect(body.sellers.map(({ region }) => region)).toEqual(['NA', 'EU', 'FE']);
    expect(body.sellers[1]).toEqual({
      sellerId: 'ADEMOSELLEREU1',
      name: expect.any(String),
      region: 'EU',
      clientId: 'amzn1.application-oa2-client.demo-eu',
      clientSecret: 'amzn1.oa2-cs.v1.demo-eu-not-a-secret',
      refreshToken: 'Atzr|demo-eu-not-a-secret',
      marketplaceIds: expect.arrayContaining(['A1PA6795UKMFR9', 'A1F83G8C2ARO7P']),
    });
  });

  test('lists the catalogue: 40 products, two of them never in stock, with a price in every currency', async () => {
    const { call } = await startSandbox();
    const { products } = (
      await call<{ products: { sku: string; stocked: boolean; prices: Record<string, string> }[] }>('GET', '/sandbox/catalogue')
    ).body;
    expect(new Set(products.map(({ sku }) => sku)).size).toBe(40);
    expect(products.filter(({ stocked }) => !stocked)).toHaveLength(2);
    expect(products[0]?.prices).toEqual({
      USD: '14.99',
      CAD: '19.99',
      MXN: '269.99',
      EUR: '13.99',
      GBP: '11.99',
      JPY: '2250',
      AUD: '21.99',
    });
  });

  test('pages through the whole truth of one seller', async () => {
    const { call, create } = await startSandbox();
    const created = await create({ count: 25, sellerId: europe.sellerId });
    await create({ count: 5, sellerId: northAmerica.sellerId });
    const seen: string[] = [];
    let page: { orders: WholeOrder[]; after?: number } = { orders: [], after: 0 };
    while (page.after !== undefined) {
      page = (await call<typeof page>('GET', `/sandbox/orders?sellerId=${europe.sellerId}&limit=10&after=${page.after}`)).body;
      seen.push(...page.orders.map(({ orderId }) => orderId));
    }
    expect(seen).toEqual(created.map(({ orderId }) => orderId));
  });

  test('counts orders by status and requests by answer', async () => {
    const { call, create, search } = await startSandbox();
    await create({ count: 3, fulfillmentStatus: 'UNSHIPPED' });
    await search(since);
    await search({});
    const { body } = await call<Stats>('GET', '/sandbox/stats');
    expect(body.orders).toMatchObject({ total: 3, byStatus: { UNSHIPPED: 3, SHIPPED: 0 } });
    expect(body.requests).toEqual({ token: { 200: 2 }, searchOrders: { 200: 1, 400: 1 } });
  });

  test('changes the pace of arrivals', async () => {
    const { call, clock, sandbox } = await startSandbox();
    clock.forward(600_000);
    sandbox.world.advance();
    expect(sandbox.world.orders.size).toBe(0);
    await call('PUT', '/sandbox/pace', { ordersPerMinute: 60 });
    clock.forward(600_000);
    sandbox.world.advance();
    expect(sandbox.world.orders.size).toBeGreaterThan(500);
    expect(sandbox.world.orders.size).toBeLessThan(700);
    expect((await call('PUT', '/sandbox/pace', { ordersPerMinute: -1 })).status).toBe(400);
  });

  test('begins again on reset, and what is there then counts as updated now', async () => {
    const { call, create, search, clock } = await startSandbox();
    await create({ count: 5 });
    clock.forward(60_000);
    const now = { lastUpdatedAfter: clock.now().toISOString() };
    await call('POST', '/sandbox/reset', { seed: 99, initialOrders: 30 });
    const { body } = await call<Stats>('GET', '/sandbox/stats');
    expect([body.seed, body.orders.total]).toEqual([99, 30]);
    const counts = await Promise.all([search(now), search(now, northAmerica)]);
    expect(counts.every((answer) => answer.body.orders.length > 0)).toBe(true);
  });
});
