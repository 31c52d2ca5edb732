import { describe, expect, test } from '@jest/globals';
import { type AmazonErrors, europe, northAmerica, type Query, startOfTest, startSandbox } from './harness.ts';

const at = (offsetMs: number): string => new Date(startOfTest + offsetMs).toISOString();
const minute = 60_000;
const yesterday = at(-24 * 60 * minute);

describe('searchOrders refuses with 400 and names the parameter', () => {
  const refused: readonly (readonly [fact: string, parameter: string, query: Query])[] = [
    ['no lower time limit', 'createdAfter', {}],
    ['both lower time limits', 'lastUpdatedAfter', { createdAfter: yesterday, lastUpdatedAfter: yesterday }],
    ['an upper limit of the other kind', 'lastUpdatedBefore', { createdAfter: yesterday, lastUpdatedBefore: at(-60 * minute) }],
    ['createdBefore with lastUpdatedAfter', 'createdBefore', { lastUpdatedAfter: yesterday, createdBefore: at(-60 * minute) }],
    ['an upper limit alone', 'createdAfter', { lastUpdatedBefore: at(-60 * minute) }],
    ['an upper limit before the lower one', 'createdBefore', { createdAfter: yesterday, createdBefore: at(-48 * 60 * minute) }],
    ['an upper limit younger than two minutes', 'createdBefore', { createdAfter: yesterday, createdBefore: at(-2 * minute + 1) }],
    ['the same for lastUpdatedBefore', 'lastUpdatedBefore', { lastUpdatedAfter: yesterday, lastUpdatedBefore: at(-minute) }],
    ['a time without a zone', 'createdAfter', { createdAfter: '2026-10-01T00:00:00' }],
    ['a zone whose plus became a blank', 'createdAfter', { createdAfter: '2026-10-01T00:00:00 09:00' }],
    ['an unknown status', 'fulfillmentStatuses', { createdAfter: yesterday, fulfillmentStatuses: 'UNSHIPPED,Canceled' }],
    ['an unknown fulfiller', 'fulfilledBy', { createdAfter: yesterday, fulfilledBy: 'MFN' }],
    ['an unknown dataset', 'includedData', { createdAfter: yesterday, includedData: 'BUYER,ITEMS' }],
    ['a page of zero', 'maxResultsPerPage', { createdAfter: yesterday, maxResultsPerPage: 0 }],
    ['a page of 101', 'maxResultsPerPage', { createdAfter: yesterday, maxResultsPerPage: 101 }],
    ['51 marketplaces', 'marketplaceIds', { createdAfter: yesterday, marketplaceIds: Array(51).fill('A1PA6795UKMFR9').join() }],
    ['a parameter of v0', 'MarketplaceIds', { createdAfter: yesterday, MarketplaceIds: 'A1PA6795UKMFR9' }],
    ['a made-up token', 'paginationToken', { createdAfter: yesterday, paginationToken: 'bm90IG91cnM=' }],
  ];

  test.each(refused)('%s (%s)', async (_fact, parameter, query) => {
    const { search } = await startSandbox({ visibilityLagMs: 120_000 });
    const { status, body } = await search<AmazonErrors>(query);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ code: 'InvalidInput', details: expect.stringContaining(`${parameter}:`) });
    expect(body.errors[0]?.message).toContain(`'${parameter}'`);
  });

  test('a list that is repeated instead of comma-separated', async () => {
    const { call, accessToken } = await startSandbox();
    const path = `/orders/2026-01-01/orders?createdAfter=${yesterday}&fulfilledBy=AMAZON&fulfilledBy=MERCHANT`;
    const { status } = await call('GET', path, undefined, { 'x-amz-access-token': await accessToken(europe) });
    expect(status).toBe(400);
  });
});

