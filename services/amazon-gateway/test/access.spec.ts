import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ShipmentDispatched } from '@orderbus/contracts';
import { accessMatrix, eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const example = JSON.parse(readFileSync(new URL('../../../libs/contracts/examples/shipment.dispatched.v1.json', import.meta.url), 'utf8'));

let gateway: GatewayHarness;
let [orderId, amazonOrderId, commandId] = ['', '', ''];

beforeAll(async () => {
  gateway = await gatewayHarness({ before: ({ create }) => create(1) });
  await eventually(async () => {
    const [order] = (await gateway.service.get('/amazon-orders')).body.items;
    ({ orderId, amazonOrderId } = order);
  });
  // Something that Amazon is asked to do: it makes a row of the ledger.
  const data = ShipmentDispatched.parse(example).data;
  await gateway.service.publish(ShipmentDispatched, { ...data, orderId }, { aggregateId: orderId, aggregateVersion: 1, tenant: 'na' });
  await eventually(async () => {
    commandId = (await gateway.service.get('/commands')).body.items[0].id;
  });
});
afterAll(() => gateway?.stop());

describe('the gateway', () => {
  test('lets everybody do what he has been given, and nothing else', async () => {
    const { app, access, send } = gateway.service;
    const range = { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' };
    const sweepId = (await send('POST', '/stores/na/gap-sweeps', range)).body.id;
    const wrong = await accessMatrix({
      ...{ app, access, store: 'na', hidden: [orderId, amazonOrderId, sweepId, commandId] },
      params: { storeId: 'na', orderId, aggregateId: orderId, amazonOrderId, sweepId, id: commandId },
      requests: {
        'POST /commands/:id/settle': { body: { as: 'done', note: 'it is' } },
        'POST /orders/:orderId/contacts': { body: { contact: 'request-review' } },
        'PATCH /stores/:storeId': { body: {} },
        'DELETE /stores/:storeId': { body: { confirm: 'na' } },
        'PUT /stores/:storeId/credentials': { body: { clientId: 'a', clientSecret: 'b', refreshToken: 'c' } },
        'POST /stores/:storeId/gap-sweeps': { body: {} },
        'POST /stores/:storeId/backfills': { body: range },
      },
    });
    expect(wrong).toEqual([]);
  });
});
