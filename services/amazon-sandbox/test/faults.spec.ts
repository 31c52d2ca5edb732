import { describe, expect, test } from '@jest/globals';
import type { FieldIssue } from '@orderbus/kernel';
import { Faults } from '../src/http/faults.ts';
import { type AmazonErrors, europe, everyDataset, manualClock, northAmerica, type Query, startOfTest, startSandbox } from './harness.ts';
import { packageOf, startShop } from './shop.ts';

type Running = Awaited<ReturnType<typeof startSandbox>>;

const since = { lastUpdatedAfter: new Date(startOfTest - 1000).toISOString() };
const born = { createdAfter: new Date(startOfTest - 1000).toISOString() };
const credentials = { client_id: europe.clientId, client_secret: europe.clientSecret };

const begin = async ({ call }: Pick<Running, 'call'>, fault: object): Promise<{ id: string; hits: number }> => {
  const { status, body } = await call<{ id: string; hits: number }>('POST', '/sandbox/faults', fault);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};

/** A request whose answer may never come. */
const look = async ({ sandbox, accessToken }: Running, signal?: AbortSignal): Promise<Response> =>
  fetch(`${sandbox.url}/orders/2026-01-01/orders/111-0000000-0000000`, {
    headers: { 'x-amz-access-token': await accessToken(europe) },
    ...(signal && { signal }),
  });

const idsOf = (orders: readonly { orderId: string }[]): string[] => orders.map(({ orderId }) => orderId);