describe('searchOrders', () => {
  test('answers 403 for a marketplace of another region and for a pseudo marketplace', async () => {
    const { search } = await startSandbox();
    for (const marketplaceIds of ['ATVPDKIKX0DER', 'A38D8NSA03LJTC']) {
      const { status, body } = await search<AmazonErrors>({ createdAfter: yesterday, marketplaceIds });
      expect(status).toBe(403);
      expect(body.errors[0]).toMatchObject({ code: 'Unauthorized', details: 'The marketplaces you provided are not valid for region.' });
    }
  });

  test('answers the effective upper limit, which lies two minutes back', async () => {
    const { search } = await startSandbox({ visibilityLagMs: 120_000 });
    expect((await search({ lastUpdatedAfter: yesterday })).body).toEqual({ orders: [], lastUpdatedBefore: at(-2 * minute) });
    expect((await search({ createdAfter: yesterday })).body).toEqual({ orders: [], createdBefore: at(-2 * minute) });
    const exact = { lastUpdatedAfter: yesterday, lastUpdatedBefore: at(-2 * minute) };
    expect((await search(exact)).body.lastUpdatedBefore).toBe(at(-2 * minute));
  });

  test('shows a change only when it is older than the lag, although getOrder has it', async () => {
    const { search, getOrder, create, clock } = await startSandbox({ visibilityLagMs: 120_000 });
    const [order] = await create({ sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED' });
    clock.forward(2 * minute - 1);
    expect((await search({ lastUpdatedAfter: yesterday })).body.orders).toEqual([]);
    expect((await search({ createdAfter: yesterday })).body.orders).toEqual([]);
    expect((await getOrder(String(order?.orderId))).status).toBe(200);
    clock.forward(1);
    expect((await search({ lastUpdatedAfter: yesterday })).body.orders).toHaveLength(1);
    expect((await search({ createdAfter: yesterday })).body.orders).toHaveLength(1);
  });

  test('reads both time limits as inclusive', async () => {
    const { search, create } = await startSandbox();
    await create({ sellerId: europe.sellerId });
    expect((await search({ lastUpdatedAfter: at(0), lastUpdatedBefore: at(0) })).body.orders).toHaveLength(1);
    expect((await search({ lastUpdatedAfter: at(1) })).body.orders).toHaveLength(0);
  });

  test('filters by status, fulfiller and marketplace', async () => {
    const { search, create } = await startSandbox();
    const germany = 'A1PA6795UKMFR9';
    await create({ count: 3, marketplaceId: germany, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED' });
    await create({ count: 2, marketplaceId: germany, fulfilledBy: 'AMAZON', fulfillmentStatus: 'SHIPPED' });
    await create({ count: 1, marketplaceId: 'A1F83G8C2ARO7P', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'CANCELLED' });
    const found = async (query: Query) => (await search({ createdAfter: yesterday, ...query })).body.orders.length;
    expect(await found({})).toBe(6);
    expect(await found({ fulfillmentStatuses: 'UNSHIPPED,CANCELLED' })).toBe(4);
    expect(await found({ fulfilledBy: 'AMAZON' })).toBe(2);
    expect(await found({ marketplaceIds: 'A1F83G8C2ARO7P' })).toBe(1);
    expect(await found({ marketplaceIds: `A1F83G8C2ARO7P,${germany}`, fulfilledBy: 'MERCHANT' })).toBe(4);
  });

  test('shows a seller only its own orders', async () => {
    const { search, getOrder, create } = await startSandbox();
    const [theirs] = await create({ sellerId: northAmerica.sellerId });
    expect((await search({ createdAfter: yesterday })).body.orders).toEqual([]);
    const { status, body } = await getOrder<AmazonErrors>(String(theirs?.orderId));
    expect([status, body.errors[0]?.code]).toEqual([404, 'NotFound']);
  });
});

describe('paging', () => {
  test('returns each order exactly once while new ones arrive, and none of the new ones', async () => {
    const { searchAll, create, clock } = await startSandbox();
    const known = await create({ count: 57, sellerId: europe.sellerId });
    clock.forward(1000);
    const arrive = async () => {
      clock.forward(1);
      await create({ count: 3, sellerId: europe.sellerId });
    };
    const found = await searchAll({ lastUpdatedAfter: yesterday, maxResultsPerPage: 10 }, europe, arrive);
    expect(found.map(({ orderId }) => orderId)).toEqual(known.map(({ orderId }) => orderId));
  });

  test('by lastUpdatedTime follows the changes: what changes meanwhile waits for the next search', async () => {
    const { search, searchAll, call, create, clock } = await startSandbox();
    const orders = await create({ count: 6, sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED' });
    const last = String(orders[5]?.orderId);
    clock.forward(1000);
    const first = await search({ lastUpdatedAfter: yesterday, maxResultsPerPage: 5 });
    await call('PATCH', `/sandbox/orders/${last}`, { fulfillmentStatus: 'CANCELLED' });
    clock.forward(1000);
    const paginationToken = String(first.body.pagination?.nextToken);
    const rest = await search({ lastUpdatedAfter: yesterday, maxResultsPerPage: 5, paginationToken });
    const next = await searchAll({ lastUpdatedAfter: String(first.body.lastUpdatedBefore) });
    const seen = [...first.body.orders, ...rest.body.orders, ...next].map(({ orderId }) => orderId);
    expect(new Set(seen).size).toBe(6);
  });

  test('ends without pagination, also when the last page is full', async () => {
    const { search, create } = await startSandbox();
    await create({ count: 10, sellerId: europe.sellerId });
    const { body } = await search({ createdAfter: yesterday, maxResultsPerPage: 10 });
    expect(body.orders).toHaveLength(10);
    expect(body).not.toHaveProperty('pagination');
  });

  test('binds the token to the search, but not to the size and contents of a page', async () => {
    const { search, create, accessToken } = await startSandbox();
    await create({ count: 10, sellerId: europe.sellerId });
    const base = { createdAfter: yesterday, fulfilledBy: 'MERCHANT,AMAZON' };
    const paginationToken = String((await search({ ...base, maxResultsPerPage: 4 })).body.pagination?.nextToken);
    const status = async (query: Query, seller = europe) => (await search({ ...query, paginationToken }, seller)).status;
    expect(await status({ ...base, maxResultsPerPage: 2, includedData: 'BUYER' })).toBe(200);
    expect(await status({ createdAfter: yesterday })).toBe(400);
    expect(await status({ ...base, marketplaceIds: 'A1PA6795UKMFR9' })).toBe(400);
    expect(await status({ ...base, createdAfter: at(-60 * minute) })).toBe(400);
    expect(await status(base, northAmerica)).toBe(400);
    expect(await status({})).toBe(400);
    expect(await accessToken(europe)).toMatch(/^Atza\|/);
  });

  test('forgets a token after 24 hours', async () => {
    const { search, create, clock } = await startSandbox();
    await create({ count: 10, sellerId: europe.sellerId });
    const base = { createdAfter: yesterday, maxResultsPerPage: 4 };
    const paginationToken = String((await search(base)).body.pagination?.nextToken);
    clock.forward(24 * 60 * minute - 1);
    expect((await search({ ...base, paginationToken })).status).toBe(200);
    clock.forward(1);
    expect((await search({ ...base, paginationToken })).status).toBe(400);
  });
});
