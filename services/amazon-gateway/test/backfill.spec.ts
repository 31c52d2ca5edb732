import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonGapFound, AmazonOrderImported } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { ago, dayMs, fault, hourMs } from './reading-harness.ts';

/** What is older than a store that has just been connected comes on request only. */
const env = { AMAZON_START_FROM: ago(hourMs) };

const ask = async ({ service }: GatewayHarness, range: object) => {
  const { status, body } = await service.send('POST', '/stores/na/backfills', range);
  expect({ status, body }).toMatchObject({ status: 202 });
  return body;
};
const stateOf = async ({ service }: GatewayHarness, id: string) => (await service.get(`/sweeps/${id}`)).body;
const inState = (gateway: GatewayHarness, id: string, state: string) =>
  eventually(async () => {
    const found = await stateOf(gateway, id);
    if (found.state !== state) throw new Error(JSON.stringify(found));
    return found;
  });
const createdSearches = ({ proxy }: GatewayHarness) => proxy.searches.filter((query) => query.has('createdAfter'));

describe('a backfill', () => {
  let gateway: GatewayHarness;
  beforeAll(async () => {
    gateway = await gatewayHarness({
      env,
      before: async ({ create }) => {
        await create(3, { createdTime: ago(50 * hourMs) });
        await create(2, { createdTime: ago(26 * hourMs) });
        await create(150, { createdTime: ago(5 * hourMs) });
      },
    });
  });
  afterAll(() => gateway.stop());

  test("imports what is older than the store's start, window by window, and moves no watermark", async () => {
    expect(gateway.published()).toEqual([]);
    const { watermark } = await gateway.store();
    // To the millisecond: any more would be a window of its own.
    const until = ago(dayMs);
    const from = new Date(Date.parse(until) - 2 * dayMs).toISOString();
    const { id } = await ask(gateway, { from, until });
    const done = await inState(gateway, id, 'done');
    expect(done).toMatchObject({ kind: 'backfill', requestedBy: 'Mara', windows: { total: 2, done: 2 }, pages: 2, seen: 5, imported: 5 });
    expect(done).toMatchObject({ missing: 0, evidence: [] });
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(5));
    expect(gateway.service.published(AmazonGapFound)).toEqual([]);
    expect((await gateway.store()).watermark).toBe(watermark);
    for (const query of createdSearches(gateway)) {
      expect(Date.parse(query.get('createdBefore') ?? '') - Date.parse(query.get('createdAfter') ?? '')).toBeLessThanOrEqual(dayMs);
    }
  });

  test('begins its window anew when Amazon refuses the page token, and gives up when Amazon leads in a circle', async () => {
    await fault(gateway, 'token-refused', { times: 1 });
    const { id } = await ask(gateway, { from: ago(8 * hourMs) });
    expect(await inState(gateway, id, 'done')).toMatchObject({ pages: 3, seen: 250, imported: 150 });
    const end = await fault(gateway, 'token-loop');
    const again = await ask(gateway, { from: ago(8 * hourMs) });
    expect(await inState(gateway, again.id, 'failed')).toMatchObject({ imported: 0, lastError: expect.stringContaining('circle') });
    await end();
  });

  test('is the same one when it is asked for again, until it is finished', async () => {
    const denial = { code: 'Unauthorized', message: 'Access to requested resource is denied.' };
    gateway.proxy.onSearch = () => ({ status: 403, body: { errors: [denial] } });
    const range = { from: ago(3 * dayMs) };
    const { id } = await ask(gateway, range);
    expect((await ask(gateway, range)).id).toBe(id);
    const other = await ask(gateway, { ...range, until: ago(dayMs) });
    expect(other.id).not.toBe(id);
    const list = await gateway.service.get('/sweeps?kind=backfill&limit=1');
    expect(list.body.items).toMatchObject([{ id: other.id }]);
    expect((await gateway.service.get(`/sweeps?kind=backfill&limit=1&cursor=${list.body.nextCursor}`)).body.items).toMatchObject([{ id }]);
    await eventually(async () =>
      expect(await stateOf(gateway, id)).toMatchObject({
        lastError: expect.stringContaining('denies access'),
        failure: { code: 'amazon.access-denied', facts: { amazonSays: denial.message } },
      }),
    );
    gateway.proxy.onSearch = () => undefined;
    await gateway.service.app.database.query('update sweep set next_turn_at = requested_at');
    await inState(gateway, id, 'done');
    expect((await ask(gateway, range)).id).not.toBe(id);
    expect((await gateway.service.send('DELETE', `/sweeps/${id}`)).status).toBe(409);
  });

  test('pitfall 35: cannot reach further back than Amazon does', async () => {
    const refused = await gateway.service.send('POST', '/stores/na/backfills', { from: '2019-01-01T00:00:00Z' });
    const because = expect.stringContaining('Amazon shows orders created since');
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'from', message: because }] } });
    expect((await gateway.service.send('POST', '/stores/na/backfills', {})).body.errors).toMatchObject([{ field: 'from' }]);
  });
});