const someOrders = async ({ create }: Running, count: number, wish: object = {}): Promise<string[]> =>
  idsOf(await create({ count, sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED', ...wish }));

/** Every id of every page, as often as it comes. */
const found = async ({ searchAll }: Running, query: Query): Promise<string[]> => idsOf(await searchAll(query));

describe('a fault', () => {
  test.each([
    [500, 'InternalFailure'],
    [503, 'ServiceUnavailable'],
    [429, 'QuotaExceeded'],
  ])('of %i strikes as often as ordered, and is then gone', async (status, code) => {
    const running = await startSandbox();
    await begin(running, { kind: 'error', status, operations: ['searchOrders'], times: 2 });
    for (let attempt = 0; attempt < 2; attempt++) {
      const answer = await running.search<AmazonErrors>(since);
      expect([answer.status, answer.body.errors[0]?.code]).toEqual([status, code]);
    }
    expect((await running.search(since)).status).toBe(200);
    expect((await running.call('GET', '/sandbox/faults')).body).toEqual({ faults: [] });
  });

  test('lasts for as long as ordered, or until it is ended', async () => {
    const running = await startSandbox();
    const { call, search, clock } = running;
    const status = async () => (await search(since)).status;
    await begin(running, { kind: 'error', status: 503, operations: ['searchOrders'], forMs: 5000 });
    clock.forward(4999);
    expect(await status()).toBe(503);
    clock.forward(1);
    expect(await status()).toBe(200);
    const { id } = await begin(running, { kind: 'error', status: 503, operations: ['searchOrders'] });
    expect(await status()).toBe(503);
    expect((await call('DELETE', `/sandbox/faults/${id}`)).status).toBe(204);
    expect(await status()).toBe(200);
    expect((await call('DELETE', `/sandbox/faults/${id}`)).status).toBe(404);
  });

  test('is one of many: each hits its own operations, and all are listed with how often they have', async () => {
    const running = await startSandbox();
    const { call, search, token } = running;
    const slow = await begin(running, { kind: 'slow', delayMs: 20, operations: ['searchOrders'] });
    const broken = await begin(running, { kind: 'error', status: 500, operations: ['searchOrders'], times: 2 });
    const locked = await begin(running, { kind: 'error', status: 503, operations: ['token'], forMs: 60_000 });
    expect((await token({})).status).toBe(503);
    await call('DELETE', `/sandbox/faults/${locked.id}`);
    const beganAt = performance.now();
    expect((await search(since)).status).toBe(500);
    expect(performance.now() - beganAt).toBeGreaterThanOrEqual(19);
    const { faults } = (await call<{ faults: unknown[] }>('GET', '/sandbox/faults')).body;
    expect(faults).toEqual([
      { id: slow.id, kind: 'slow', delayMs: 20, operations: ['searchOrders'], hits: 1 },
      { id: broken.id, kind: 'error', status: 500, operations: ['searchOrders'], times: 2, hits: 1 },
    ]);
    expect((await call<{ faults: unknown[] }>('GET', '/sandbox/stats')).body.faults).toEqual(faults);
    await call('DELETE', '/sandbox/faults');
    expect((await search(since)).status).toBe(200);
  });

  test('that delays shows whether a client searches for one seller twice at a time', async () => {
    const running = await startSandbox();
    const overlaps = async () => (await running.call<{ overlaps: object }>('GET', '/sandbox/stats')).body.overlaps;
    await begin(running, { kind: 'slow', delayMs: 100, operations: ['searchOrders'] });
    await running.search(since);
    await running.search(since);
    expect(await overlaps()).toEqual({});
    await Promise.all([running.search(since), running.search(since)]);
    expect(await overlaps()).toEqual({ searchOrders: 1 });
  });

  test('strikes by chance, and with the same seed at the same requests', async () => {
    const story = async (seed: number): Promise<string> => {
      const running = await startSandbox({ seed });
      await begin(running, { kind: 'error', status: 500, operations: ['token'], probability: 0.4 });
      const statuses: number[] = [];
      for (let request = 0; request < 60; request++) statuses.push((await running.token({})).status);
      return statuses.join();
    };
    const [once, again, another] = [await story(1), await story(1), await story(2)];
    expect(again).toBe(once);
    expect(another).not.toBe(once);
    const struck = once.split(',').filter((status) => status === '500').length;
    expect(struck).toBeGreaterThan(10);
    expect(struck).toBeLessThan(40);
  });

  test('can concern one seller alone', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'forbidden', sellerId: europe.sellerId });
    const refused = await running.search<AmazonErrors>(since);
    expect([refused.status, refused.body.errors[0]?.code]).toEqual([403, 'Unauthorized']);
    expect((await running.search(since, northAmerica)).status).toBe(200);
  });

  test.each([
    ['kind', { kind: 'earthquake' }],
    ['status', { kind: 'error', status: 418 }],
    ['delayMs', { kind: 'slow' }],
    ['probability', { kind: 'hang', probability: 2 }],
    ['operations.0', { kind: 'hang', operations: ['inventTheWheel'] }],
    ['dataset', { kind: 'dataset-outage', dataset: 'SHOE_SIZE' }],
    ['times', { kind: 'missing-from-list', times: 1 }],
  ])('is refused with a bad %s', async (field, fault) => {
    const { call } = await startSandbox();
    const { status, body } = await call<{ issues: FieldIssue[] }>('POST', '/sandbox/faults', fault);
    expect([status, body.issues[0]?.field]).toEqual([400, field]);
  });
});

describe('a broken connection', () => {
  test('is reset, cut off, garbled or silent', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'reset', operations: ['getOrder'], times: 1 });
    await expect(look(running)).rejects.toThrow('fetch failed');
    await begin(running, { kind: 'malformed', operations: ['getOrder'], times: 1 });
    await expect((await look(running)).json()).rejects.toThrow('JSON');
    await begin(running, { kind: 'hang', operations: ['getOrder'], times: 1 });
    await expect(look(running, AbortSignal.timeout(150))).rejects.toThrow('timeout');
    expect((await look(running)).status).toBe(404);
  });

  test('can break in the middle of an answer', async () => {
    const running = await startSandbox();
    const [orderId] = await someOrders(running, 1);
    await begin(running, { kind: 'truncated', operations: ['getOrder'], times: 1 });
    await expect(running.getOrder(String(orderId))).rejects.toThrow('terminated');
    expect((await running.getOrder(String(orderId))).status).toBe(200);
  });
});

