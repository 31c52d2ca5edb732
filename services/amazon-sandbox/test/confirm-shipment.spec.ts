import { describe, expect, test } from '@jest/globals';
import { japan, startOfTest } from './harness.ts';
import { packageOf, startShop } from './shop.ts';

const atStart = new Date(startOfTest).toISOString();

describe('a shipment that the seller confirms', () => {
  test('ships the order, and its package travels on by itself', async () => {
    const { order, confirm, seen, clock } = await startShop();
    const shipped = await order();
    expect(await confirm(shipped, packageOf(shipped))).toMatchObject({ status: 204, body: '' });
    const { fulfillment, orderItems, packages } = await seen(shipped);
    expect(fulfillment?.fulfillmentStatus).toBe('SHIPPED');
    expect(orderItems[0]?.fulfillment).toMatchObject({ quantityFulfilled: 3, quantityUnfulfilled: 0 });
    expect(packages).toEqual([
      {
        packageReferenceId: '1',
        createdTime: atStart,
        packageStatus: { status: 'SHIPPED' },
        carrier: 'UPS',
        shipTime: atStart,
        shippingService: 'UPS Ground',
        trackingNumber: '1Z-EXAMPLE',
        shipFromAddress: expect.anything(),
        packageItems: [{ orderItemId: orderItems[0]?.orderItemId, quantity: 3 }],
      },
    ]);
    const statusAfter = async (ms: number) => {
      clock.forward(ms);
      return (await seen(shipped)).packages?.[0]?.packageStatus?.status;
    };
    expect([await statusAfter(180_000), await statusAfter(1_500_000)]).toEqual(['IN_TRANSIT', 'DELIVERED']);
  });

  test('leaves the order PARTIALLY_SHIPPED until every piece is confirmed', async () => {
    const { order, confirm, seen } = await startShop();
    const shipped = await order();
    const [item] = shipped.orderItems;
    const pieces = (packageReferenceId: string, quantity: number) =>
      packageOf(shipped, { packageReferenceId, orderItems: [{ orderItemId: item?.orderItemId, quantity }] });
    await confirm(shipped, pieces('1', 2));
    expect((await seen(shipped)).fulfillment?.fulfillmentStatus).toBe('PARTIALLY_SHIPPED');
    expect((await confirm(shipped, pieces('2', 2))).body.errors[0]?.message).toContain('2 of the 1 that can be shipped');
    await confirm(shipped, pieces('2', 1));
    expect(await seen(shipped)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      packages: [{}, { packageReferenceId: '2' }],
    });
  });

  test('with the same reference edits the package, whose own pieces are given back first', async () => {
    const { order, confirm, seen, ledger } = await startShop();
    const shipped = await order();
    const [item] = shipped.orderItems;
    const first = packageOf(shipped);
    const smaller = { ...first, trackingNumber: '1Z-CORRECTED', orderItems: [{ orderItemId: item?.orderItemId, quantity: 1 }] };
    for (const told of [first, first, { ...first, trackingNumber: '1Z-CORRECTED' }, smaller]) {
      expect((await confirm(shipped, told)).status).toBe(204);
    }
    expect(await seen(shipped)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'PARTIALLY_SHIPPED' },
      packages: [{ packageReferenceId: '1', trackingNumber: '1Z-CORRECTED', packageItems: [{ quantity: 1 }] }],
    });
    const entries = await ledger({ orderId: shipped.orderId });
    expect(entries.map(({ effect }) => effect)).toEqual(['created', 'unchanged', 'edited', 'edited']);
    expect(entries[3]).toMatchObject({
      sequence: 4,
      at: atStart,
      operation: 'confirmShipment',
      sellerId: shipped.sandbox.sellerId,
      packageReference: '1',
      request: { packageDetail: smaller },
    });
  });

  test('whose answer is lost has happened, and told again it happens no second time', async () => {
    const { order, confirm, ledger, call } = await startShop();
    const shipped = await order();
    await call('POST', '/sandbox/faults', { kind: 'error-after-effect', operations: ['confirmShipment'], times: 1 });
    const statuses = [(await confirm(shipped, packageOf(shipped))).status, (await confirm(shipped, packageOf(shipped))).status];
    expect(statuses).toEqual([500, 204]);
    expect((await ledger()).map(({ effect }) => effect)).toEqual(['created', 'unchanged']);
  });

  test('by another carrier is shown under its name', async () => {
    const { order, confirm, seen } = await startShop();
    const shipped = await order();
    await confirm(shipped, packageOf(shipped, { carrierCode: 'Other', carrierName: 'Bob on a Bike' }));
    expect((await seen(shipped)).packages?.[0]?.carrier).toBe('Bob on a Bike');
  });

  test('of items with a code on each piece tells one code per piece', async () => {
    const { order, confirm, seen } = await startShop();
    const coded = await order({ itemPrograms: ['TRANSPARENCY'] });
    expect(coded.orderItems[0]?.programs).toEqual(['TRANSPARENCY']);
    const withCodes = (transparencyCodes: string[]) =>
      packageOf(coded, { orderItems: [{ orderItemId: coded.orderItems[0]?.orderItemId, quantity: 3, transparencyCodes }] });
    expect((await confirm(coded, withCodes(['A', 'B']))).body.errors[0]?.message).toContain('3 needed, 2 given');
    expect((await confirm(coded, withCodes(['A', 'B', 'B']))).body.errors[0]?.message).toContain('B is used twice');
    expect((await confirm(coded, withCodes(['A', 'B', 'C']))).status).toBe(204);
    expect((await seen(coded)).packages?.[0]?.packageItems?.[0]?.transparencyCodes).toEqual(['A', 'B', 'C']);
  });

  test('of cash on delivery is collected in Japan only', async () => {
    const { order, confirm, call } = await startShop();
    expect((await call('POST', '/sandbox/orders', { marketplaceId: 'ATVPDKIKX0DER', paymentMethod: 'COD' })).status).toBe(400);
    const collected = await order({ marketplaceId: undefined, paymentMethod: 'COD' });
    const direct = { codCollectionMethod: 'DirectPayment' };
    expect(collected.payment?.paymentExecutions?.[0]?.paymentMethod).toBe('COD');
    expect((await confirm(collected, packageOf(collected), direct, japan)).status).toBe(204);
    const american = await order();
    expect((await confirm(american, packageOf(american), direct)).body.errors[0]?.message).toContain(
      'only supported in the JP marketplace',
    );
  });
});

