import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  OrderCreated,
  OrderReservationRequested,
  OrderUpdated,
} from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import type { OrderSettings } from '../src/domain/settings.ts';
import { aLine, aSnapshot, message, missing } from './builders.ts';
import { orderHarness } from './harness.ts';
import { messageOf } from './messages.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness({ RETRY_BLOCKERS_EVERY: '20ms' });
});
afterAll(() => harness.stop());

const { as, shows, logOf } = people(() => harness, '882');

let serial = 0;
const inStore = (tenant: string, changes: Partial<AmazonOrder> = {}): AmazonOrder =>
  aSnapshot({ tenant, amazonOrderId: `882-0000000-${String(++serial).padStart(7, '0')}`, ...changes });

const publish = (tenant: string, ...orders: readonly AmazonOrder[]) =>
  harness.publishAll(orders.map((order) => message(AmazonOrderImported, order, 1, tenant)));

const settle = (tenant: string, settings: Partial<OrderSettings>) => as('Ada', 'PUT', `/order-settings/${tenant}`, settings);

const foundBy = async (words: string): Promise<string[]> =>
  (await harness.get(`/orders?q=${encodeURIComponent(words)}`)).body.items.map(({ id }: { id: string }) => id);

/** Fulfillment's answers, in the name of the store. */
const answer = (tenant: string, { orderId, amazonOrderId }: AmazonOrder, ...facts: readonly Parameters<typeof messageOf>[0][]) =>
  harness.publishAll(
    facts.map((fact) => {
      const { definition, event } = messageOf(fact, orderId, amazonOrderId);
      return { definition, event: { ...event, tenant } };
    }),
  );

