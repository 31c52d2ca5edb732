import type { Order, OrderItem } from '@sp-api-sdk/orders-api-2026-01-01';

/** An order as Amazon sends it: invented, complete in the fields that we read. */
export const anAmazonOrder = (overrides: Partial<Order> = {}): Order => ({
  orderId: '111-0000001-0000001',
  createdTime: '2026-03-01T10:00:00Z',
  lastUpdatedTime: '2026-03-01T12:00:00.500Z',
  programs: ['PRIME', 'AMAZON_BUSINESS'],
  salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
  buyer: { buyerName: 'Ada Example', buyerEmail: 'relay-1@marketplace.example' },
  recipient: {
    deliveryAddress: {
      name: 'Ada Example',
      addressLine1: '1 Sample Road',
      city: 'Sampleton',
      stateOrRegion: 'WA',
      postalCode: '00001',
      countryCode: 'US',
      phone: '000-0000',
    },
  },
  proceeds: {
    grandTotal: { amount: '32.67', currencyCode: 'USD' },
    breakdowns: [{ type: 'DELIVERY_TIP', status: 'PENDING', subtotal: { amount: '3.00', currencyCode: 'USD' } }],
  },
  fulfillment: {
    fulfillmentStatus: 'UNSHIPPED',
    fulfilledBy: 'MERCHANT',
    fulfillmentServiceLevel: 'SECOND_DAY',
    shipByWindow: { earliestDateTime: '2026-03-02T08:00:00Z', latestDateTime: '2026-03-04T07:59:59+00:00' },
  },
  orderItems: [anAmazonItem()],
  ...overrides,
});

export const anAmazonItem = (overrides: Partial<OrderItem> = {}): OrderItem => ({
  orderItemId: '10000000000001',
  quantityOrdered: 2,
  product: { asin: 'B000000001', title: 'A sample', sellerSku: 'SKU-1' },
  proceeds: {
    proceedsTotal: { amount: '29.67', currencyCode: 'USD' },
    breakdowns: [
      { type: 'ITEM', subtotal: { amount: '27.49', currencyCode: 'USD' } },
      { type: 'TAX', subtotal: { amount: '2.18', currencyCode: 'USD' } },
    ],
  },
  fulfillment: { quantityFulfilled: 1, quantityUnfulfilled: 1 },
  tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }] },
  ...overrides,
});
