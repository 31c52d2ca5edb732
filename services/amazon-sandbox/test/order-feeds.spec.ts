import { describe, expect, test } from '@jest/globals';
import { acknowledge, adjust, cancelling, codeOf, component, failure, paidFor, read, refunding } from './feed-messages.ts';
import { japan, startOfTest, type WholeOrder } from './harness.ts';
import { envelope, startShop } from './shop.ts';

describe('an order acknowledgement', () => {
  test('that is a failure cancels the whole order, and the report is silent about it', async () => {
    const shop = await startShop();
    const order = await shop.order();
    const { summary, results } = await acknowledge(shop, failure(order));
    expect(summary).toEqual({ MessagesProcessed: '1', MessagesSuccessful: '1', MessagesWithError: '0', MessagesWithWarning: '0' });
    expect(results).toEqual([]);
    expect(await shop.seen(order)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'CANCELLED' },
      orderItems: [
        { quantityOrdered: 0, cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NO_INVENTORY' } } },
      ],
    });
    expect(await shop.ledger()).toMatchObject([
      {
        operation: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
        orderId: order.orderId,
        feedId: expect.any(String),
        messageId: '1',
        effect: 'cancelled',
      },
    ]);
  });

  test('that is a failure once a piece is shipped refunds everything', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'PARTIALLY_SHIPPED' });
    const { results } = await acknowledge(shop, failure(order));
    expect(results).toMatchObject([{ MessageID: '1', ResultCode: 'Warning', AdditionalInfo: { AmazonOrderID: order.orderId } }]);
    expect((await shop.seen(order)).fulfillment?.fulfillmentStatus).toBe('PARTIALLY_SHIPPED');
    expect(await shop.ledger()).toMatchObject([{ effect: 'refunded' }]);
    expect((await shop.truthOf(order)).sandbox.refunds).toMatchObject([
      { reason: 'NoInventory', components: [{ type: 'Principal', amount: Number(paidFor(order).replace('.', '')) }] },
    ]);
  });

  test('of success tells the number that the seller has given the order', async () => {
    const shop = await startShop();
    const order = await shop.order();
    const success = `<OrderAcknowledgement><AmazonOrderID>${order.orderId}</AmazonOrderID><MerchantOrderID>OB-7 &amp; &#228;</MerchantOrderID><StatusCode>Success</StatusCode></OrderAcknowledgement>`;
    expect((await acknowledge(shop, success)).results).toEqual([]);
    expect((await shop.seen(order)).orderAliases).toEqual([{ aliasId: 'OB-7 & ä', aliasType: 'SELLER_ORDER_ID' }]);
  });

  test('is judged message by message: one bad one does not hold up the others', async () => {
    const shop = await startShop();
    const [first, pending, cancelled, last] = [
      await shop.order(),
      await shop.order({ fulfillmentStatus: 'PENDING' }),
      await shop.order({ fulfillmentStatus: 'CANCELLED' }),
      await shop.order(),
    ];
    const { summary, results } = await acknowledge(
      shop,
      failure(first),
      failure(pending),
      failure(cancelled),
      failure(last, 'Whim'),
      failure(last),
    );
    expect(summary).toEqual({ MessagesProcessed: '5', MessagesSuccessful: '3', MessagesWithError: '2', MessagesWithWarning: '1' });
    expect(results.map(({ MessageID, ResultCode, ResultMessageCode }) => [MessageID, ResultCode, ResultMessageCode])).toEqual([
      ['2', 'Error', '18028'],
      ['3', 'Warning', '18000'],
      ['4', 'Error', '5000'],
    ]);
    expect((await shop.ledger()).map(({ effect }) => effect)).toEqual(['cancelled', 'refused', 'unchanged', 'refused', 'cancelled']);
  });
});

describe('an order adjustment that cancels', () => {
  test('takes pieces off the line and off the bill; the last one cancels the order', async () => {
    const shop = await startShop();
    const order = await shop.order();
    expect((await adjust(shop, cancelling(order, 1))).results).toEqual([]);
    const lessened = await shop.seen(order);
    expect(lessened.orderItems[0]?.quantityOrdered).toBe(2);
    expect(lessened.orderItems[0]?.proceeds?.breakdowns?.[0]).toEqual({ type: 'ITEM', subtotal: { amount: '29.98', currencyCode: 'USD' } });
    await adjust(shop, cancelling(order, 2));
    expect((await shop.seen(order)).fulfillment?.fulfillmentStatus).toBe('CANCELLED');
  });

  test('takes no more than is not shipped yet, and completes an order of which the rest is cancelled', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'PARTIALLY_SHIPPED' });
    expect((await adjust(shop, cancelling(order, 2))).results[0]?.ResultDescription).toContain('2 exceeds the 1');
    expect((await adjust(shop, cancelling(order, 1))).results).toEqual([]);
    expect(await shop.seen(order)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      orderItems: [{ quantityOrdered: 2, fulfillment: { quantityFulfilled: 2, quantityUnfulfilled: 0 } }],
    });
  });
});

