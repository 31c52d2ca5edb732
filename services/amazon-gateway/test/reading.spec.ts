import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated, AmazonSyncRecovered, AmazonSyncStalled } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { ago, dayMs, fault, hourMs, readOnce } from './reading-harness.ts';

const stateOf = async ({ service }: GatewayHarness) => (await service.get('/stores')).body.items[0];
const datasetsOf = (query: URLSearchParams | undefined) => query?.get('includedData')?.split(',') ?? [];

describe('pitfall 22: a dataset that Amazon refuses all of a sudden', () => {
  let gateway: GatewayHarness;
  let known: string[];
  let added: string[];
  let watermark: string;
  let heal: () => Promise<void>;

  beforeAll(async () => {
    gateway = await gatewayHarness({
      env: { AMAZON_STALLED_AFTER: '1ms' },
      before: async ({ create }) => {
        known = await create(3);
      },
    });
    ({ watermark } = await stateOf(gateway));
    heal = await fault(gateway, 'dataset-outage', { dataset: 'FULFILLMENT' });
    added = await gateway.create(2);
    await gateway.patch(known[0] ?? '', { requestCancellation: { reason: 'WRONG_ADDRESS' } });
    await readOnce(gateway);
  });
  afterAll(() => gateway.stop());

  test('costs the known orders nothing of what is known of them, and what is new of the rest is read', async () => {
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toHaveLength(1));
    const [before, [after]] = [gateway.service.published(AmazonOrderImported), gateway.service.published(AmazonOrderUpdated)];
    const { updatedAt: _, ...same } = before.find(({ data }) => data.amazonOrderId === known[0])?.data ?? {};
    expect(after?.data).toMatchObject({ ...same, cancelRequested: { reason: 'wrong-address' } });
  });

  test('lets new orders wait, moves no watermark and is shown on the store', async () => {
    expect(await stateOf(gateway)).toMatchObject({
      watermark,
      consecutiveFailures: 0,
      degraded: { without: ['FULFILLMENT'], since: expect.any(String) },
    });
    expect(gateway.service.published(AmazonOrderImported)).toHaveLength(3);
    expect((await gateway.service.get('/metrics')).body).toMatch(/sync_orders_total\{result="waiting".*} 2/);
  });

  test('is not asked for again in each pass, and nothing is read over and over', async () => {
    const before = gateway.proxy.searches.length;
    await readOnce(gateway);
    expect(gateway.proxy.searches).toHaveLength(before + 1);
    expect(datasetsOf(gateway.proxy.searches.at(-1))).not.toContain('FULFILLMENT');
    expect(Date.parse(gateway.proxy.searches.at(-1)?.get('lastUpdatedAfter') ?? '')).toBeGreaterThan(Date.parse(watermark) - 600_000);
  });

  test('is told when it lasts', async () => {
    const told = await eventually(() => {
      const events = gateway.service.published(AmazonSyncStalled);
      expect(events).toHaveLength(1);
      return events[0];
    });
    expect(told).toMatchObject({
      ...{ tenant: 'na', aggregateVersion: 1 },
      data: {
        storeId: 'na',
        needsPerson: false,
        refusal: { code: 'amazon.dataset-refused', words: expect.stringContaining('FULFILLMENT') },
      },
    });
  });

  test('is forgotten as soon as Amazon shows it: everything is read again in full', async () => {
    await heal();
    await gateway.service.app.database.query(`update sync_cursor set all_tried_at = all_tried_at - interval '15 min'`);
    await gateway.sync();
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(5));
    expect(gateway.service.published(AmazonOrderImported).map(({ data }) => data.amazonOrderId)).toEqual(expect.arrayContaining(added));
    expect(gateway.service.published(AmazonOrderUpdated)).toHaveLength(1);
    const state = await stateOf(gateway);
    expect(state).not.toHaveProperty('degraded');
    expect(state.watermark > watermark).toBe(true);
    await eventually(() => expect(gateway.service.published(AmazonSyncRecovered)).toMatchObject([{ aggregateVersion: 2 }]));
  });
});