describe('a confirmation is refused', () => {
  const future = new Date(startOfTest + 1).toISOString();
  const past = new Date(startOfTest - 1).toISOString();
  test.each([
    ['fields with invalid type [packageDetail.packageReferenceId]', { packageReferenceId: 1 }],
    ['PackageReferenceId: is invalid, must be a positive numeric value.', { packageReferenceId: 'P-1' }],
    ['PackageReferenceId: is invalid, must be a positive numeric value.', { packageReferenceId: '0' }],
    ['missing required fields [packageDetail.carrierCode]', { carrierCode: undefined }],
    ['CarrierName is required when CarrierCode is Other.', { carrierCode: 'Other' }],
    ['TrackingNumber is invalid, must not be empty.', { trackingNumber: ' ' }],
    ["at 'packageDetail.shipDate' failed", { shipDate: 'yesterday' }],
    ['ShipDate is invalid, must not be in the future.', { shipDate: future }],
    ['ShipDate is invalid, must not be before the purchase.', { shipDate: past }],
    ['OrderItems is invalid, must not be empty.', { orderItems: [] }],
    ['OrderItemId is invalid, please obtain the value through the getOrderItems API', { orderItems: [{ orderItemId: '7', quantity: 1 }] }],
    ['unknown fields [packageDetail.carrier]', { carrier: 'UPS' }],
  ])('with "%s" for %j', async (message, overrides) => {
    const { order, confirm, seen, ledger } = await startShop();
    const refused = await order();
    const answer = await confirm(refused, packageOf(refused, overrides));
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([400, 'InvalidInput']);
    expect(answer.body.errors[0]?.message).toContain(message);
    expect((await seen(refused)).packages).toBeUndefined();
    expect(await ledger()).toMatchObject([{ effect: 'refused', reason: expect.stringContaining(message) }]);
  });

  test.each([
    ['fulfilled by Amazon', { fulfilledBy: 'AMAZON' }],
    ['Ship+', { programs: ['FBM_SHIP_PLUS'] }],
    ['picked up in store', { programs: ['IN_STORE_PICK_UP'] }],
    ['its status is CANCELLED', { fulfillmentStatus: 'CANCELLED' }],
    ['its status is PENDING', { fulfillmentStatus: 'PENDING' }],
    ['PackageToUpdateNotFound', { fulfillmentStatus: 'SHIPPED' }],
    ['not placed on Amazon', { channel: 'NON_AMAZON' }],
  ])('for an order that is %s', async (message, wish) => {
    const { order, confirm } = await startShop();
    const refused = await order(wish);
    const told = packageOf(refused, {
      packageReferenceId: '9',
      orderItems: [{ orderItemId: refused.orderItems[0]?.orderItemId, quantity: 1 }],
    });
    const { status, body } = await confirm(refused, told, { marketplaceId: 'ATVPDKIKX0DER' });
    expect([status, body.errors[0]?.message]).toEqual([400, expect.stringContaining(message)]);
  });

  test('for another marketplace, for an order of somebody else, and when it is not JSON', async () => {
    const { order, confirm, accessToken, sandbox } = await startShop();
    const mine = await order();
    expect((await confirm(mine, packageOf(mine), { marketplaceId: 'A2EUQ1WTGCTBG2' })).status).toBe(400);
    expect((await confirm(mine, packageOf(mine), {}, japan)).status).toBe(404);
    const sent = (headers: Record<string, string>) =>
      fetch(`${sandbox.url}/orders/v0/orders/${mine.orderId}/shipmentConfirmation`, { method: 'POST', body: '{"a":', headers });
    const token = { 'x-amz-access-token': await accessToken(japan) };
    expect((await sent({ ...token, 'content-type': 'application/json' })).status).toBe(400);
    expect((await sent({ ...token, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await sent({})).status).toBe(403);
  });

  test('when ten came at once, until half a second has passed', async () => {
    const { order, confirm, clock } = await startShop({ limits: 'documented' });
    const shipped = await order();
    const statuses = await Promise.all(Array.from({ length: 11 }, async () => (await confirm(shipped, packageOf(shipped))).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    clock.forward(500);
    const { status, headers } = await confirm(shipped, packageOf(shipped));
    expect([status, headers.get('x-amzn-ratelimit-limit')]).toEqual([204, '2']);
  });
});
