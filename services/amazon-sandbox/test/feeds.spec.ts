import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { europe, northAmerica } from './harness.ts';
import { envelope, type Shop, startShop, xmlContentType } from './shop.ts';

const acknowledgements = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';
const adjustments = 'POST_PAYMENT_ADJUSTMENT_DATA';
const empty = envelope('OrderAcknowledgement', ['<Nothing/>']);

interface Document {
  readonly feedDocumentId: string;
  readonly url: string;
  readonly compressionAlgorithm?: string;
}

const createDocument = async ({ asSeller }: Shop, contentType = xmlContentType): Promise<Document> =>
  (await asSeller<Document>(northAmerica, 'POST', '/feeds/2021-06-30/documents', { contentType })).body;

const createFeed = (shop: Shop, body: Record<string, unknown>) =>
  shop.asSeller<{ feedId?: string; errors?: { message: string }[] }>(northAmerica, 'POST', '/feeds/2021-06-30/feeds', body);

const statusOf = async ({ getFeed }: Shop, feedId: string): Promise<string> => (await getFeed(feedId)).processingStatus;

describe('a feed document', () => {
  test('is put for five minutes, without a token and with the declared type', async () => {
    const shop = await startShop();
    const { url } = await createDocument(shop);
    expect(new URL(url).origin).toBe(shop.sandbox.url);
    expect((await shop.upload(url, empty, { 'content-type': 'text/xml' })).status).toBe(403);
    expect((await shop.upload(url, empty, { authorization: 'Bearer x' })).status).toBe(403);
    expect((await shop.upload(url, empty, { 'x-amz-access-token': 'x' })).status).toBe(403);
    expect((await shop.upload(url.replace('Expires=', 'Expires=1'), empty)).status).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    expect((await shop.upload(url, empty)).status).toBe(200);
    shop.clock.forward(5 * 60_000);
    expect((await shop.upload(url, empty)).status).toBe(403);
  });

  test('serves a feed for two days', async () => {
    const shop = await startShop();
    const { feedDocumentId } = await createDocument(shop);
    const feed = { feedType: acknowledgements, marketplaceIds: ['ATVPDKIKX0DER'], inputFeedDocumentId: feedDocumentId };
    expect((await createFeed(shop, feed)).status).toBe(202);
    shop.clock.forward(2 * 86_400_000);
    expect((await createFeed(shop, feed)).status).toBe(400);
  });

  test('of a report is compressed every other time, and opens for five minutes', async () => {
    const shop = await startShop();
    const found = new Set<string | undefined>();
    for (let round = 0; round < 2; round++) {
      const feedId = await shop.submit(acknowledgements, empty);
      // The next feed has an odd number if this one has an even one.
      shop.clock.forward(60_001);
      const { resultFeedDocumentId } = await shop.getFeed(feedId);
      const path = `/feeds/2021-06-30/documents/${resultFeedDocumentId}`;
      const { url, compressionAlgorithm } = (await shop.asSeller<Document>(northAmerica, 'GET', path)).body;
      found.add(compressionAlgorithm);
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect((compressionAlgorithm ? gunzipSync(bytes) : bytes).toString()).toContain('<MessageType>ProcessingReport</MessageType>');
      shop.clock.forward(5 * 60_000);
      expect((await fetch(url)).status).toBe(403);
      expect((await shop.asSeller(europe, 'GET', path)).status).toBe(404);
    }
    expect(found).toEqual(new Set(['GZIP', undefined]));
  });
});

