import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported, type BlockReason, OrderUpdated } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aLine, aSnapshot, message, missing } from './builders.ts';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness({ RETRY_BLOCKERS_EVERY: '20ms', LOG_LEVEL: 'fatal' });
});
afterAll(() => harness.stop());

const { as, tell, shows, logOf } = people(() => harness, '883');

let serial = 0;
const published = async (tenant: string, changes: Partial<AmazonOrder> = {}): Promise<AmazonOrder> => {
  const order = aSnapshot({ tenant, amazonOrderId: `883-0000000-${String(++serial).padStart(7, '0')}`, ...changes });
  await harness.publishAll([message(AmazonOrderImported, order, 1, tenant)]);
  await shows(order.orderId, { amazonOrderId: order.amazonOrderId });
  return order;
};

const blocked = async (tenant: string, reason: Partial<BlockReason> = {}): Promise<AmazonOrder> => {
  const why = missing(reason);
  const order = await published(tenant, { lines: [aLine({ sku: why.sku })] });
  await tell(order, { type: 'stock-short', missing: [why], version: 1 });
  await shows(order.orderId, { state: 'blocked' });
  return order;
};

const listed = async (query: string) => (await harness.get(`/blockers?${query}`)).body;
const only = async (tenant: string) => (await listed(`tenant=${tenant}`)).items[0];

/** As if the time for the next try had come. */
const letTimeCome = ({ orderId }: AmazonOrder) =>
  harness.app.database.query('update blocker set next_try_at = now() where order_id = $1', [orderId]);

