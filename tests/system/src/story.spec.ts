import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerKinds, eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { type AmazonClock, amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { expectEverythingRight } from './judge.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { openShop, type Shop } from './shop.ts';
import { everythingIn, query } from './sql.ts';
import { ordersAtAmazon } from './truth.ts';

const [germany, britain, france, italy, spain, japan] = [
  'A1PA6795UKMFR9',
  'A1F83G8C2ARO7P',
  'A13V1IB3VIYZZH',
  'APJ6JRA9NG5V4',
  'A1RKKUPIHCS9HS',
  'A1VC38T7YXB528',
];

const canaries = ['Canary Buyerson', 'canary.bird@example.test', '17 Canary Street', 'Canaryville', 'CNRY 4711'];
const people = {
  buyer: { buyerName: canaries[0], buyerEmail: canaries[1] },
  recipient: { deliveryAddress: { name: canaries[0], addressLine1: canaries[2], city: canaries[3], postalCode: canaries[4] } },
};

describe.each(brokerKinds())('the whole of Orderbus, on the %s broker', (kind) => {
  let shop: Shop;
  let vhost: TestVhost | undefined;
  let logs: CapturedLogs;
  let clock: AmazonClock;
  const unreadable: string[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    clock = amazonClock();
    vhost = kind === 'rabbit' ? await testVhost() : undefined;
    shop = await openShop({ brokerUrl: vhost?.url, brokerManagementUrl: vhost?.managementUrl, sandbox: { clock }, logLevel: 'trace' });
  });
  afterAll(async () => {
    await shop.stop();
    await vhost?.drop();
    logs.release();
  });

  const one = async (wish: object): Promise<string> => {
    const [amazonOrderId = ''] = await shop.sell({ fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], ...wish });
    await shop.sync();
    return amazonOrderId;
  };
  const happens = async (amazonOrderId: string, what: object): Promise<void> => {
    await shop.happens(amazonOrderId, what);
    await shop.sync();
  };
  const alertsOf = async (orderId: string) => (await shop.get('notification', `/alerts?orderId=${orderId}`)).items;
  const stockOf = (sku: string) => shop.get('fulfillment', `/stock/${sku}`);
  const billingOf = (orderId: string) => shop.get('billing', `/orders/${orderId}/billing`);

  test('an order is imported, gets its units and its invoice, is told of, and all of that can be read', async () => {
    const before = await stockOf('SKU-TOWEL-3');
    const soldAt = performance.now();
    const amazonOrderId = await one({ marketplaceId: germany, lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }] });
    const order = await eventually(async () => {
      const found = await shop.order(amazonOrderId);
      expect(found).toMatchObject({ status: 'processing', stock: 'reserved', billed: [{ canceled: false }] });
      expect(await alertsOf(found.id)).toHaveLength(1);
      return found;
    });
    process.stderr.write(`${kind}: from the sale to reserved, invoiced and told in ${Math.round(performance.now() - soldAt)} ms\n`);

    expect(order).toMatchObject({ number: expect.stringMatching(/^\d+$/), tenant: 'demo-eu', country: 'DE', units: 2 });
    const truth = (await ordersAtAmazon(shop.sandboxUrl)).find((known) => known.amazonOrderId === amazonOrderId);
    expect(truth).toMatchObject({ currency: 'EUR', grandTotalMinor: expect.any(Number) });
    expect(order.totals).toMatchObject({ currency: 'EUR', grandTotalMinor: truth?.grandTotalMinor });
    expect(order.billed[0].totalMinor).toBe(truth?.grandTotalMinor);
    expect(await stockOf('SKU-TOWEL-3')).toMatchObject({ onHand: before.onHand, reserved: before.reserved + 2 });
    expect(await alertsOf(order.id)).toMatchObject([
      { kind: 'order-new', title: expect.stringContaining(`${order.number} (${amazonOrderId}): 2 units`) },
    ]);

    const { items } = await eventually(async () => {
      const timeline = await shop.get('order', `/orders/${order.number}/timeline?tenant=demo-eu`);
      expect(timeline.incomplete).toEqual([]);
      return timeline;
    });
    const told: string[] = items.map(({ source, type }: { source: string; type: string }) => `${source}: ${type}`);
    expect(told.slice(0, 2)).toEqual(['amazon-gateway: amazon.order.imported', 'order: order.created']);
    expect(told.slice(2).sort()).toEqual(['billing: invoice.issued', 'fulfillment: stock.reserved', 'order: order.processing_started']);
    expect(told.indexOf('fulfillment: stock.reserved')).toBeLessThan(told.indexOf('order: order.processing_started'));
    expect(new Set(items.map(({ correlationId }: { correlationId: string }) => correlationId)).size).toBe(1);
  });

  test('an order for something sold out waits and says for what; when it arrives, it goes on', async () => {
    const sku = 'SKU-CLOCK-WALL';
    const amazonOrderId = await one({ marketplaceId: britain, lines: [{ sku, quantity: 2 }] });
    const order = await eventually(async () => {
      const found = await shop.order(amazonOrderId);
      expect(found).toMatchObject({ status: 'blocked', blockReasons: [{ sku, cause: 'out-of-stock', wanted: 2, available: 0 }] });
      return found;
    });
    const blocked = () => alertsOf(order.id).then((alerts: { kind: string }[]) => alerts.filter((alert) => alert.kind === 'order-blocked'));
    await eventually(async () =>
      expect(await blocked()).toMatchObject([
        {
          status: 'open',
          severity: 'attention',
          title: expect.stringContaining(`is blocked: ${sku} is out of stock`),
          text: expect.stringContaining(`${sku}: 2 wanted, 0 available`),
        },
      ]),
    );

    const { status } = await shop.send('fulfillment', 'POST', `/stock/${sku}/adjustments`, { delta: 2, reason: 'delivery' });
    expect(status).toBe(200);
    await eventually(async () => {
      expect(await shop.order(amazonOrderId)).toMatchObject({ status: 'processing', blockReasons: [] });
      expect(await blocked()).toMatchObject([{ status: 'resolved', resolvedBy: 'order' }]);
    });
    expect(await stockOf(sku)).toMatchObject({ onHand: 2, reserved: 2, available: 0 });
  });

  test.each(['BUYER', 'AMAZON'])('an order that is canceled at Amazon (%s) gives everything back', async (cancelledBy) => {
    const sku = 'SKU-APRON-GR';
    const { reserved } = await stockOf(sku);
    const amazonOrderId = await one({ marketplaceId: france, lines: [{ sku, quantity: 3 }] });
    const order = await eventually(async () => {
      const found = await shop.order(amazonOrderId);
      expect(found).toMatchObject({ status: 'processing', billed: [{ canceled: false }] });
      return found;
    });
    expect((await stockOf(sku)).reserved).toBe(reserved + 3);

    await happens(amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy });
    await eventually(async () => {
      expect(await shop.order(amazonOrderId)).toMatchObject({
        status: 'canceled',
        billed: [{ number: order.billed[0].number, canceled: true }],
      });
      expect((await stockOf(sku)).reserved).toBe(reserved);
      expect(await billingOf(order.id)).toMatchObject({ status: 'canceled', dueMinor: 0, invoicedMinor: 0 });
      expect(await alertsOf(order.id)).toEqual(
        expect.arrayContaining([expect.objectContaining({ kind: 'order-canceled', severity: 'attention' })]),
      );
    });
  });

  test('an order that Amazon holds back is none of our orders until Amazon releases it', async () => {
    const amazonOrderId = await one({ marketplaceId: italy, fulfillmentStatus: 'PENDING', lines: [{ sku: 'SKU-JAR-1L', quantity: 1 }] });
    const pending = await eventually(() => shop.order(amazonOrderId));
    expect(pending).toMatchObject({ status: 'pending', number: null });
    expect((await shop.items<{ id: string }>('order', '/orders')).map(({ id }) => id)).not.toContain(pending.id);
    expect((await shop.send('billing', 'GET', `/orders/${pending.id}/billing`)).status).toBe(404);

    await happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await eventually(async () =>
      expect(await shop.order(amazonOrderId)).toMatchObject({
        id: pending.id,
        status: 'processing',
        number: expect.any(String),
        billed: [{}],
      }),
    );
  });

  test('what Amazon ships itself becomes an order when it is shipped, and touches no stock', async () => {
    const sku = 'SKU-LUNCH-STL';
    const before = await stockOf(sku);
    const amazonOrderId = await one({ marketplaceId: spain, fulfilledBy: 'AMAZON', lines: [{ sku, quantity: 2 }] });
    expect(await eventually(() => shop.order(amazonOrderId))).toMatchObject({ status: 'pending', amazonStatus: 'unshipped', number: null });
    await happens(amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    await eventually(async () =>
      expect(await shop.order(amazonOrderId)).toMatchObject({
        status: 'complete',
        stock: 'none',
        number: expect.any(String),
        billed: [{}],
      }),
    );
    expect(await stockOf(sku)).toEqual(before);
  });

  test('an order that Amazon tells wrongly is reported, stops no other, and is imported when it is told right', async () => {
    const wish = {
      count: 5,
      marketplaceId: japan,
      fulfilledBy: 'MERCHANT',
      fulfillmentStatus: 'PENDING',
      lines: [{ sku: 'SKU-JAR-6', quantity: 1 }],
    };
    const [bad = '', ...good] = await shop.sell(wish);
    // One page later they are all released, and one of them is broken and speaks of its buyer.
    await happens(bad, { raw: { ...people, orderItems: null } });
    for (const amazonOrderId of [bad, ...good]) await happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await eventually(async () => {
      for (const amazonOrderId of good) expect(await shop.order(amazonOrderId)).toMatchObject({ status: 'processing' });
      const { items } = await shop.get('notification', '/alerts?kind=order-unreadable');
      expect(items).toMatchObject([
        { status: 'open', title: `Amazon order ${bad} cannot be read`, text: expect.stringContaining('orderItems') },
      ]);
      expect((await shop.get('amazon-gateway', '/unreadable-orders')).items).toMatchObject([{ amazonOrderId: bad }]);
    });
    unreadable.push(bad);
    await expectEverythingRight(shop, { unreadable });

    await happens(bad, { raw: null });
    await eventually(async () => {
      expect(await shop.order(bad)).toMatchObject({ status: 'processing' });
      expect((await shop.get('amazon-gateway', '/unreadable-orders')).items).toEqual([]);
    });
    unreadable.pop();
  });

  test('names and addresses of buyers stand in clear in no table and in no log line', async () => {
    const amazonOrderId = await one({ marketplaceId: germany, lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }], fulfillmentStatus: 'PENDING' });
    await happens(amazonOrderId, { raw: people });
    await happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await eventually(async () => expect(await shop.order(amazonOrderId)).toMatchObject({ status: 'processing', billed: [{}] }));
    await expectEverythingRight(shop);

    const { tables, text } = await everythingIn(shop.databaseUrl);
    const lines = logs.lines.join('');
    expect(tables).toEqual(
      expect.arrayContaining(['orders.buyer_vault', 'gateway.unreadable_order', 'gateway.event_log', 'billing.invoice']),
    );
    // What is searched is what was meant to be searched, and the buyer is in there, sealed.
    const sealed = await query<{ sealed: string }>(
      shop.databaseUrl,
      'select v.sealed from orders.buyer_vault v join orders.orders o on o.id = v.order_id where o.amazon_order_id = $1',
      [amazonOrderId],
    );
    expect(sealed).toHaveLength(1);
    expect(text).toContain(sealed[0]?.sealed);
    expect(text).toContain(amazonOrderId);
    expect(lines).toContain('Amazon answered');
    for (const canary of canaries) {
      expect(text.includes(canary)).toBe(false);
      expect(lines.includes(canary)).toBe(false);
    }
  });

  test('300 orders of all kinds, whatever happens to them, are the same on both sides in the end, each once, to the cent', async () => {
    await shop.sell({ count: 300 });
    for (const minutes of [0, 0.5, 1, 2, untilAllIsQuiet]) {
      clock.pass(minutes);
      await shop.lookAtAmazon();
    }
    await expectEverythingRight(shop);

    const orders = await ordersAtAmazon(shop.sandboxUrl);
    expect(new Set(orders.map(({ tenant }) => tenant))).toEqual(new Set(['demo-na', 'demo-eu', 'demo-fe']));
    expect(orders.filter(({ currency }) => currency === 'JPY').length).toBeGreaterThan(20);
    for (const status of ['UNSHIPPED', 'SHIPPED', 'CANCELLED']) expect(orders.map((order) => order.status)).toContain(status);
    // They have been seen in between as well.
    const changed = (await shop.items<{ version: number }>('amazon-gateway', '/amazon-orders')).filter(({ version }) => version > 1);
    expect(changed.length).toBeGreaterThan(100);
  });
});
