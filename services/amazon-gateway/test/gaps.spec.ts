import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonGapFound, AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { planSweeps } from '../src/store/sweep-requests.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { ago, dayMs, fault, hourMs } from './reading-harness.ts';

describe('the search for gaps', () => {
  let gateway: GatewayHarness;
  let numbers: string[];
  let missing: string[];

  const finished = (id: string) =>
    eventually(async () => {
      const { body } = await gateway.service.get(`/sweeps/${id}`);
      if (!['done', 'failed'].includes(body.state)) throw new Error(JSON.stringify(body));
      return body;
    });
  const sweep = async (range: object = {}) => {
    const { status, body } = await gateway.service.send('POST', '/stores/na/gap-sweeps', range);
    expect({ status, body }).toMatchObject({ status: 202 });
    return finished(body.id);
  };

  beforeAll(async () => {
    gateway = await gatewayHarness({
      env: { AMAZON_OVERLAP: '0ms' },
      before: async ({ create, sandbox }) => {
        numbers = await create(30, { createdTime: ago(3 * hourMs) });
        missing = [3, 14, 22].map((n) => numbers[n] ?? '').sort();
        await fault({ sandbox }, 'missing-from-list', { orderIds: missing });
      },
    });
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(27));
  });
  afterAll(() => gateway.stop());

  test('pitfalls 4 and 5: finds the orders that the list of changes has never shown, imports them, and leaves evidence', async () => {
    const { watermark } = await gateway.store();
    const found = await sweep();
    expect(found).toMatchObject({ kind: 'gap', state: 'done', seen: 30, missing: 3, imported: 3, stale: 0, changed: 0 });
    expect(found.windows.done).toBe(found.windows.total);
    const evidence: { amazonOrderId: string }[] = found.evidence;
    expect(evidence.map(({ amazonOrderId }) => amazonOrderId).toSorted()).toEqual(missing);
    for (const each of evidence) {
      expect(each).toEqual({
        amazonOrderId: expect.any(String),
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        why: 'never-listed',
      });
    }
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(30));
    await eventually(async () => expect((await gateway.service.get('/metrics')).body).toMatch(/^sync_drift_orders{store="na".*} 3$/m));
    expect((await gateway.store()).watermark).toBe(watermark);
  });

  test('tells of them once, with their numbers', async () => {
    const [event, ...more] = await eventually(() => {
      const events = gateway.service.published(AmazonGapFound);
      expect(events.length).toBeGreaterThan(0);
      return events;
    });
    expect(more).toEqual([]);
    expect(AmazonGapFound.parse(event)).toMatchObject({ aggregateId: event?.data.sweepId, data: { storeId: 'na', seen: 30, missing: 3 } });
    expect(event?.data.amazonOrderIds.toSorted()).toEqual(missing);
  });

  test('finds nothing where nothing is missing, and says nothing then', async () => {
    expect(await sweep()).toMatchObject({ seen: 30, missing: 0, imported: 0, stale: 0, evidence: [] });
    expect(gateway.service.published(AmazonGapFound)).toHaveLength(1);
  });

  test('finds what has changed without a new time: the order is stale, not missing', async () => {
    const end = await fault(gateway, 'not-bumped');
    await gateway.patch(numbers[0] ?? '', { requestCancellation: {} });
    await gateway.sync();
    await end();
    expect(gateway.service.published(AmazonOrderUpdated)).toEqual([]);
    expect(await sweep()).toMatchObject({ missing: 0, stale: 1, evidence: [{ amazonOrderId: numbers[0], why: 'stale' }] });
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toHaveLength(1));
  });

  test('is limited to what Amazon can show, and says which end of the range is wrong', async () => {
    const wrong = await gateway.service.send('POST', '/stores/na/gap-sweeps', { from: ago(dayMs), until: ago(0) });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'until' }] } });
    expect((await gateway.service.send('POST', '/stores/nowhere/gap-sweeps', {})).status).toBe(404);
  });
});

describe('the nightly search for gaps', () => {
  test('is planned once for each store, at its own moment, however many instances there are', async () => {
    const everySecond = { AMAZON_GAP_CRON: '* * * * * *', AMAZON_GAP_WINDOW: '2d' };
    const gateway = await gatewayHarness({ env: everySecond });
    try {
      await gateway.service.another();
      const scheduled = () => gateway.service.get('/sweeps?storeId=na&kind=gap');
      const [planned] = await eventually(async () => {
        const { items } = (await scheduled()).body;
        expect(items).not.toEqual([]);
        return items;
      });
      expect(planned).toMatchObject({ state: 'queued', requestedBy: 'schedule', windows: { total: 2, done: 0 } });
      expect(Date.parse(planned.nextTurnAt) - Date.parse(planned.requestedAt)).toBeLessThan(hourMs);
      const { database } = gateway.service.app;
      const nextNight = new Date(Date.now() + dayMs);
      const again = { storeId: 'na', from: ago(dayMs), until: ago(hourMs), startsAt: nextNight.toISOString() };
      await planSweeps(database, nextNight, [again]);
      expect((await scheduled()).body.items).toHaveLength(1);
      await database.query('update sweep set next_turn_at = requested_at');
      await eventually(async () => expect((await gateway.service.get(`/sweeps/${planned.id}`)).body.state).toBe('done'));
      await eventually(async () => expect((await scheduled()).body.items.length).toBeGreaterThan(1));
    } finally {
      await gateway.stop();
    }
  });
});