describe('the work list', () => {
  test('says of each order what is in its way, in words, the longest waiting first', async () => {
    const stockless = await blocked('list');
    const unknown = await blocked('list', { sku: 'MUG?', cause: 'unknown-sku' });
    const disabled = await blocked('list', { cause: 'disabled' });
    const { items } = await listed('tenant=list');
    expect(items).toMatchObject([
      {
        ...{ orderId: stockless.orderId, tenant: 'list', number: '000000001', state: 'blocked', attempts: 0 },
        blockers: [{ cause: 'out-of-stock', sku: 'MUG-BLUE', words: 'of MUG-BLUE, 2 are wanted and 0 are there: restock it' }],
      },
      { orderId: unknown.orderId, blockers: [{ cause: 'unknown-sku', words: expect.stringContaining('map the SKU') }] },
      { orderId: disabled.orderId, blockers: [{ cause: 'disabled', words: 'the product MUG-BLUE is disabled: enable it' }] },
    ]);
    expect(Date.parse(items[0].nextTryAt)).toBeGreaterThan(Date.parse(items[0].since));

    expect((await listed('tenant=list&cause=disabled')).items).toMatchObject([{ orderId: disabled.orderId }]);
    expect((await listed(`orderId=${unknown.orderId}`)).items).toMatchObject([{ orderId: unknown.orderId }]);
    const first = await listed('tenant=list&limit=2');
    const rest = await listed(`tenant=list&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(items);
  });

  test('is left by an order whose stock arrives, that is canceled, or that was let in', async () => {
    const [stocked, gone, admitted] = [await blocked('leaving'), await blocked('leaving'), await blocked('leaving')];
    expect((await listed('tenant=leaving')).items).toHaveLength(3);
    await tell(stocked, { type: 'stock-reserved', version: 2 });
    await tell(gone, { type: 'observe', snapshot: { ...gone, status: 'canceled' }, version: 2 });
    await as('Ada', 'POST', `/orders/${admitted.orderId}/admit`);
    await eventually(async () => expect((await listed('tenant=leaving')).items).toEqual([]));
  });

  test('keeps an order that is blocked beneath a hold', async () => {
    const order = await blocked('holding');
    await as('Ada', 'POST', `/orders/${order.orderId}/hold`, {});
    expect((await listed('tenant=holding')).items).toMatchObject([{ orderId: order.orderId, state: 'held' }]);
  });

  test('has what waits outside of a strict store, which may be let in anyway', async () => {
    await as('Ada', 'PUT', '/order-settings/outside', { admission: 'strict' });
    const [short, empty] = [await published('outside'), await published('outside', { lines: [] })];
    const causes = async () =>
      (await listed('tenant=outside')).items.map((item: { blockers: { cause: string }[] }) => item.blockers[0]?.cause);
    await eventually(async () => expect(await causes()).toEqual(['no-answer', 'no-lines']));
    await tell(short, { type: 'stock-short', missing: [missing()], version: 1 });
    await eventually(async () => expect(await causes()).toEqual(['out-of-stock', 'no-lines']));
    expect((await listed('tenant=outside&cause=no-lines')).items).toMatchObject([
      { orderId: empty.orderId, number: null, state: 'pending' },
    ]);

    const { body } = await as('Ada', 'POST', `/orders/${short.orderId}/admit`);
    expect(body).toMatchObject({ state: 'processing', number: '000000001', admitted: true, attention: ['stock-missing'] });
    await as('Ada', 'PUT', '/order-settings/outside', { admission: 'always' });
    await shows(empty.orderId, { state: 'new', number: '000000002' });
    expect((await listed('tenant=outside')).items).toEqual([]);
  });

  test('names what is wrong with a question', async () => {
    const { status, body } = await harness.get('/blockers?cause=boredom');
    expect([status, body.errors[0].field]).toEqual([400, 'cause']);
  });
});

describe('what is in the way', () => {
  test('is tried again by itself, each time after twice as long', async () => {
    const order = await blocked('retried');
    for (const minutes of [2, 4]) {
      await letTimeCome(order);
      const { attempts, nextTryAt } = await eventually(async () => {
        const item = await only('retried');
        expect(2 ** item.attempts).toBe(minutes);
        return item;
      });
      expect(attempts).toBe(Math.log2(minutes));
      expect((Date.parse(nextTryAt) - Date.now()) / 60_000).toBeGreaterThan(minutes - 0.5);
    }
    expect(await logOf(order.orderId)).toEqual(['created', 'blocked', 'attention_raised', 'retry_requested', 'retry_requested']);
  });

  test('is tried again by a person at once, which counts', async () => {
    const order = await blocked('by-hand');
    await as('Ada', 'POST', `/orders/${order.orderId}/retry`);
    expect(await only('by-hand')).toMatchObject({ orderId: order.orderId, attempts: 1 });
  });

  test('goes when the SKU is mapped, and only for whoever waits for it', async () => {
    const waiting = await blocked('mapping', { sku: 'AMZ-MUG', cause: 'unknown-sku' });
    const other = await blocked('mapping', { sku: 'AMZ-LAMP', cause: 'unknown-sku' });
    await as('Ada', 'PUT', '/sku-map/mapping', { items: [{ sellerSku: 'AMZ-MUG', sku: 'MUG-BLUE' }] });
    await shows(waiting.orderId, { lines: [{ sku: 'MUG-BLUE', sellerSku: 'AMZ-MUG' }] });
    await eventually(() =>
      expect(harness.published(OrderUpdated).filter(({ aggregateId }) => aggregateId === waiting.orderId)).toMatchObject([
        { data: { status: 'blocked', lines: [{ sku: 'MUG-BLUE' }] } },
      ]),
    );
    await tell(waiting, { type: 'stock-reserved', version: 2 });
    await shows(waiting.orderId, { state: 'processing' });
    expect((await listed('tenant=mapping')).items).toMatchObject([{ orderId: other.orderId, attempts: 0 }]);
  });

  test('comes with products that may be meant, of those whose stock was found before', async () => {
    const fine = await published('suggesting', { lines: [aLine({ sku: 'MUG-BLUE' })] });
    await tell(fine, { type: 'stock-reserved', version: 1 });
    await shows(fine.orderId, { state: 'processing' });
    for (const sku of ['AMZ-MUG-BLUE', 'AMZ-MUG-BLUE', 'XYZ-9']) await blocked('suggesting', { sku, cause: 'unknown-sku' });
    expect((await harness.get('/sku-map/suggesting/suggestions')).body.items).toEqual([
      { sellerSku: 'AMZ-MUG-BLUE', orders: 2, suggestions: [{ sku: 'MUG-BLUE', likeness: 0.8 }] },
      { sellerSku: 'XYZ-9', orders: 1, suggestions: [] },
    ]);
  });

  test('of one order that cannot even be tried keeps no other waiting', async () => {
    for (const tenant of ['poisoned', 'healthy']) await as('Ada', 'PUT', `/order-settings/${tenant}`, { admission: 'strict' });
    const taken = await published('poisoned');
    const stuck = await published('poisoned');
    const next = await published('healthy');
    await as('Ada', 'POST', `/orders/${taken.orderId}/admit`);
    // Its number would be given out twice.
    await harness.app.database.query(`update number_series set next = 1 where name = 'order:poisoned'`);
    await harness.app.database.query(
      `update order_settings set settings = settings || '{"admission": "always"}' where tenant in ('poisoned', 'healthy')`,
    );
    await harness.app.database.query(`update blocker set next_try_at = now() where tenant in ('poisoned', 'healthy')`);
    await shows(next.orderId, { state: 'new', number: '000000001' });
    await eventually(async () => expect(await only('poisoned')).toMatchObject({ orderId: stuck.orderId, attempts: 1 }));
  });

  test('of many orders keeps no other order waiting', async () => {
    const stuck = Array.from({ length: 300 }, (_, n) =>
      aSnapshot({ tenant: 'crowd', amazonOrderId: `884-0000000-${String(n).padStart(7, '0')}`, lines: [aLine({ sku: 'AMZ-X' })] }),
    );
    await harness.publishAll(stuck.map((order) => message(AmazonOrderImported, order, 1, 'crowd')));
    const rows = () => harness.app.database.query<{ n: number }>(`select count(*)::int as n from orders where tenant = 'crowd'`);
    await eventually(async () => expect((await rows())[0]?.n).toBe(300));
    for (const order of stuck.slice(0, 299))
      void tell(order, { type: 'stock-short', missing: [missing({ sku: 'AMZ-X', cause: 'unknown-sku' })], version: 1 });
    const next = await published('crowd');
    await tell(next, { type: 'stock-reserved', version: 1 });
    await shows(next.orderId, { state: 'processing' });
    await eventually(async () => expect((await listed('tenant=crowd&limit=200')).items).toHaveLength(200));
    await as('Ada', 'PUT', '/sku-map/crowd', { items: [{ sellerSku: 'AMZ-X', sku: 'MUG-BLUE' }] });
    const renamed = () =>
      harness.app.database.query<{ n: number }>(
        `select count(*)::int as n from orders where tenant = 'crowd' and lines @> '[{"sellerSku": "AMZ-X"}]' and state = 'blocked'`,
      );
    await eventually(async () => expect((await renamed())[0]?.n).toBe(299));
  });
});