describe('a store that is out of step', () => {
  let gateway: GatewayHarness;
  const told = () => gateway.service.published(AmazonSyncStalled).map(({ data }) => data.refusal.code);
  const recoveries = () => gateway.service.published(AmazonSyncRecovered).length;

  beforeAll(async () => {
    gateway = await gatewayHarness({ before: async ({ create }) => void (await create(150)) });
  });
  afterAll(() => gateway.stop());

  test('pitfall 23: is told at once when only a person can help, once, and is told again when it has recovered', async () => {
    const accept = await fault(gateway, 'forbidden', { operations: ['searchOrders'] });
    await gateway.failingSync();
    await eventually(() => expect(told()).toEqual(['amazon.access-denied']));
    expect(gateway.service.published(AmazonSyncStalled)[0]?.data).toMatchObject({ needsPerson: true, since: expect.any(String) });
    await gateway.failingSync();
    await accept();
    await gateway.sync();
    await eventually(() => expect(recoveries()).toBe(1));
    expect(told()).toHaveLength(1);
  });

  test('is told when Amazon leads in a circle from page to page', async () => {
    const end = await fault(gateway, 'token-loop');
    await gateway.failingSync();
    await eventually(() => expect(told()).toEqual(['amazon.access-denied', 'amazon.token-repeats']));
    await end();
    await gateway.sync();
    await eventually(() => expect(recoveries()).toBe(2));
    expect(gateway.service.published(AmazonSyncRecovered).at(-1)?.aggregateVersion).toBe(4);
  });
});

describe('what a store wants of the orders', () => {
  let gateway: GatewayHarness;
  const startFrom = ago(hourMs);
  const imported = () => gateway.service.published(AmazonOrderImported).map(({ data }) => data.amazonOrderId);
  const metrics = async () => (await gateway.service.get('/metrics')).body as string;

  beforeAll(async () => {
    gateway = await gatewayHarness({ env: { AMAZON_START_FROM: startFrom } });
  });
  afterAll(() => gateway.stop());

  test('is not what was created before its start, until a person asks for it; from then on it is kept up to date', async () => {
    const [old = ''] = await gateway.create(1, { createdTime: ago(2 * dayMs) });
    await gateway.patch(old, { requestCancellation: {} });
    await gateway.sync();
    expect(await metrics()).toMatch(/sync_orders_total\{result="too-old".*} 1/);
    const recovered = await gateway.service.send('POST', `/stores/na/orders/${old}/recover`);
    expect(recovered).toMatchObject({ status: 200, body: { result: 'new' } });
    await eventually(() => expect(imported()).toEqual([old]));
    await gateway.patch(old, { fulfillmentStatus: 'CANCELLED' });
    await gateway.sync();
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toMatchObject([{ data: { status: 'canceled' } }]));
  });

  test('pitfall 16: is not what was sold elsewhere, unless it says so; then it is known by a program', async () => {
    const [elsewhere = ''] = await gateway.create(1, { fulfilledBy: 'AMAZON' });
    await gateway.patch(elsewhere, { raw: { salesChannel: { channelName: 'NON_AMAZON' } } });
    await gateway.sync();
    expect(imported()).not.toContain(elsewhere);
    expect((await gateway.service.send('PATCH', '/stores/na', { nonAmazonOrders: 'import' })).status).toBe(200);
    await gateway.sync();
    await eventually(() => expect(imported()).toContain(elsewhere));
    const event = gateway.service.published(AmazonOrderImported).find(({ data }) => data.amazonOrderId === elsewhere);
    expect(event?.data).toMatchObject({ fulfilledBy: 'amazon', programs: expect.arrayContaining(['non-amazon']) });
  });

  test('pitfall 38: goes through words that Amazon has introduced after us, and they are counted, a bounded number of them by name', async () => {
    const end = await fault(gateway, 'body-of-unknown-values');
    const [number = ''] = await gateway.create(1);
    const flood = Array.from({ length: 30 }, (_, n) => `NEW_PROGRAM_${n}`);
    const [many = ''] = await gateway.create(1);
    await gateway.patch(many, { raw: { programs: [...flood, 'not a word of Amazon'] } });
    await gateway.sync();
    await end();
    await eventually(() => expect(imported()).toEqual(expect.arrayContaining([number, many])));
    const event = gateway.service.published(AmazonOrderImported).find(({ data }) => data.amazonOrderId === number);
    expect(event?.data).toMatchObject({ status: 'unknown', programs: expect.arrayContaining(['amazon-unheard-of']) });
    const text = await metrics();
    expect(text).toMatch(/amazon_unknown_values_total\{field="fulfillmentStatus",value="INVOICE_UNCONFIRMED".*} \d/);
    expect(text).toMatch(/amazon_unknown_values_total\{field="programs",value="other".*} \d/);
    expect(text.match(/amazon_unknown_values_total\{field="programs"/g)?.length).toBeLessThanOrEqual(21);
    expect(text).not.toContain('not a word of Amazon');
  });
});
