import { describe, expect, test } from '@jest/globals';
import { europe, everyDataset, japan, startOfTest, startSandbox } from './harness.ts';

const germany = 'A1PA6795UKMFR9';
const since = { createdAfter: new Date(startOfTest - 1000).toISOString() };

describe('an order from another channel', () => {
  test('says so, is fulfilled by Amazon, shows no prices, and belongs to no marketplace that can be searched', async () => {
    const { create, getOrder, search } = await startSandbox();
    const [sold] = await create({
      sellerId: europe.sellerId,
      marketplaceId: germany,
      channel: 'NON_AMAZON',
      fulfillmentStatus: 'UNSHIPPED',
    });
    const { order } = (await getOrder(String(sold?.orderId), { includedData: everyDataset })).body;
    expect(order.salesChannel).toEqual({ channelName: 'NON_AMAZON', marketplaceId: 'A38D8NSA03LJTC', marketplaceName: 'Non-Amazon DE' });
    expect(order.fulfillment?.fulfilledBy).toBe('AMAZON');
    expect(order).not.toHaveProperty('proceeds');
    expect((await search(since)).body.orders).toHaveLength(1);
    expect((await search({ ...since, marketplaceIds: germany })).body.orders).toHaveLength(0);
    expect((await search({ ...since, marketplaceIds: 'A38D8NSA03LJTC' })).status).toBe(403);
  });

  test('comes by itself only when a share is configured', async () => {
    const count = async (nonAmazonShare?: number) => {
      const { create } = await startSandbox(nonAmazonShare === undefined ? {} : { nonAmazonShare });
      return (await create({ count: 300 })).filter(({ salesChannel }) => salesChannel.channelName === 'NON_AMAZON').length;
    };
    expect(await count()).toBe(0);
    expect(await count(0.2)).toBeGreaterThan(30);
  });
});

test('a pre-order waits until it can be had, and then goes its way', async () => {
  const { create, call, clock } = await startSandbox();
  const waiting = (await create({ count: 400 })).filter(({ fulfillment }) => fulfillment?.fulfillmentStatus === 'PENDING_AVAILABILITY');
  expect(waiting.length).toBeGreaterThan(0);
  expect(
    waiting.every(({ programs, sandbox }) => programs?.includes('PREORDER') && sandbox.upcoming[0]?.change === 'become-available'),
  ).toBe(true);
  clock.forward(3_600_000);
  const { orders } = (await call<{ orders: { byStatus: Record<string, number> } }>('GET', '/sandbox/stats')).body;
  expect([orders.byStatus.PENDING_AVAILABILITY, orders.byStatus.PENDING]).toEqual([0, 0]);
});

test('cash on delivery costs a fee, which belongs to the total, and has to be collected', async () => {
  const { create } = await startSandbox();
  const lines = [{ sku: 'SKU-MUG-BLUE', quantity: 2 }];
  const [order] = await create({ sellerId: japan.sellerId, fulfillmentStatus: 'UNSHIPPED', paymentMethod: 'COD', lines });
  const fee = { type: 'COD_FEE', subtotal: { amount: '330', currencyCode: 'JPY' } };
  const item = order?.orderItems[0];
  expect(order?.proceeds?.breakdowns).toContainEqual(fee);
  expect(item?.proceeds?.breakdowns).toContainEqual(fee);
  const paid = item?.proceeds?.breakdowns?.filter(({ type }) => type !== 'TAX') ?? [];
  const subtotals = paid.map(({ subtotal }) => Number(subtotal.amount));
  expect(Number(item?.proceeds?.proceedsTotal?.amount)).toBe(subtotals.reduce((sum, amount) => sum + amount, 0));
  expect(item?.fulfillment?.shipping?.shippingConstraints).toEqual({ cashOnDelivery: 'MANDATORY' });
  expect(order?.payment?.paymentExecutions?.[0]).toEqual({ paymentMethod: 'COD', paymentAmount: order?.proceeds?.grandTotal });
});
