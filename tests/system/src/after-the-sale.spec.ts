import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerKinds, eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { authorized, told } from './http.ts';
import { openShop, type Shop } from './shop.ts';

const germany = 'A1PA6795UKMFR9';

/** Ship, invoice, give back: each reaches Amazon once, and what Amazon makes of it comes back. The sandbox's ledger is the judge. */
describe.each(brokerKinds())('after the sale, on the %s broker', (kind) => {
  let shop: Shop;
  let vhost: TestVhost | undefined;

  beforeAll(async () => {
    vhost = kind === 'rabbit' ? await testVhost() : undefined;
    shop = await openShop({
      brokerUrl: vhost?.url,
      brokerManagementUrl: vhost?.managementUrl,
      sandbox: { limits: 'off', visibilityLagMs: 0, feedDelayMs: { queueMs: 0, processingMs: 0 } },
      environment: { AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms' },
    });
    const { body } = await shop.send('billing', 'GET', '/billing-settings/demo-eu');
    await told('PUT', `${shop.urlOf('billing')}/billing-settings/demo-eu`, { ...body.settings, uploadVatInvoices: true });
  });
  afterAll(async () => {
    await shop.stop();
    await vhost?.drop();
  });

  const sold = async (quantity: number, wish: object = {}) => {
    const [amazonOrderId = ''] = await shop.sell({
      ...{
        fulfilledBy: 'MERCHANT',
        fulfillmentStatus: 'UNSHIPPED',
        programs: [],
        marketplaceId: germany,
        lines: [{ sku: 'SKU-TOWEL-3', quantity }],
      },
      ...wish,
    });
    await shop.sync();
    return eventually(async () => {
      const order = await shop.order(amazonOrderId);
      expect(order).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      expect((await shop.get('fulfillment', `/orders/${order.id}/shipping`)).ship).toEqual({ allowed: true });
      return order;
    });
  };
  const ledgerOf = async (amazonOrderId: string, operation: string) =>
    (await told('GET', `${shop.sandboxUrl}/sandbox/ledger?orderId=${amazonOrderId}&operation=${operation}`)).entries as {
      effect: string;
      request: { packageDetail: { orderItems: { quantity: number }[]; trackingNumber: string } };
    }[];
  const fault = (what: object) => told('POST', `${shop.sandboxUrl}/sandbox/faults`, what);
  const parcel = (orderId: string, quantity: number, lineId: string, trackingNumber: string) => ({
    orderId,
    packages: [{ carrier: 'dhl', trackingNumber, lines: [{ lineId, quantity }] }],
  });
  const made = async (service: 'fulfillment' | 'billing', path: string, body: object) => {
    const answer = await shop.send(service, 'POST', path, body);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  const memoOf = (id: string) => shop.get('billing', `/credit-memos/${id}`);

  test('two parcels reach Amazon within seconds, each with its own units, once, and the units leave the shelf', async () => {
    const before = await shop.get('fulfillment', '/stock/SKU-TOWEL-3');
    const order = await sold(3);
    const [{ lineId }] = order.lines;
    const packages = [2, 1].map((quantity) => ({ carrier: 'dhl', trackingNumber: `JD-${quantity}`, lines: [{ lineId, quantity }] }));
    const shippedAt = performance.now();
    await made('fulfillment', '/shipments', { orderId: order.id, packages });
    await eventually(async () => {
      const { items } = await shop.get('fulfillment', `/shipments?orderId=${order.id}`);
      expect(items).toMatchObject([{ amazon: { state: 'accepted' } }, { amazon: { state: 'accepted' } }]);
    });
    process.stderr.write(`${kind}: from shipped to accepted in ${Math.round(performance.now() - shippedAt)} ms\n`);
    const told = await ledgerOf(order.amazonOrderId, 'confirmShipment');
    expect(
      told
        .map(({ effect, request: { packageDetail } }) => [effect, packageDetail.trackingNumber, packageDetail.orderItems[0]?.quantity])
        .sort(),
    ).toEqual([
      ['created', 'JD-1', 1],
      ['created', 'JD-2', 2],
    ]);
    await shop.sync();
    await eventually(async () => {
      expect(await shop.order(order.amazonOrderId)).toMatchObject({ state: 'complete', amazonStatus: 'shipped' });
      const after = await shop.get('fulfillment', '/stock/SKU-TOWEL-3');
      expect([after.onHand, after.reserved]).toEqual([before.onHand - 3, before.reserved]);
    });
    expect((await shop.get('order', '/orders?q=JD-2')).items.map(({ id }: { id: string }) => id)).toContain(order.id);
    await eventually(async () => {
      const { items } = await shop.get('billing', `/invoices?orderId=${order.id}`);
      expect(items).toMatchObject([{ upload: { state: 'accepted' } }]);
    });
    expect(await ledgerOf(order.amazonOrderId, 'UPLOAD_VAT_INVOICE')).toHaveLength(1);
  });

  test('a parcel that Amazon refuses says why, and can be voided: its units are to be shipped again', async () => {
    const order = await sold(2);
    const [{ lineId }] = order.lines;
    const hidden = await fault({ kind: 'missing-from-list', orderIds: [order.amazonOrderId] });
    await shop.happens(order.amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
    const { items } = await made('fulfillment', '/shipments', parcel(order.id, 2, lineId, 'JD-REFUSED'));
    const refused = await eventually(async () => {
      const shipment = await shop.get('fulfillment', `/shipments/${items[0].id}`);
      expect(shipment.amazon).toMatchObject({ state: 'refused', refusal: { words: expect.stringMatching(/\w+ \w+/) } });
      return shipment;
    });
    expect(refused.actions).toContainEqual({ action: 'void', allowed: true });
    const { status, body } = await shop.send('fulfillment', 'POST', `/shipments/${refused.id}/void`, { reason: 'the buyer canceled' });
    expect([status, body.state]).toEqual([200, 'voided']);
    await told('DELETE', `${shop.sandboxUrl}/sandbox/faults/${hidden.id}`);
    expect((await ledgerOf(order.amazonOrderId, 'confirmShipment')).filter(({ effect }) => effect !== 'refused')).toEqual([]);
    await shop.send('amazon-gateway', 'POST', `/stores/demo-eu/orders/${order.amazonOrderId}/recover`);
    // Amazon may have the invoice already: then it is corrected, else canceled. Nothing is owed either way.
    await eventually(async () =>
      expect(await shop.order(order.amazonOrderId)).toMatchObject({ state: 'canceled', money: { invoicedMinor: 0, dueMinor: 0 } }),
    );
  });

  const shipped = async (quantity: number) => {
    const order = await sold(quantity);
    await made('fulfillment', '/shipments', parcel(order.id, quantity, order.lines[0].lineId, `JD-${order.number}`));
    await eventually(async () => {
      await shop.sync();
      expect(await shop.order(order.amazonOrderId)).toMatchObject({ state: 'complete', amazonStatus: 'shipped' });
    });
    return order;
  };

  test('a refund whose answer never came is paid once, and two clicks are one', async () => {
    const order = await shipped(2);
    const [{ lineId }] = order.lines;
    await fault({ kind: 'reset-after-effect', operations: ['createFeed'], times: 1 });
    const wish = { orderId: order.id, reason: 'customer-return', lines: [{ lineId, quantity: 1 }], shippingMinor: 0 };
    const clicks = await Promise.all([1, 2].map(() => shop.send('billing', 'POST', '/credit-memos', wish)));
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { creditMemoId, totalMinor } = clicks.find(({ status }) => status === 201)?.body ?? {};
    const memo = await eventually(async () => {
      const found = await memoOf(creditMemoId);
      expect(['accepted', 'settled']).toContain(found.state);
      return found;
    });
    expect(memo.number).toMatch(/\d+/);
    const paid = (await ledgerOf(order.amazonOrderId, 'POST_PAYMENT_ADJUSTMENT_DATA')).filter(({ effect }) => effect === 'refunded');
    expect(paid).toHaveLength(1);
    await eventually(async () => expect((await shop.order(order.amazonOrderId)).money.refundedMinor).toBe(totalMinor));
    const books = await shop.get('billing', `/orders/${order.id}/books`);
    expect(JSON.stringify(books)).toContain('refund');
  });

  test('what comes back goes on the shelf, and its money goes back to the buyer', async () => {
    const order = await shipped(2);
    const [{ lineId }] = order.lines;
    const before = await shop.get('fulfillment', '/stock/SKU-TOWEL-3');
    await made('fulfillment', '/returns', {
      orderId: order.id,
      reason: 'customer-return',
      lines: [{ lineId, quantity: 2, condition: 'unopened', restock: true }],
    });
    await eventually(async () => {
      const { items } = await shop.get('billing', `/credit-memos?orderId=${order.id}`);
      expect(items).toMatchObject([{ reason: 'customer-return', number: expect.stringMatching(/\d/) }]);
      expect((await shop.get('fulfillment', '/stock/SKU-TOWEL-3')).onHand).toBe(before.onHand + 2);
      expect((await shop.order(order.amazonOrderId)).money).toMatchObject({ refundedMinor: items[0].totalMinor });
    });
  });

  test('invoice, packing slip and credit memo can be printed, with the address from the vault', async () => {
    const order = await sold(1);
    const { items } = await shop.get('billing', `/invoices?orderId=${order.id}`);
    for (const url of [
      `${shop.urlOf('fulfillment')}/orders/${order.id}/packing-slip`,
      `${shop.urlOf('billing')}/invoices/${items[0].invoiceId}/pdf`,
    ]) {
      const answer = await fetch(url, { headers: authorized(url) });
      const content = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, answer.headers.get('content-type'), content.subarray(0, 5).toString()]).toEqual([
        200,
        'application/pdf',
        '%PDF-',
      ]);
      expect((await fetch(url)).status).toBe(401);
    }
    // Only people may look there.
    const audit = `${shop.urlOf('order')}/audit?subject=order:${order.id}&action=buyer.shown`;
    const answer = await fetch(audit, { headers: { authorization: await shop.admin.bearer('order') } });
    const { items: accesses } = (await answer.json()) as { items: { reason: string }[] };
    expect(accesses.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['packing-slip', 'invoice']));
  });
});
