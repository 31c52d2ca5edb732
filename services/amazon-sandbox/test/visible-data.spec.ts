import { describe, expect, test } from '@jest/globals';
import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import { includedDataValues } from '../src/amazon/included-data.ts';
import { europe, everyDataset, japan, northAmerica, startOfTest, startSandbox, type WholeOrder } from './harness.ts';

const germany = 'A1PA6795UKMFR9';
const orderFields: Readonly<Record<string, string>> = {
  BUYER: 'buyer',
  RECIPIENT: 'recipient',
  PROCEEDS: 'proceeds',
  FULFILLMENT: 'fulfillment',
  PACKAGES: 'packages',
  TAX: 'tax',
  PAYMENT: 'payment',
};
const itemFields: Readonly<Record<string, string>> = {
  PROCEEDS: 'proceeds',
  EXPENSE: 'expense',
  PROMOTION: 'promotion',
  CANCELLATION: 'cancellation',
  FULFILLMENT: 'fulfillment',
  TAX: 'tax',
};
const always = ['orderId', 'orderAliases', 'createdTime', 'lastUpdatedTime', 'programs', 'associatedOrders', 'salesChannel', 'orderItems'];
const alwaysOnItems = ['orderItemId', 'quantityOrdered', 'measurement', 'programs', 'product'];

const fieldsOf = (orders: readonly Order[]) => new Set(orders.flatMap((order) => Object.keys(order)));
const itemFieldsOf = (orders: readonly Order[]) =>
  new Set(orders.flatMap(({ orderItems }) => orderItems.flatMap((item) => Object.keys(item))));

describe('includedData', () => {
  test.each([...includedDataValues, ''])('%s fills its own fields and no others', async (dataset) => {
    const { searchAll, create, call, clock } = await startSandbox();
    const orders: WholeOrder[] = [];
    for (const seller of [northAmerica, europe, japan]) {
      orders.push(...(await create({ count: 150, sellerId: seller.sellerId, fulfillmentStatus: 'SHIPPED' })));
      const [open] = await create({ sellerId: seller.sellerId, fulfillmentStatus: 'UNSHIPPED' });
      await call('PATCH', `/sandbox/orders/${open?.orderId}`, { requestCancellation: {} });
    }
    clock.forward(1);
    const since = new Date(startOfTest - 1000).toISOString();
    const found: Order[] = [];
    for (const seller of [northAmerica, europe, japan]) {
      found.push(...(await searchAll({ createdAfter: since, ...(dataset && { includedData: dataset }) }, seller)));
    }
    const [extra, extraOnItems] = [orderFields[dataset], itemFields[dataset]];
    expect([...fieldsOf(found)].filter((field) => !always.includes(field))).toEqual(extra ? [extra] : []);
    expect([...itemFieldsOf(found)].filter((field) => !alwaysOnItems.includes(field))).toEqual(extraOnItems ? [extraOnItems] : []);
  });
});

describe('a PENDING order', () => {
  test('shows neither buyer nor prices', async () => {
    const { create, getOrder } = await startSandbox();
    for (const { orderId } of await create({ count: 40, marketplaceId: germany, fulfillmentStatus: 'PENDING' })) {
      const { order } = (await getOrder(orderId, { includedData: everyDataset })).body;
      expect(order).not.toHaveProperty('buyer');
      expect(order).not.toHaveProperty('recipient');
      expect(order).not.toHaveProperty('proceeds');
      expect(order).not.toHaveProperty('tax');
      expect(JSON.stringify(order)).not.toMatch(/unitPrice|amount|giftMessage/);
      expect(order.fulfillment?.fulfillmentStatus).toBe('PENDING');
    }
  });

  test('shows its prices in Japan, but still no buyer', async () => {
    const { create, getOrder } = await startSandbox();
    const [pending] = await create({ sellerId: japan.sellerId, fulfillmentStatus: 'PENDING' });
    const { order } = (await getOrder(String(pending?.orderId), { includedData: everyDataset }, japan)).body;
    expect(order.proceeds?.grandTotal).toEqual({ amount: expect.stringMatching(/^\d+$/), currencyCode: 'JPY' });
    expect(order).not.toHaveProperty('buyer');
    expect(order).not.toHaveProperty('recipient');
  });
});

describe('an order fulfilled by Amazon', () => {
  test('shows the area, not the address, and no e-mail address, gift message or package', async () => {
    const { create, getOrder } = await startSandbox();
    for (const { orderId } of await create({ count: 60, marketplaceId: germany, fulfilledBy: 'AMAZON', fulfillmentStatus: 'SHIPPED' })) {
      const { order } = (await getOrder(orderId, { includedData: everyDataset })).body;
      expect(Object.keys(order.recipient?.deliveryAddress ?? {}).sort()).toEqual(['addressType', 'city', 'countryCode', 'stateOrRegion']);
      expect(Object.keys(order.buyer ?? {})).not.toContain('buyerEmail');
      expect(JSON.stringify(order)).not.toMatch(/giftMessage|addressLine1|phone/);
      expect(order).not.toHaveProperty('packages');
    }
  });
});

describe('an order fulfilled by the merchant', () => {
  test('shows name, street, phone and relay address while it is to be shipped', async () => {
    const { create, getOrder } = await startSandbox();
    const [open] = await create({ marketplaceId: germany, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED' });
    const { order } = (await getOrder(String(open?.orderId), { includedData: 'BUYER,RECIPIENT' })).body;
    expect(order.recipient?.deliveryAddress).toMatchObject({
      name: expect.any(String),
      addressLine1: expect.any(String),
      postalCode: expect.any(String),
      phone: expect.any(String),
    });
    expect(order.buyer).toMatchObject({ buyerName: expect.any(String), buyerEmail: expect.stringContaining('@') });
  });

  test('loses the phone number once it is shipped and the delivery date is past', async () => {
    const { create, getOrder, clock } = await startSandbox();
    const [shipped] = await create({ marketplaceId: germany, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'SHIPPED' });
    const phone = async () =>
      (await getOrder(String(shipped?.orderId), { includedData: 'RECIPIENT' })).body.order.recipient?.deliveryAddress?.phone;
    expect(await phone()).toEqual(expect.any(String));
    clock.forward(30 * 86_400_000);
    expect(await phone()).toBeUndefined();
  });

  test('has a package with a tracking number and all its pieces once it is shipped', async () => {
    const { create } = await startSandbox();
    const lines = [{ sku: 'SKU-MUG-BLUE', quantity: 3 }];
    const [order] = await create({ marketplaceId: germany, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'SHIPPED', lines });
    expect(order?.packages).toEqual([
      expect.objectContaining({
        packageReferenceId: '1',
        carrier: 'DHL',
        trackingNumber: expect.stringMatching(/^TEST\d{12}$/),
        packageItems: [{ orderItemId: order?.orderItems[0]?.orderItemId, quantity: 3 }],
      }),
    ]);
  });
});

test('a cancelled order has nothing ordered, no price and no buyer, and says who cancelled it', async () => {
  const { create, getOrder } = await startSandbox();
  const [cancelled] = await create({ marketplaceId: germany, fulfillmentStatus: 'CANCELLED' });
  const { order } = (await getOrder(String(cancelled?.orderId), { includedData: everyDataset })).body;
  expect(order.orderItems[0]).toMatchObject({ quantityOrdered: 0, cancellation: { cancellationExecution: { cancelledBy: 'AMAZON' } } });
  expect(order).not.toHaveProperty('proceeds');
  expect(order).not.toHaveProperty('buyer');
});
