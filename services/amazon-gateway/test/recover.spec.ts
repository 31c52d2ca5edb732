import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { fault } from './reading-harness.ts';

describe('an order that a person recovers', () => {
  let gateway: GatewayHarness;
  let missing: string;
  let listed: string;
  const recover = (number: string, store = 'na') => gateway.service.send('POST', `/stores/${store}/orders/${number}/recover`);

  beforeAll(async () => {
    gateway = await gatewayHarness({
      before: async ({ create, sandbox }) => {
        [missing = '', listed = ''] = await create(2);
        await fault({ sandbox }, 'missing-from-list', { orderIds: [missing] });
      },
    });
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(1));
  });
  afterAll(() => gateway.stop());

  test('pitfall 5: is imported though no list shows it, and asking again changes nothing', async () => {
    const { status, body } = await recover(missing);
    expect({ status, body }).toMatchObject({ status: 200, body: { result: 'new', orderId: expect.any(String) } });
    expect((await recover(missing)).body).toEqual({ ...body, result: 'same' });
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(2));
  });

  test('is as it is at this moment', async () => {
    await gateway.patch(listed, { requestCancellation: {} });
    expect((await recover(listed)).body.result).toBe('changed');
    await eventually(() => expect(gateway.service.published(AmazonOrderUpdated)).toMatchObject([{ data: { cancelRequested: {} } }]));
  });

  test('is read without a dataset that Amazon refuses, and keeps what is known of it', async () => {
    const end = await fault(gateway, 'dataset-outage', { dataset: 'RECIPIENT' });
    expect((await recover(listed)).body.result).toBe('same');
    await end();
  });

  test('cannot be one that Amazon does not know, of a store that we do not know, or no number at all', async () => {
    const unknown = await recover('111-0000000-0000000');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'order.not-at-amazon' } });
    expect(unknown.body.detail).toContain('Amazon knows no such order');
    expect((await recover(listed, 'nowhere')).status).toBe(404);
    expect((await recover('a%20number')).body.errors).toMatchObject([{ field: 'amazonOrderId' }]);
  });
});
