import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { FeedsApiFactory } from '@sp-api-sdk/feeds-api-2021-06-30';
import { OrdersApiFactory } from '@sp-api-sdk/orders-api-v0';
import { northAmerica, startOfTest } from './harness.ts';
import { envelope, startShop, xmlContentType } from './shop.ts';

test('the typed client of the real Orders API v0 confirms a shipment and reads the refusal of another', async () => {
  const { sandbox, order, accessToken, seen } = await startShop();
  const client = OrdersApiFactory(undefined, sandbox.url);
  const options = { headers: { 'x-amz-access-token': await accessToken(northAmerica) } };
  const shipped = await order();
  const marketplaceId = 'ATVPDKIKX0DER';
  const payload = {
    marketplaceId,
    packageDetail: {
      packageReferenceId: '1',
      carrierCode: 'UPS',
      trackingNumber: '1Z-TYPED',
      shipDate: new Date(startOfTest).toISOString(),
      orderItems: shipped.orderItems.map(({ orderItemId, quantityOrdered }) => ({ orderItemId, quantity: quantityOrdered })),
    },
  };
  expect((await client.confirmShipment({ orderId: shipped.orderId, payload }, options)).status).toBe(204);
  expect((await seen(shipped)).fulfillment?.fulfillmentStatus).toBe('SHIPPED');
  const again = { ...payload, packageDetail: { ...payload.packageDetail, packageReferenceId: '2' } };
  await expect(client.confirmShipment({ orderId: shipped.orderId, payload: again }, options)).rejects.toMatchObject({
    response: { status: 400, data: { errors: [{ code: 'InvalidInput', message: expect.stringContaining('PackageToUpdateNotFound') }] } },
  });

  const collected = await order({ programs: ['IN_STORE_PICK_UP'] });
  const pickedUp = { marketplaceId, shipmentStatus: 'PickedUp' as const };
  expect((await client.updateShipmentStatus({ orderId: collected.orderId, payload: pickedUp }, options)).status).toBe(204);
  expect((await seen(collected)).fulfillment?.fulfillmentStatus).toBe('SHIPPED');
});

test('the typed client of the real Feeds API submits a feed, follows it and reads its report', async () => {
  const { sandbox, order, accessToken, upload, seen, clock } = await startShop();
  const client = FeedsApiFactory(undefined, sandbox.url);
  const options = { headers: { 'x-amz-access-token': await accessToken(northAmerica) } };
  const cancelled = await order();
  const [item] = cancelled.orderItems;
  const items = `<Item><AmazonOrderItemCode>${item?.orderItemId}</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>`;
  const content = `<OrderAcknowledgement><AmazonOrderID>${cancelled.orderId}</AmazonOrderID><StatusCode>Failure</StatusCode>${items}</OrderAcknowledgement>`;

  const document = (await client.createFeedDocument({ body: { contentType: xmlContentType } }, options)).data;
  await upload(document.url, envelope('OrderAcknowledgement', [content]));
  const feedType = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';
  const body = { feedType, marketplaceIds: ['ATVPDKIKX0DER'], inputFeedDocumentId: document.feedDocumentId };
  const { feedId } = (await client.createFeed({ body }, options)).data;
  const withdrawn = (await client.createFeed({ body }, options)).data;
  expect((await client.cancelFeed({ feedId: withdrawn.feedId }, options)).status).toBe(200);
  clock.forward(60_000);

  const feed = (await client.getFeed({ feedId }, options)).data;
  expect(feed.processingStatus).toBe('DONE');
  const done = await client.getFeeds({ feedTypes: [feedType], processingStatuses: ['DONE', 'FATAL'], pageSize: 10 }, options);
  expect(done.data).toEqual({ feeds: [feed] });
  const report = (await client.getFeedDocument({ feedDocumentId: String(feed.resultFeedDocumentId) }, options)).data;
  const bytes = Buffer.from(await (await fetch(report.url)).arrayBuffer());
  expect((report.compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString()).toContain(
    '<MessagesSuccessful>1</MessagesSuccessful>',
  );
  expect((await seen(cancelled)).fulfillment?.fulfillmentStatus).toBe('CANCELLED');
});