describe('a long backfill', () => {
  test('that is interrupted in the middle of a window goes on there in another instance; nothing is lost or imported twice', async () => {
    const gateway = await gatewayHarness({ env, before: async ({ create }) => void (await create(350, { createdTime: ago(5 * hourMs) })) });
    try {
      const { service, proxy } = gateway;
      const first = proxy.searches.length;
      proxy.onSearch = (n) => (n > first + 2 ? { status: 403, body: {} } : undefined);
      const { id } = await ask(gateway, { from: ago(8 * hourMs) });
      const waiting = await eventually(async () => {
        const found = await stateOf(gateway, id);
        if (!found.lastError) throw new Error(JSON.stringify(found));
        return found;
      });
      expect(waiting).toMatchObject({ state: 'running', pages: 2 });
      const interrupted = proxy.searches.at(-1)?.get('paginationToken');
      await service.app.stop();

      const before = createdSearches(gateway).length;
      proxy.onSearch = () => undefined;
      const other = await service.another();
      await other.database.query('update sweep set next_turn_at = requested_at');
      await eventually(() => expect(service.published(AmazonOrderImported)).toHaveLength(350));
      const continued = createdSearches(gateway).slice(before);
      expect(continued.map((query) => query.get('paginationToken'))).toEqual([interrupted, expect.any(String)]);
      await eventually(async () => {
        const [sweep] = await other.database.query('select state, pages, seen, imported from sweep');
        expect(sweep).toEqual({ state: 'done', pages: 4, seen: 350, imported: 350 });
      });
    } finally {
      await gateway.stop();
    }
  });

  test('takes no call that the polls need, says when the quota will have granted the rest, and can be called off', async () => {
    const gateway = await gatewayHarness({ env, sandbox: { limits: 'documented' } });
    try {
      const { id } = await ask(gateway, { from: ago(30 * dayMs) });
      const waiting = await eventually(async () => {
        const found = await stateOf(gateway, id);
        if (Date.parse(found.nextTurnAt) < Date.now() + 60_000) throw new Error(JSON.stringify(found));
        return found;
      });
      expect(waiting.windows.total).toBe(30);
      expect(waiting.windows.done).toBeGreaterThan(5);
      expect(waiting.finishesAt > waiting.nextTurnAt).toBe(true);
      await gateway.sync();
      expect(await gateway.store()).toMatchObject({ status: 'ok' });

      const { body } = await gateway.service.send('DELETE', `/sweeps/${id}`);
      expect(body).toMatchObject({ id, state: 'canceled' });
      expect((await gateway.service.send('DELETE', `/sweeps/${id}`)).body).toMatchObject({ state: 'canceled' });
    } finally {
      await gateway.stop();
    }
  });
});
