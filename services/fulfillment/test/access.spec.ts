import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessMatrix, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder } from './orders.ts';
import { ready, request, type World } from './shipping-world.ts';

let harness: World;
const order = anOrder([aLine('LAMP', 3)]);
let [shipmentId, returnId] = ['', ''];

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal' })),
  });
  await harness.send('PUT', '/products', [{ sku: 'LAMP', title: 'Lamp' }]);
  await harness.send('PUT', '/stock', [{ sku: 'LAMP', onHand: 10 }]);
  await ready(harness, order);
  shipmentId = (
    await request(harness, 'POST', '/shipments', {
      orderId: order.orderId,
      carrier: 'DHL',
      trackingNumber: '1',
      lines: [{ sku: 'LAMP', quantity: 1 }],
    })
  ).body.items[0].id;
  const lines = [{ sku: 'LAMP', quantity: 1, condition: 'opened' }];
  returnId = (await harness.send('POST', '/returns', { orderId: order.orderId, lines })).body.id;
});
afterAll(() => harness?.stop());

describe('fulfillment', () => {
  test('lets everybody do what he has been given, and nothing else', async () => {
    const { orderId, amazonOrderId } = order;
    const job = (await harness.send('POST', '/print-jobs', { orderIds: [orderId], documents: ['packing-slips'] })).body.id;
    const ofShipments = { params: { id: shipmentId } };
    const wrong = await accessMatrix({
      ...{ app: harness.app, access: harness.access, store: 'store-1', hidden: [orderId, amazonOrderId] },
      params: { orderId, aggregateId: orderId, tenant: 'store-1', sku: 'LAMP', code: 'main', id: '1' },
      requests: {
        'POST /shipments': { body: { orderId, carrier: 'DHL' } },
        'GET /shipments/:id': ofShipments,
        'PATCH /shipments/:id': { ...ofShipments, body: { carrier: 'DHL' } },
        'POST /shipments/:id/hand-over': { ...ofShipments, body: {} },
        'POST /shipments/:id/void': { ...ofShipments, body: {} },
        'POST /shipments/:id/retry': ofShipments,
        'POST /shipments/import': { body: 'order,sku,quantity,carrier,tracking\n1,LAMP,1,DHL,1' },
        'POST /returns': { body: { orderId, lines: [{ sku: 'LAMP', quantity: 1, condition: 'opened' }] } },
        'GET /returns/:id': { params: { id: returnId } },
        'POST /orders/:orderId/pickup': { body: { status: 'ready' } },
        'PUT /document-settings/:tenant': { body: {} },
        'POST /print-jobs': { body: { orderIds: [orderId], documents: ['packing-slips'] } },
        'GET /print-jobs/:id/pdf': { params: { id: job } },
      },
    });
    expect(wrong).toEqual([]);
  });

  test('prints and ships nothing of another store, whoever has prepared it', async () => {
    const { orderId, number } = order;
    const stranger = harness.as({ stores: ['store-2'] });
    const job = (await harness.send('POST', '/print-jobs', { orderIds: [orderId], documents: ['pick-list'] })).body.id;
    expect((await stranger.send('POST', '/print-jobs', { orderIds: [orderId], documents: ['pick-list'] })).body.errors).toMatchObject([
      { message: 'There is no such order.' },
    ]);
    expect((await stranger.get(`/print-jobs/${job}/pdf`)).status).toBe(409);
    const file = await stranger.fetch('/shipments/import', {
      ...{ method: 'POST', headers: { 'content-type': 'text/csv' } },
      body: `order,sku,quantity,carrier,tracking\n${number},LAMP,1,DHL,1`,
    });
    expect(await file.json()).toMatchObject({ parcels: { shipped: 0 }, rows: [{ outcome: 'refused' }] });
    expect((await stranger.get('/ship-by')).body.marketplaces).toEqual([]);
  });
});
