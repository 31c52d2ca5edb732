import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SpApi } from '../src/amazon/sp-api.ts';
import { type TestClient, testClient } from './client-harness.ts';
import { denied, expired, refusal, type ScriptedAmazon, scriptedAmazon } from './scripted-amazon.ts';

const never = new AbortController().signal;
const stops: (() => Promise<unknown>)[] = [];
let amazon: ScriptedAmazon;
beforeEach(async () => {
  amazon = await scriptedAmazon();
  stops.push(amazon.stop);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const client = (options: Partial<Parameters<typeof testClient>[0]> = {}): TestClient => {
  const made = testClient({ url: amazon.url, ...options });
  stops.push(made.api.stop);
  return made;
};
const noOrders = { status: 200, body: { orders: [] } };
const search = (api: SpApi, paginationToken?: string) =>
  api.searchOrders({ lastUpdatedAfter: '2026-10-01T00:00:00Z', includedData: ['FULFILLMENT', 'TAX'], paginationToken }, never);
const lastCall = () => {
  const call = amazon.calls.at(-1);
  if (!call) throw new Error('nothing was asked');
  return call;
};

describe('what we ask of Amazon', () => {
  test('is asked as documented, operation by operation', async () => {
    const { api } = client({ store: { id: 'eu', region: 'eu', marketplaces: ['A1PA6795UKMFR9', 'A13V1IB3VIYZZH'] } });
    const answers: Record<string, unknown> = {
      orders: { order: { orderId: '111-1' } },
      documents: { feedDocumentId: 'doc-1', url: 'https://example.test/1', feedId: 'ignored' },
      feeds: { feedId: 'feed-1', feeds: [], feedType: 'T', createdTime: '2026-10-01T00:00:00Z', processingStatus: 'DONE' },
    };
    amazon.script = ({ url, method }) =>
      method === 'DELETE' || url.pathname.startsWith('/orders/v0')
        ? { status: 204 }
        : { status: 200, body: answers[url.pathname.split('/')[3] ?? ''] };
    await api.getOrder('111-1', ['PACKAGES', 'FULFILLMENT'], never);
    await api.confirmShipment('111-1', { marketplaceId: 'X' }, never);
    await api.updateShipmentStatus('111-1', { shipmentStatus: 'PickedUp' }, never);
    await api.createFeedDocument('text/xml; charset=UTF-8', never);
    await api.createFeed({ feedType: 'T', marketplaceIds: ['X'], inputFeedDocumentId: 'doc-1' }, never);
    await api.getFeed('feed-1', never);
    await api.getFeeds({ feedTypes: ['T', 'U'], createdSince: '2026-10-01T09:00:00+09:00' }, never);
    await api.cancelFeed('feed-1', never);
    await api.getFeedDocument('amzn1.tortuga.3/x', never);
    expect(amazon.calls.map(({ method, url, body }) => [`${method} ${url.pathname}${decodeURIComponent(url.search)}`, body])).toEqual([
      ['GET /orders/2026-01-01/orders/111-1?includedData=PACKAGES,FULFILLMENT', ''],
      ['POST /orders/v0/orders/111-1/shipmentConfirmation', '{"marketplaceId":"X"}'],
      ['POST /orders/v0/orders/111-1/shipment', '{"shipmentStatus":"PickedUp"}'],
      ['POST /feeds/2021-06-30/documents', '{"contentType":"text/xml; charset=UTF-8"}'],
      ['POST /feeds/2021-06-30/feeds', '{"feedType":"T","marketplaceIds":["X"],"inputFeedDocumentId":"doc-1"}'],
      ['GET /feeds/2021-06-30/feeds/feed-1', ''],
      ['GET /feeds/2021-06-30/feeds?feedTypes=T,U&createdSince=2026-10-01T00:00:00.000Z&pageSize=100', ''],
      ['DELETE /feeds/2021-06-30/feeds/feed-1', ''],
      ['GET /feeds/2021-06-30/documents/amzn1.tortuga.3%2Fx', ''],
    ]);
  });

  test('comes with the token, the date and who we are, and never with a body where Amazon allows none', async () => {
    const { api } = client({ clock: { now: () => new Date('2026-10-01T12:34:56.789Z') } });
    amazon.script = () => noOrders;
    await search(api);
    const { headers } = lastCall();
    expect(headers).toMatchObject({ 'x-amz-access-token': 'token-1', 'x-amz-date': '20261001T123456Z' });
    expect(headers['user-agent']).toMatch(/^Orderbus\/[\d.]+ \(Language=TypeScript\/[\d.]+; Platform=\w+\)$/);
    expect(String(headers['user-agent']).length).toBeLessThanOrEqual(500);
    expect(headers['content-length']).toBeUndefined();
    expect(headers['transfer-encoding']).toBeUndefined();
  });

  test('shows no token to where the documents of feeds lie, and unpacks them whoever packed them', async () => {
    const { api } = client();
    const report = '<?xml version="1.0"?><Größe/>';
    amazon.script = ({ method, url }) => {
      if (method === 'PUT') return { status: 200 };
      if (url.pathname === '/plain') return { status: 200, body: report };
      const headers = url.pathname === '/encoded' ? { 'content-encoding': 'gzip' } : {};
      return { status: 200, headers, body: gzipSync(report) };
    };
    await api.uploadFeedDocument(`${amazon.url}/put?signature=x`, 'text/xml; charset=UTF-8', report, never);
    expect(lastCall()).toMatchObject({ body: report, headers: { 'content-type': 'text/xml; charset=UTF-8' } });
    for (const path of ['/plain', '/packed', '/encoded']) {
      expect(await api.downloadFeedDocument({ url: `${amazon.url}${path}` }, never)).toBe(report);
    }
    for (const { headers } of amazon.calls) expect(headers).not.toHaveProperty('x-amz-access-token');
  });

  test('is a document at an address that has expired: nothing happened, and nobody loses access for it', async () => {
    amazon.script = () => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
    const { api } = client();
    await expect(api.uploadFeedDocument(`${amazon.url}/put`, 'text/xml', '<a/>', never)).rejects.toMatchObject({
      code: 'amazon.document-refused',
      details: { status: 403, sent: false },
    });
    expect(api.circuits.feeds).toBe('closed');
  });
});

describe('pitfall', () => {
  test('2 and 3: a clock that is wrong by a day changes nothing: no time of ours is sent, and how far Amazon has looked is its own word', async () => {
    const { api } = client({ clock: { now: () => new Date(Date.now() + 86_400_000) } });
    amazon.script = () => ({ status: 200, body: { orders: [], lastUpdatedBefore: '2026-10-01T11:58:00Z' } });
    expect(await search(api)).toEqual({ orders: [], nextToken: undefined, until: '2026-10-01T11:58:00.000Z' });
    expect([...lastCall().url.searchParams.keys()].toSorted()).toEqual(['includedData', 'lastUpdatedAfter', 'maxResultsPerPage']);
    amazon.script = () => ({
      status: 429,
      headers: { date: 'Thu, 01 Oct 2026 12:00:00 GMT', 'retry-after': 'Thu, 01 Oct 2026 12:00:30 GMT' },
    });
    const { retryAfterMs } = await search(api).catch(({ details }) => details);
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThan(35_000);
  });

  test('6: the + / = of a page token arrive as they are', async () => {
    const { api } = client();
    amazon.script = () => noOrders;
    await search(api, 'a+b/c==&d,e f%');
    expect(lastCall().url.search).toContain('paginationToken=a%2Bb%2Fc%3D%3D%26d%2Ce%20f%25');
    expect(lastCall().url.searchParams.get('paginationToken')).toBe('a+b/c==&d,e f%');
  });

  test('11: times are sent in UTC, whatever zone they were written in', async () => {
    const { api } = client();
    amazon.script = () => noOrders;
    await api.searchOrders(
      { createdAfter: '2026-10-01T09:00:00+09:00', createdBefore: '2026-10-02T00:00:00Z', includedData: ['FULFILLMENT'] },
      never,
    );
    expect(Object.fromEntries(lastCall().url.searchParams)).toMatchObject({
      createdAfter: '2026-10-01T00:00:00.000Z',
      createdBefore: '2026-10-02T00:00:00.000Z',
    });
  });

  test('22: a 400 to a good query, as in a regional outage, closes no door: the next call goes through', async () => {
    const { api, failures } = client();
    amazon.script = (_call, n) => (n <= 20 ? { status: 400, body: refusal('InvalidInput', 'Invalid Input') } : noOrders);
    for (let n = 0; n < 20; n++) await expect(search(api)).rejects.toMatchObject({ code: 'amazon.invalid-input', kind: 'invalid' });
    expect(api.circuits.reads).toBe('closed');
    expect(await search(api)).toMatchObject({ orders: [] });
    expect(failures).toHaveLength(20);
  });

  test('23: a seller to whom Amazon denies access stands alone: other stores do not notice', async () => {
    const refused = client({ credentials: () => ({ clientId: 'app', clientSecret: 's', refreshToken: 'seller-1' }) });
    const other = client({
      store: { id: 'other', region: 'na', marketplaces: [] },
      credentials: () => ({ clientId: 'app', clientSecret: 's', refreshToken: 'seller-2' }),
    });
    amazon.script = ({ headers }) => (headers['x-amz-access-token'] === 'token-1' ? { status: 403, body: denied } : noOrders);
    for (let n = 0; n < 10; n++) {
      await expect(search(refused.api)).rejects.toMatchObject({ code: 'amazon.access-denied', details: { requestId: expect.any(String) } });
      expect(await search(other.api)).toMatchObject({ orders: [] });
    }
    // A denial is not an expired token: asking for another would not help.
    expect(amazon.logins).toHaveLength(2);
    expect(other.api.circuits).toEqual({ login: 'closed', reads: 'closed', writes: 'closed', feeds: 'closed', contacts: 'closed' });
  });

  test.each([
    [403, expired],
    [401, refusal('Unauthorized', 'Access to requested resource is denied.')],
  ])('24: an expired token is a %d: another one is asked for, once, and the call is made again', async (status, body) => {
    const { api, metric } = client();
    amazon.script = ({ headers }) => (headers['x-amz-access-token'] === 'token-1' ? { status, body } : noOrders);
    expect(await search(api)).toMatchObject({ orders: [] });
    expect(await search(api)).toMatchObject({ orders: [] });
    expect(amazon.calls.map(({ headers }) => headers['x-amz-access-token'])).toEqual(['token-1', 'token-2', 'token-2']);
    expect(await metric(/lwa_refresh_total\{result="ok".*} (\d+)/)).toBe('2');

    amazon.script = () => ({ status, body });
    await expect(search(api)).rejects.toMatchObject({ code: 'amazon.access-denied' });
    expect(amazon.logins).toHaveLength(3);
    expect(amazon.calls).toHaveLength(5);
  });
});

describe('circuits', () => {
  test('of one class open after a few failures within half an hour, and leave the other classes alone', async () => {
    const { api, metric, failures } = client();
    amazon.script = ({ url }) => (url.pathname.startsWith('/orders/2026') ? { status: 503 } : { status: 204 });
    expect(await metric(/circuit_state\{(.*)/)).toBeUndefined();
    for (let n = 0; n < 5; n++) await expect(search(api)).rejects.toMatchObject({ code: 'amazon.internal-failure' });
    await expect(search(api)).rejects.toMatchObject({ code: 'circuit.open', details: { name: 'spapi.na.reads' } });
    await api.confirmShipment('111-1', {}, never);
    expect(api.circuits).toEqual({ login: 'closed', reads: 'open', writes: 'closed', feeds: 'closed', contacts: 'closed' });
    expect(await metric(/circuit_state\{name="spapi.na.reads".*} (\d)/)).toBe('2');
    expect(amazon.calls).toHaveLength(6);
    // A call that was not made has not failed.
    expect(failures.map(({ operation, error }) => [operation, (error as Error).message])).toEqual(
      Array(5).fill(['searchOrders', expect.stringContaining('amazon.internal-failure')]),
    );
  });

  test('stay closed when Amazon throttles, and when a caller hangs up', async () => {
    const { api, metric, failures } = client();
    amazon.script = () => ({ status: 429, body: refusal('QuotaExceeded', 'You exceeded your quota for the requested resource.') });
    for (let n = 0; n < 10; n++) await expect(search(api)).rejects.toMatchObject({ code: 'amazon.quota-exceeded' });
    expect(await metric(/spapi_throttled_total\{op="searchOrders".*} (\d+)/)).toBe('10');
    amazon.script = () => undefined;
    for (let n = 0; n < 20; n++) {
      const stop = new AbortController();
      const call = api.getOrder('111-1', [], stop.signal);
      setImmediate(() => stop.abort());
      await expect(call).rejects.toMatchObject({ code: 'call.aborted' });
    }
    expect(api.circuits.reads).toBe('closed');
    // Nor is it a failure of Amazon's that a caller has gone.
    expect(failures).toHaveLength(10);
  });
});