describe('a fault after the effect', () => {
  const redeem = async ({ call, sandbox }: Running, signal?: AbortSignal) => {
    const { code } = (await call<{ code: string }>('POST', '/sandbox/authorizations', { sellerId: europe.sellerId })).body;
    const body = () => new URLSearchParams({ ...credentials, grant_type: 'authorization_code', code });
    const send = (cut?: AbortSignal) =>
      fetch(`${sandbox.url}/auth/o2/token`, { method: 'POST', body: body(), ...(cut && { signal: cut }) });
    const first = await send(signal).then(
      ({ status }) => status,
      () => 'no answer',
    );
    return { first, second: (await send()).status };
  };

  test.each([
    ['reset-after-effect', 'no answer'],
    ['error-after-effect', 500],
    ['hang-after-effect', 'no answer'],
  ])('(%s) leaves the caller in the dark about what has been done', async (kind, first) => {
    const running = await startSandbox();
    await begin(running, { kind, operations: ['token'], times: 1 });
    expect(await redeem(running, AbortSignal.timeout(500))).toEqual({ first, second: 400 });
  });

  test('is another thing than one before it, which leaves everything undone', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'reset', operations: ['token'], times: 1 });
    expect(await redeem(running)).toEqual({ first: 'no answer', second: 200 });
  });

  test('waits for a request that has an effect', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'reset-after-effect', operations: ['token'], times: 1 });
    expect((await running.token({})).status).toBe(400);
    expect(await redeem(running)).toEqual({ first: 'no answer', second: 400 });
  });
});

describe('writing with a fault', () => {
  test.each([
    ['reset-after-effect', 'no answer', 1],
    ['reset', 'no answer', 0],
    // 204 has no body that could be cut off.
    ['truncated', 204, 1],
  ])('(%s): %s, and the ledger has written %i; after a retry it has one package', async (kind, answer, written) => {
    const shop = await startShop();
    const order = await shop.order();
    await begin(shop, { kind, operations: ['confirmShipment'], times: 1 });
    const confirm = () =>
      shop.confirm(order, packageOf(order)).then(
        ({ status }) => status,
        () => 'no answer',
      );
    expect([await confirm(), (await shop.ledger()).length]).toEqual([answer, written]);
    expect(await confirm()).toBe(204);
    expect((await shop.ledger()).filter(({ effect }) => effect === 'created')).toHaveLength(1);
  });
});