describe('a feed', () => {
  test('waits, is processed and is done, at its time', async () => {
    const shop = await startShop();
    const feedId = await shop.submit(acknowledgements, empty);
    const seen = [await shop.getFeed(feedId)];
    for (const ms of [14_999, 1, 29_999, 1]) {
      shop.clock.forward(ms);
      seen.push(await shop.getFeed(feedId));
    }
    expect(seen.map(({ processingStatus }) => processingStatus)).toEqual(['IN_QUEUE', 'IN_QUEUE', 'IN_PROGRESS', 'IN_PROGRESS', 'DONE']);
    expect(seen[4]).toEqual({
      feedId,
      feedType: acknowledgements,
      marketplaceIds: northAmerica.sells.map(([id]) => id),
      createdTime: '2026-10-05T08:00:00.000Z',
      processingStatus: 'DONE',
      processingStartTime: '2026-10-05T08:00:15.000Z',
      processingEndTime: '2026-10-05T08:00:45.000Z',
      resultFeedDocumentId: expect.any(String),
    });
  });

  test('whose creation was not answered exists, and is found by a search', async () => {
    const shop = await startShop();
    const { feedDocumentId } = await createDocument(shop);
    await shop.call('POST', '/sandbox/faults', { kind: 'error-after-effect', operations: ['createFeed'], times: 1 });
    const feed = { feedType: adjustments, marketplaceIds: ['ATVPDKIKX0DER'], inputFeedDocumentId: feedDocumentId };
    expect((await createFeed(shop, feed)).status).toBe(500);
    const found = await shop.asSeller<{ feeds: unknown[] }>(northAmerica, 'GET', `/feeds/2021-06-30/feeds?feedTypes=${adjustments}`);
    expect(found.body.feeds).toMatchObject([{ feedType: adjustments, processingStatus: 'IN_QUEUE' }]);
  });

  test('waits for those of its seller and type that came before, and for no others', async () => {
    const shop = await startShop();
    const first = await shop.submit(acknowledgements, empty);
    const second = await shop.submit(acknowledgements, empty);
    const other = await shop.submit(adjustments, empty);
    shop.clock.forward(45_000);
    expect(await Promise.all([first, second, other].map((id) => statusOf(shop, id)))).toEqual(['DONE', 'IN_PROGRESS', 'DONE']);
    shop.clock.forward(30_000);
    expect(await statusOf(shop, second)).toBe('DONE');
  });

  test('that is stuck blocks the next one, until it is released', async () => {
    const shop = await startShop();
    await shop.call('POST', '/sandbox/faults', { kind: 'feeds-stuck', times: 1 });
    const stuck = await shop.submit(acknowledgements, empty);
    const blocked = await shop.submit(acknowledgements, empty);
    shop.clock.forward(9 * 3_600_000);
    expect([await statusOf(shop, stuck), await statusOf(shop, blocked)]).toEqual(['IN_PROGRESS', 'IN_QUEUE']);
    expect((await shop.call('POST', `/sandbox/feeds/${blocked}/release`)).status).toBe(409);
    expect((await shop.call('POST', `/sandbox/feeds/${stuck}/release`)).status).toBe(200);
    shop.clock.forward(60_000);
    expect([await statusOf(shop, stuck), await statusOf(shop, blocked)]).toEqual(['DONE', 'DONE']);
  });

  test('is cancelled while it waits, and then has no effect', async () => {
    const shop = await startShop();
    const [waiting, running] = [await shop.submit(acknowledgements, empty), await shop.submit(adjustments, empty)];
    const cancel = (feedId: string) => shop.asSeller(northAmerica, 'DELETE', `/feeds/2021-06-30/feeds/${feedId}`);
    expect(await cancel(waiting)).toMatchObject({ status: 200, body: '' });
    shop.clock.forward(20_000);
    expect([(await cancel(running)).status, (await cancel(waiting)).status, (await cancel('1')).status]).toEqual([400, 400, 404]);
    shop.clock.forward(60_000);
    expect([await statusOf(shop, waiting), await statusOf(shop, running)]).toEqual(['CANCELLED', 'DONE']);
    expect((await shop.ledger()).map(({ operation }) => operation)).toEqual([adjustments]);
  });

  test.each([
    ['fatal', 'feeds-fatal', 'UNSHIPPED'],
    ['fatal after its effect', 'feeds-fatal-after-effect', 'CANCELLED'],
  ])('that is %s has no report', async (_name, kind, status) => {
    const shop = await startShop();
    await shop.call('POST', '/sandbox/faults', { kind });
    const order = await shop.order();
    const item = `<Item><AmazonOrderItemCode>${order.orderItems[0]?.orderItemId}</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>`;
    const content = `<OrderAcknowledgement><AmazonOrderID>${order.orderId}</AmazonOrderID><StatusCode>Failure</StatusCode>${item}</OrderAcknowledgement>`;
    const feedId = await shop.submit(acknowledgements, envelope('OrderAcknowledgement', [content]));
    shop.clock.forward(60_000);
    const feed = await shop.getFeed(feedId);
    expect([feed.processingStatus, 'resultFeedDocumentId' in feed]).toEqual(['FATAL', false]);
    expect((await shop.seen(order)).fulfillment?.fulfillmentStatus).toBe(status);
  });

  test('without its document is fatal', async () => {
    const shop = await startShop();
    const [missing, untyped] = [await createDocument(shop), await createDocument(shop, 'text/plain')];
    await shop.upload(untyped.url, empty, { 'content-type': 'text/plain' });
    for (const { feedDocumentId } of [missing, untyped]) {
      const { body } = await createFeed(shop, {
        feedType: adjustments,
        marketplaceIds: ['ATVPDKIKX0DER'],
        inputFeedDocumentId: feedDocumentId,
      });
      shop.clock.forward(60_000);
      expect(await statusOf(shop, String(body.feedId))).toBe('FATAL');
    }
  });

  test.each([
    [400, 'missing required fields [marketplaceIds]', { marketplaceIds: undefined }],
    [400, '1 to 25 members', { marketplaceIds: [] }],
    [400, 'feedType', { feedType: 'POST_PRODUCT_DATA' }],
    [400, 'inputFeedDocumentId', { inputFeedDocumentId: 'nobody-knows' }],
    [403, 'Access to requested resource is denied.', { marketplaceIds: ['A1PA6795UKMFR9'] }],
  ])('is refused with %i and "%s" for %j', async (status, message, overrides) => {
    const shop = await startShop();
    const { feedDocumentId } = await createDocument(shop);
    const good = { feedType: adjustments, marketplaceIds: ['ATVPDKIKX0DER'], inputFeedDocumentId: feedDocumentId };
    const answer = await createFeed(shop, { ...good, ...overrides });
    expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a search for feeds', () => {
  test('finds them by type, status and time, newest first, page by page', async () => {
    const shop = await startShop();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      ids.unshift(await shop.submit(acknowledgements, empty));
      shop.clock.forward(1000);
    }
    await shop.submit(adjustments, empty);
    const search = async (query: Record<string, string>) => {
      const { status, body } = await shop.asSeller<{ feeds: { feedId: string }[]; nextToken?: string }>(
        northAmerica,
        'GET',
        `/feeds/2021-06-30/feeds?${new URLSearchParams(query)}`,
      );
      return { status, ids: body.feeds?.map(({ feedId }) => feedId), nextToken: body.nextToken };
    };
    const types = { feedTypes: acknowledgements };
    const first = await search({ ...types, pageSize: '3' });
    expect(first).toEqual({ status: 200, ids: ids.slice(0, 3), nextToken: expect.any(String) });
    expect(await search({ nextToken: String(first.nextToken) })).toEqual({ status: 200, ids: ids.slice(3), nextToken: undefined });
    expect((await search({ ...types, createdSince: '2026-10-05T08:00:04Z' })).ids).toEqual(ids.slice(0, 1));
    expect((await search({ ...types, createdUntil: '2026-10-05T08:00:00Z' })).ids).toEqual(ids.slice(4));
    shop.clock.forward(15_000);
    expect((await search({ ...types, processingStatuses: 'IN_PROGRESS' })).ids).toEqual(ids.slice(4));
    expect((await search({ ...types, marketplaceIds: 'A1PA6795UKMFR9' })).ids).toEqual([]);
    for (const bad of [{}, { ...types, nextToken: String(first.nextToken) }, { nextToken: 'x' }, { ...types, pageSize: '101' }]) {
      expect((await search(bad)).status).toBe(400);
    }
    shop.clock.forward(90 * 86_400_000);
    expect((await search(types)).ids).toEqual([]);
  });
});