describe('an order adjustment that refunds', () => {
  test('pays back, and said twice pays back twice', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
    const message = refunding(order, component('Principal', '10.00'), component('RestockingFee', '-1.50'));
    expect((await adjust(shop, message, message)).results).toEqual([]);
    expect((await shop.ledger()).map(({ effect, messageId }) => [effect, messageId])).toEqual([
      ['refunded', '1'],
      ['refunded', '2'],
    ]);
    expect((await shop.truthOf(order)).sandbox.refunds).toMatchObject([
      { adjustmentId: 'rf-1', components: [{ amount: 1000 }, { amount: -150 }] },
      { adjustmentId: 'rf-1' },
    ]);
  });

  test('pays back no more than was paid, all refunds together', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
    expect((await adjust(shop, refunding(order, component('Principal', paidFor(order))))).results).toEqual([]);
    const { results } = await adjust(shop, refunding(order, component('Principal', '0.01')));
    expect(results[0]?.ResultDescription).toContain('exceeds what is left of the payment');
  });

  test.each([
    ['is not shipped', 'UNSHIPPED', [component('Principal', '1.00')]],
    ['must be a credit', 'SHIPPED', [component('Principal', '1.00'), component('RestockingFee', '-1.00')]],
    ['not the currency of the order', 'SHIPPED', [component('Principal', '1.00', 'EUR')]],
  ])('is refused because it %s', async (reason, fulfillmentStatus, components) => {
    const shop = await startShop();
    const { results } = await adjust(shop, refunding(await shop.order({ fulfillmentStatus }), ...components));
    expect(results).toMatchObject([
      { ResultCode: 'Error', ResultMessageCode: '18028', ResultDescription: expect.stringContaining(reason) },
    ]);
  });

  test('in Japan knows neither taxes nor fractions', async () => {
    const shop = await startShop();
    const order = await shop.order({ marketplaceId: 'A1VC38T7YXB528', fulfillmentStatus: 'SHIPPED' });
    const contents = [component('Tax', '10', 'JPY'), component('Principal', '10.50', 'JPY'), component('Principal', '10', 'JPY')];
    const messages = contents.map((each) => refunding(order, each));
    const report = await shop.process('POST_PAYMENT_ADJUSTMENT_DATA', envelope('OrderAdjustment', messages, japan.sellerId), japan);
    expect(read(report).results.map(({ ResultDescription }) => ResultDescription)).toEqual([
      expect.stringContaining('not eligible'),
      expect.stringContaining('10.50 is not an amount in JPY'),
    ]);
  });
});

describe('an order fulfillment', () => {
  const fulfillment = (order: WholeOrder, items = '') =>
    `<OrderFulfillment><AmazonOrderID>${order.orderId}</AmazonOrderID><FulfillmentDate>${new Date(startOfTest).toISOString()}</FulfillmentDate><FulfillmentData><CarrierName>UPS</CarrierName><ShippingMethod>Ground</ShippingMethod><ShipperTrackingNumber>1Z-FEED</ShipperTrackingNumber></FulfillmentData>${items}</OrderFulfillment>`;

  test('is a package, of the items that it names or of all that is left', async () => {
    const shop = await startShop();
    const order = await shop.order();
    const one = `<Item><AmazonOrderItemCode>${codeOf(order)}</AmazonOrderItemCode><Quantity>1</Quantity></Item>`;
    const contents = [fulfillment(order, one), fulfillment(order)];
    const report = await shop.process('POST_ORDER_FULFILLMENT_DATA', envelope('OrderFulfillment', contents));
    expect(read(report).results).toEqual([]);
    expect(await shop.seen(order)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      packages: [
        { packageReferenceId: '1', packageItems: [{ quantity: 1 }] },
        { packageReferenceId: '2', packageItems: [{ quantity: 2 }] },
      ],
    });
  });
});