describe('the rules of a store', () => {
  test('are the usual ones until somebody settles on others, and are replaced as a whole', async () => {
    const usual = await as('Ada', 'GET', '/order-settings/rules');
    expect([usual.etag, usual.body]).toMatchObject(['"0"', { importOrders: true, numberSource: 'own', admission: 'always', shop: null }]);
    await settle('rules', { shop: 'EU', numberSource: 'amazon' });
    expect((await settle('rules', { shop: 'US' })).body).toEqual({ ...usual.body, shop: 'US' });
    const now = await as('Ada', 'GET', '/order-settings/rules');
    expect([now.etag, now.body.shop]).toEqual(['"2"', 'US']);
  });

  test('that were made up looking at other ones are refused', async () => {
    const put = (etag: string) => as('Ada', 'PUT', '/order-settings/seen', { admission: 'strict' }, { 'if-match': etag });
    const answers = await Promise.all(Array.from({ length: 4 }, () => put('"0"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await put('"1"')).status).toBe(200);
  });

  test.each([
    [{ newOrderStatus: 'processing' }, 'newOrderStatus'],
    [{ processingStatus: 'no_such_status' }, 'processingStatus'],
    [{ shop: 'no shop' }, 'shop'],
    [{ admission: 'sometimes' }, 'admission'],
    [{ importOrder: false }, 'importOrder'],
  ])('cannot be %j, and the answer names the field', async (settings, field) => {
    const { status, body } = await as('Ada', 'PUT', '/order-settings/wrong', settings);
    expect([status, JSON.stringify(body.errors)]).toEqual([400, expect.stringContaining(field)]);
  });

  test('name the statuses of its orders, which then cannot be taken away', async () => {
    await as('Ada', 'POST', '/statuses', { code: 'fresh', label: 'Fresh', state: 'new' });
    await as('Ada', 'POST', '/statuses', { code: 'to_pick', label: 'To pick', state: 'processing' });
    await settle('labels', { newOrderStatus: 'fresh', processingStatus: 'to_pick' });
    const [order, other] = [inStore('labels'), inStore('plain')];
    await publish('labels', order);
    await publish('plain', other);
    await shows(order.orderId, { state: 'new', status: 'fresh' });
    await shows(other.orderId, { state: 'new', status: 'new' });
    await answer('labels', order, { type: 'stock-reserved', version: 1 });
    await shows(order.orderId, { state: 'processing', status: 'to_pick' });
    expect((await as('Ada', 'DELETE', '/statuses/fresh')).body).toMatchObject({ code: 'status.in-use' });
  });
});

describe('the number of an order', () => {
  test("is Amazon's, or counted by its shop across stores", async () => {
    await settle('amazon-numbers', { numberSource: 'amazon', customerAccounts: 'account' });
    await settle('shop-1', { shop: 'EU' });
    await settle('shop-2', { shop: 'EU' });
    const [theirs, first, second] = [inStore('amazon-numbers'), inStore('shop-1'), inStore('shop-2')];
    await publish('amazon-numbers', theirs);
    await publish('shop-1', first);
    await shows(first.orderId, { number: 'EU-000000001' });
    await publish('shop-2', second);
    await shows(second.orderId, { number: 'EU-000000002' });
    for (const words of ['EU-000000002', 'eu-0000', 'EU000000002'])
      await eventually(async () => expect(await foundBy(words)).toContain(second.orderId));
    await shows(theirs.orderId, { number: theirs.amazonOrderId });
    await eventually(() => {
      const told = (order: AmazonOrder) => harness.published(OrderCreated).find(({ aggregateId }) => aggregateId === order.orderId)?.data;
      expect([told(theirs), told(first)]).toMatchObject([{ customer: 'account' }, { shop: 'EU', customer: 'guest' }]);
    });
  });
});

describe('a store that does not import', () => {
  test('shows its orders with a link to Seller Central, and gets them when it begins to', async () => {
    await settle('shown', { importOrders: false });
    const [open, shipped] = [inStore('shown', { country: 'DE' }), inStore('shown', { status: 'shipped' })];
    await publish('shown', open, shipped);
    const url = `https://sellercentral.amazon.de/orders-v3/order/${open.amazonOrderId}`;
    await shows(open.orderId, { state: 'pending', number: null, sellerCentralUrl: url });
    await shows(shipped.orderId, { state: 'pending', number: null });
    expect(await logOf(open.orderId)).toEqual([]);

    await settle('shown', { importOrders: true });
    await shows(open.orderId, { state: 'new', number: '000000001' });
    expect((await as('Ada', 'GET', `/orders/${open.orderId}`)).body).not.toHaveProperty('sellerCentralUrl');
    await shows(shipped.orderId, { state: 'pending', number: null });
  });
});

describe('a strict store', () => {
  test('lets an order in when its stock is there, and it is found by its number', async () => {
    await settle('strict', { admission: 'strict' });
    const order = inStore('strict');
    await publish('strict', order);
    await eventually(() =>
      expect(harness.published(OrderReservationRequested).filter(({ aggregateId }) => aggregateId === order.orderId)).toHaveLength(1),
    );
    await answer('strict', order, { type: 'stock-short', missing: [missing()], version: 1 });
    await shows(order.orderId, { state: 'pending', number: null, stock: 'short' });
    await answer('strict', order, { type: 'stock-reserved', version: 2 });
    const { number } = await shows(order.orderId, { state: 'processing', number: '000000001' });
    expect((await harness.get(`/orders?q=${number}&tenant=strict`)).body.items).toMatchObject([{ id: order.orderId }]);
  });
});

describe('the SKUs of a store', () => {
  const imported = (csv: string) => as('Ada', 'POST', '/sku-map/mapped/imports', { csv });

  test('are mapped one by one or from CSV, listed page by page, and taken away', async () => {
    expect((await imported('sku;sellerSku\nMUG-BLUE;AMZ-MUG\n\nLAMP-OAK-2;"AMZ;LAMP"\n')).body).toEqual({ mappings: 2 });
    await as('Ada', 'PUT', '/sku-map/mapped', { items: [{ sellerSku: 'AMZ-MUG', sku: 'MUG-RED' }] });
    const first = (await harness.get('/sku-map/mapped?limit=1')).body;
    expect(first.items).toEqual([{ sellerSku: 'AMZ-MUG', sku: 'MUG-RED' }]);
    const second = (await harness.get(`/sku-map/mapped?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({ items: [{ sellerSku: 'AMZ;LAMP', sku: 'LAMP-OAK-2' }] });
    const remove = () => as('Ada', 'DELETE', `/sku-map/mapped/${encodeURIComponent('AMZ;LAMP')}`);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
    expect((await harness.get('/sku-map/other')).body.items).toEqual([]);
  });

  test.each([
    ['MUG,AMZ-MUG', 'csv'],
    ['sellerSku,sku\nA,B\nC,', 'csv.3.sku'],
    ['sellerSku,sku\nA,B\n\nA,C', 'csv.4.sellerSku'],
  ])('that are wrong in CSV are named by their line: %j', async (csv, field) => {
    const { status, body } = await imported(csv);
    expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
  });

  test('become ours in every line, from the first snapshot on', async () => {
    await as('Ada', 'PUT', '/sku-map/mapping', { items: [{ sellerSku: 'AMZ-MUG', sku: 'MUG-BLUE' }] });
    const lines = [aLine({ sku: 'AMZ-MUG' }), aLine({ lineId: '10000000000002', sku: 'LAMP' })];
    const [order, elsewhere] = [inStore('mapping', { lines }), inStore('unmapped', { lines })];
    await publish('mapping', order);
    await publish('unmapped', elsewhere);
    await shows(order.orderId, { lines: [{ sku: 'MUG-BLUE', sellerSku: 'AMZ-MUG' }, { sku: 'LAMP' }] });
    await shows(elsewhere.orderId, { lines: [{ sku: 'AMZ-MUG' }, { sku: 'LAMP' }] });
    await harness.publishAll([message(AmazonOrderUpdated, { ...order, updatedAt: '2026-03-01T12:00:00Z' }, 2, 'mapping')]);
    await shows(order.orderId, { amazonUpdatedAt: '2026-03-01T12:00:00.000Z', lines: [{ sku: 'MUG-BLUE' }, { sku: 'LAMP' }] });
    expect(harness.published(OrderUpdated).filter(({ aggregateId }) => aggregateId === order.orderId)).toEqual([]);
  });
});

describe('an order that', () => {
  /** What it is like when it has come in, seen by whoever looks at it. */
  const comesIn = async (changes: Partial<AmazonOrder>, expected: object) => {
    const order = inStore('kinds', changes);
    await publish('kinds', order);
    await shows(order.orderId, { number: expect.stringMatching(/^\d{9}$/), ...expected });
    return order;
  };
  const { amounts: _, ...unpriced } = aLine();

  test('replaces another one comes in without anything to pay', async () => {
    const replaces = '882-9999999-0000001';
    const order = await comesIn(
      { replaces, totals: undefined, lines: [unpriced] },
      { replaces, money: { grandTotalMinor: 0, dueMinor: 0 } },
    );
    expect((await harness.get(`/orders/${order.orderId}`)).body).not.toHaveProperty('totals');
  });

  test('costs nothing comes in with that total', async () => {
    const totals = { currency: 'USD', grandTotalMinor: 0, tipMinor: 0 };
    await comesIn({ totals }, { totals, money: { grandTotalMinor: 0 } });
  });

  test('has a line of which nothing is wanted comes in with it', async () => {
    const lines = [aLine(), aLine({ lineId: '10000000000002', quantity: 0 })];
    await comesIn(
      { lines },
      {
        units: 2,
        ledger: [
          { ordered: 2, toShip: 2 },
          { ordered: 0, toShip: 0 },
        ],
      },
    );
  });

  test('a business bought, or that is fetched at the shop, says so', async () => {
    await comesIn({ programs: ['business', 'in-store-pickup'] }, { programs: ['business', 'in-store-pickup'] });
  });

  test('is in another currency keeps to that', async () => {
    const totals = { currency: 'JPY', grandTotalMinor: 2600, tipMinor: 0 };
    await comesIn({ totals, country: 'JP' }, { totals });
  });

  test('gets a tip late costs as much more', async () => {
    const order = await comesIn({ status: 'shipped' }, { state: 'complete', totals: { tipMinor: 0 } });
    const totals = { currency: 'USD', grandTotalMinor: 2900, tipMinor: 300 };
    await harness.publishAll([message(AmazonOrderUpdated, { ...order, totals }, 2, 'kinds')]);
    await shows(order.orderId, { state: 'complete', totals });
  });

  test('Amazon ships to an address that it does not tell comes in all the same, whatever our stock', async () => {
    await comesIn({ fulfilledBy: 'amazon', status: 'shipped', buyerData: 'withheld' }, { state: 'complete', stock: 'none' });
    await settle('strict-kinds', { admission: 'strict' });
    const strict = inStore('strict-kinds', { fulfilledBy: 'amazon', status: 'shipped', buyerData: 'withheld' });
    await publish('strict-kinds', strict);
    await shows(strict.orderId, { state: 'complete', number: '000000001' });
  });
});
