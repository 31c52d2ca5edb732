import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

describe('the import', () => {
  let gateway: GatewayHarness;
  let numbers: string[];

  beforeAll(async () => {
    gateway = await gatewayHarness({
      before: async ({ create }) => {
        numbers = await create(250);
      },
    });
  });
  afterAll(() => gateway.stop());

  test('brings in each order once, across pages', async () => {
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(250));
    const imported = gateway.service.published(AmazonOrderImported);
    expect(new Set(imported.map(({ data }) => data.amazonOrderId))).toEqual(new Set(numbers));
    expect(gateway.proxy.searches).toHaveLength(3);
    for (const event of imported) {
      expect(AmazonOrderImported.parse(event)).toMatchObject({ tenant: 'na', aggregateVersion: 1, occurredAt: event.data.updatedAt });
      expect(event.data).toMatchObject({ balanced: true, buyerData: 'present', status: 'unshipped', fulfilledBy: 'merchant' });
    }
  });

  test('pitfall 8: publishes nothing when nothing has changed, though it reads the same orders again', async () => {
    const before = gateway.published().length;
    await gateway.sync();
    expect(gateway.proxy.searches.length).toBeGreaterThan(3);
    expect(gateway.published()).toHaveLength(before);
    const metrics = (await gateway.service.get('/metrics')).body;
    expect(metrics).toMatch(/sync_orders_total\{result="new",service="amazon-gateway"\} 250/);
    expect(metrics).toMatch(/sync_orders_total\{result="same",service="amazon-gateway"\} 250/);
    expect(metrics).toMatch(/sync_lag_seconds\{store="na",service="amazon-gateway"\} \d/);
    expect(metrics).toMatch(/spapi_requests_total\{op="searchOrders",status="200",service="amazon-gateway"\} 6/);
    expect(metrics).toMatch(/lwa_refresh_total\{result="ok",service="amazon-gateway"\} 1/);
  });

  test('publishes a changed order once, as its second version, and later changes as further ones', async () => {
    const [number = ''] = numbers;
    await gateway.patch(number, { requestCancellation: { reason: 'CHANGED_MIND' } });
    await gateway.sync();
    await gateway.sync();
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toHaveLength(1));
    await gateway.patch(number, { fulfillmentStatus: 'CANCELLED' });
    await gateway.sync();
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toHaveLength(2));
    const [second, third] = gateway.service.published(AmazonOrderUpdated);
    expect(second).toMatchObject({ aggregateVersion: 2, data: { amazonOrderId: number, cancelRequested: { reason: 'changed-mind' } } });
    expect(third).toMatchObject({ aggregateVersion: 3, data: { amazonOrderId: number, status: 'canceled' } });
    // How late these two were is measured; how late the 250 were that were there before the store was connected says nothing.
    expect((await gateway.service.get('/metrics')).body).toMatch(/^sync_delay_seconds_count{service="amazon-gateway"} 2$/m);
  });

  test('pitfall 20: goes on showing the buyer of an order of which Amazon shows nothing any more', () => {
    const [number = ''] = numbers;
    const canceled = gateway.service.published(AmazonOrderUpdated).find(({ data }) => data.status === 'canceled');
    const imported = gateway.service.published(AmazonOrderImported).find(({ data }) => data.amazonOrderId === number);
    expect(imported?.data.sealedBuyer).toMatch(/^v1\.test\./);
    expect(canceled?.data).toMatchObject({ buyerData: 'present', sealedBuyer: imported?.data.sealedBuyer });
  });

  test("pitfalls 2 and 3: takes each change up to what Amazon says it has looked at, by Amazon's clock", async () => {
    const { watermark } = await gateway.store();
    const since = gateway.proxy.searches.at(-1)?.get('lastUpdatedAfter') ?? '';
    await gateway.sync();
    const next = gateway.proxy.searches.at(-1)?.get('lastUpdatedAfter') ?? '';
    expect(Date.parse(watermark ?? '') - Date.parse(next)).toBe(600_000);
    expect(next > since).toBe(true);
  });

  test('pitfalls 1 and 4: asks for changes, not for creations, and never for an upper end that may be too late', () => {
    for (const query of gateway.proxy.searches) {
      const times = [...query.keys()].filter((name) => /(After|Before)$/.test(name));
      expect(times).toEqual(['lastUpdatedAfter']);
    }
  });
});

describe('the answers about the import', () => {
  let gateway: GatewayHarness;
  let numbers: string[];

  beforeAll(async () => {
    gateway = await gatewayHarness({
      before: async ({ create }) => {
        numbers = [...(await create(7)), ...(await create(3, { fulfillmentStatus: 'PENDING' }))];
      },
    });
  });
  afterAll(() => gateway.stop());

  test('show the store without its credentials', async () => {
    const { body } = await gateway.service.get('/stores');
    expect(body.items).toMatchObject([
      {
        id: 'na',
        name: 'na',
        region: 'na',
        marketplaces: [],
        status: 'ok',
        lastSuccessAt: expect.any(String),
        watermark: expect.any(String),
        consecutiveFailures: 0,
        circuit: 'closed',
        nextPollAt: expect.any(String),
      },
    ]);
  });

  test('list the orders page by page, each once, last changed first', async () => {
    const seen: { amazonOrderId: string; updatedAt: string }[] = [];
    for (let path = '/amazon-orders?limit=4'; path; ) {
      const { body } = await gateway.service.get(path);
      seen.push(...body.items);
      path = body.nextCursor ? `/amazon-orders?limit=4&cursor=${body.nextCursor}` : '';
    }
    expect(seen.map(({ amazonOrderId }) => amazonOrderId).toSorted()).toEqual(numbers.toSorted());
    expect(seen.map(({ updatedAt }) => updatedAt)).toEqual(
      seen
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .toReversed(),
    );
  });

  test('find orders by Amazon number and by status', async () => {
    const byNumber = await gateway.service.get(`/amazon-orders?amazonOrderId=${numbers[0]}`);
    expect(byNumber.body.items).toMatchObject([{ amazonOrderId: numbers[0], storeId: 'na', status: 'unshipped', version: 1 }]);
    const byStatus = await gateway.service.get('/amazon-orders?status=pending');
    expect(byStatus.body.items).toHaveLength(3);
  });

  test('name what is wrong with a question', async () => {
    const wrong = await gateway.service.get('/amazon-orders?status=lost&colour=red&limit=0');
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual(['colour', 'limit', 'status']);
    expect((await gateway.service.get('/amazon-orders?cursor=nonsense')).body.errors).toMatchObject([{ field: 'cursor' }]);
    expect((await gateway.service.send('POST', '/stores/nowhere/sync')).status).toBe(404);
  });
});