describe('reading with a fault', () => {
  test('fails with 400 as long as it asks for a dataset that is out', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'dataset-outage', dataset: 'FULFILLMENT' });
    const refused = await running.search<AmazonErrors>({ ...since, includedData: everyDataset });
    expect([refused.status, refused.body.errors[0]?.code]).toEqual([400, 'InvalidInput']);
    const fewer = everyDataset.replace('FULFILLMENT,', '');
    expect((await running.search({ ...since, includedData: fewer })).status).toBe(200);
    const [orderId] = await someOrders(running, 1);
    expect((await running.getOrder(String(orderId), { includedData: 'FULFILLMENT' })).status).toBe(400);
    expect((await running.getOrder(String(orderId), { includedData: 'FULFILLMENT_ORDERS' })).status).toBe(200);
  });

  test('does not find an order by its update, although it is there and is found by its creation', async () => {
    const running = await startSandbox();
    const [hidden, shown] = (await someOrders(running, 2)) as [string, string];
    await begin(running, { kind: 'missing-from-list', orderIds: [hidden] });
    expect(await found(running, since)).toEqual([shown]);
    expect(await found(running, born)).toEqual([hidden, shown]);
    expect((await running.getOrder(hidden)).status).toBe(200);
  });

  test('can miss a share of all orders, always the same ones', async () => {
    const running = await startSandbox();
    const all = await someOrders(running, 200);
    await begin(running, { kind: 'missing-from-list', share: 0.2 });
    const seen = await found(running, since);
    expect(await found(running, { ...since, maxResultsPerPage: 7 })).toEqual(seen);
    expect(all.length - seen.length).toBeGreaterThan(20);
    expect(all.length - seen.length).toBeLessThan(65);
  });

  test('finds an order hours late, with its old times', async () => {
    const running = await startSandbox();
    await begin(running, { kind: 'late-arrival', lateByMs: 3 * 3_600_000 });
    const [late] = await someOrders(running, 1);
    running.clock.forward(3 * 3_600_000 - 1);
    expect(await found(running, born)).toEqual([]);
    expect((await running.getOrder(String(late))).status).toBe(200);
    running.clock.forward(1);
    const [order] = await running.searchAll(born);
    expect(order).toMatchObject({
      orderId: late,
      createdTime: new Date(startOfTest).toISOString(),
      lastUpdatedTime: new Date(startOfTest).toISOString(),
    });
  });

  test('meets some orders again on the next page, but comes to an end and misses none', async () => {
    const running = await startSandbox();
    const all = await someOrders(running, 25);
    await begin(running, { kind: 'duplicates-across-pages' });
    for (const maxResultsPerPage of [1, 2, 10, 25]) {
      const seen = await found(running, { ...since, maxResultsPerPage });
      expect([...new Set(seen)]).toEqual(all);
      expect(seen.length > all.length).toBe(maxResultsPerPage > 1 && maxResultsPerPage < 25);
    }
  });

  test('meets the orders of a page in any order', async () => {
    const running = await startSandbox();
    const all = await someOrders(running, 25);
    await begin(running, { kind: 'shuffled' });
    const seen = await found(running, { ...since, maxResultsPerPage: 20 });
    expect(seen).not.toEqual(all);
    expect(seen.toSorted()).toEqual(all.toSorted());
  });

  test('has a good page token refused, once', async () => {
    const running = await startSandbox();
    await someOrders(running, 6);
    await begin(running, { kind: 'token-refused', times: 1 });
    const query = { ...since, maxResultsPerPage: 4 };
    const paginationToken = String((await running.search(query)).body.pagination?.nextToken);
    expect((await running.search({ ...query, paginationToken })).status).toBe(400);
    expect((await running.search({ ...query, paginationToken })).status).toBe(200);
  });

  test('is given the same page token again', async () => {
    const running = await startSandbox();
    await someOrders(running, 6);
    await begin(running, { kind: 'token-loop' });
    const query = { ...since, maxResultsPerPage: 4 };
    const paginationToken = String((await running.search(query)).body.pagination?.nextToken);
    const again = await running.search({ ...query, paginationToken });
    expect(again.body.pagination?.nextToken).toBe(paginationToken);
  });

  test('does not hear of a change that moves no time', async () => {
    const running = await startSandbox();
    const [silent, loud] = (await someOrders(running, 2)) as [string, string];
    await begin(running, { kind: 'not-bumped', orderIds: [silent] });
    running.clock.forward(60_000);
    for (const id of [silent, loud]) await running.call('PATCH', `/sandbox/orders/${id}`, { fulfillmentStatus: 'CANCELLED' });
    running.clock.forward(1);
    expect(await found(running, { lastUpdatedAfter: new Date(startOfTest + 1).toISOString() })).toEqual([loud]);
    expect((await running.getOrder(silent, { includedData: 'FULFILLMENT' })).body.order).toMatchObject({
      lastUpdatedTime: new Date(startOfTest).toISOString(),
      fulfillment: { fulfillmentStatus: 'CANCELLED' },
    });
  });

  test('meets a status and a program that nobody has heard of', async () => {
    const running = await startSandbox();
    const [strange, plain] = (await someOrders(running, 2)) as [string, string];
    await begin(running, { kind: 'body-of-unknown-values', orderIds: [strange] });
    const { orders } = (await running.search({ ...since, includedData: 'FULFILLMENT' })).body;
    const [first, second] = orders;
    expect(first?.fulfillment?.fulfillmentStatus).toBe('INVOICE_UNCONFIRMED');
    expect(first?.programs).toContain('AMAZON_UNHEARD_OF');
    expect(second).toMatchObject({ orderId: plain, fulfillment: { fulfillmentStatus: 'UNSHIPPED' } });
  });
});

test('a feed meets the fate that was ordered, of its own seller, and as often', () => {
  const faults = new Faults(manualClock(), 1);
  faults.begin({ kind: 'feeds-stuck', sellerId: europe.sellerId, times: 1 });
  faults.begin({ kind: 'feeds-fatal-after-effect', times: 1 });
  faults.begin({ kind: 'feeds-fatal', times: 1 });
  const fates = [northAmerica, europe, europe, europe].map(({ sellerId }, index) => faults.feedFate(String(index), sellerId));
  expect(fates).toEqual(['fatal-after-effect', 'stuck', 'fatal', undefined]);
});
