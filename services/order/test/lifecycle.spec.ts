import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  type EventDefinition,
  InvoiceIssued,
  OrderBlocked,
  OrderCanceled,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aLine, aSnapshot, message, missing } from './builders.ts';
import { orderHarness } from './harness.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

let serial = 0;
const another = (changes: Parameters<typeof aSnapshot>[0] = {}): AmazonOrder =>
  aSnapshot({ amazonOrderId: `222-0000000-${String(++serial).padStart(7, '0')}`, ...changes });

const publish = <Data>(definition: EventDefinition<Data>, data: Data & { orderId: string }, aggregateVersion = 1, tenant = 'store-1') =>
  harness.publishAll([message(definition, data, aggregateVersion, tenant)]);

const shows = (orderId: string, expected: object) =>
  eventually(async () => {
    const { body } = await harness.get(`/orders/${orderId}`);
    expect(body).toMatchObject(expected);
    return body;
  });

const publishedOf = <Data>(definition: EventDefinition<Data>, orderId: string) =>
  harness.published(definition).filter((event) => event.aggregateId === orderId);

/** The events of an order, as the service's own log has them. */
const logOf = async (orderId: string): Promise<[number, string][]> => {
  const { body } = await harness.get(`/events/${orderId}`);
  return body.items.map((event: { aggregateVersion: number; type: string }) => [event.aggregateVersion, event.type]);
};

describe('an order from Amazon', () => {
  test('is created, and processed when its stock is reserved', async () => {
    const order = another();
    await publish(AmazonOrderImported, order);
    const { number } = await shows(order.orderId, { state: 'new', stock: 'waiting', units: 2 });
    expect(number).toMatch(/^\d{9}$/);

    await publish(StockReserved, { orderId: order.orderId, lines: [{ lineId: '10000000000001', sku: 'MUG-BLUE', quantity: 2 }] });
    await shows(order.orderId, { state: 'processing', stock: 'reserved', number });

    await publish(InvoiceIssued, {
      orderId: order.orderId,
      invoiceId: '0190a5a0-0000-7000-8000-000000000001',
      number: '000000009',
      currency: 'USD',
      totalMinor: 2600,
    });
    await shows(order.orderId, { billed: [{ kind: 'invoice', number: '000000009', totalMinor: 2600, canceled: false }] });

    await eventually(() => {
      expect(publishedOf(OrderCreated, order.orderId)).toMatchObject([{ tenant: 'store-1', data: { number, lines: order.lines } }]);
      expect(publishedOf(OrderProcessingStarted, order.orderId)).toMatchObject([{ aggregateVersion: 2, data: { number } }]);
    });
  });

  test('is blocked when stock is missing, says what for, and goes on when it arrives', async () => {
    const order = another();
    await publish(AmazonOrderImported, order);
    await publish(StockShort, { orderId: order.orderId, lines: [], missing: [missing()] });
    await shows(order.orderId, { state: 'blocked', blockReasons: [missing()] });

    await publish(StockReserved, { orderId: order.orderId, lines: [] }, 2);
    await shows(order.orderId, { state: 'processing', blockReasons: [] });
    expect(await logOf(order.orderId)).toEqual([
      [1, 'order.created'],
      [2, 'order.blocked'],
      [3, 'order.attention_raised'],
      [4, 'order.processing_started'],
      [5, 'order.attention_cleared'],
    ]);
    await eventually(() => expect(publishedOf(OrderBlocked, order.orderId)).toMatchObject([{ data: { reasons: [missing()] } }]));
  });

  test('whose stock is answered before we have heard of it waits, and is not lost', async () => {
    const order = another();
    await publish(StockReserved, { orderId: order.orderId, lines: [] });
    await eventually(async () => {
      const { body } = await harness.get('/metrics');
      expect(body).toMatch(/handler_duration_seconds_count\{[^}]*outcome="too-early"[^}]*\} [1-9]/);
    });
    await publish(AmazonOrderImported, order);
    await shows(order.orderId, { state: 'processing' });
  });

  test('is canceled with Amazon, and stays so whatever is released afterwards', async () => {
    const order = another();
    await publish(AmazonOrderImported, order);
    await publish(AmazonOrderUpdated, { ...order, status: 'canceled', cancelRequested: { reason: 'bought twice' } }, 2);
    await shows(order.orderId, { state: 'canceled', cancelRequested: true, cancelReason: 'bought twice' });
    await publish(StockReleased, { orderId: order.orderId, lines: [] });
    await shows(order.orderId, { state: 'canceled', stock: 'released' });
    await eventually(() =>
      expect(publishedOf(OrderCanceled, order.orderId)).toMatchObject([{ data: { reason: 'the buyer asked for it: bought twice' } }]),
    );
  });

  test('tells once what changed, and nothing when nothing did', async () => {
    const order = another();
    await publish(AmazonOrderImported, order);
    await publish(AmazonOrderUpdated, { ...order, updatedAt: '2026-03-01T12:00:00Z' }, 2);
    await publish(AmazonOrderUpdated, { ...order, lines: [aLine({ quantity: 1 })] }, 3);
    await shows(order.orderId, { units: 1 });
    expect(await logOf(order.orderId)).toEqual([
      [1, 'order.created'],
      [2, 'order.updated'],
    ]);
    await eventually(() => expect(publishedOf(OrderUpdated, order.orderId)).toMatchObject([{ data: { status: 'new' } }]));
  });
});

describe('an order that Amazon ships', () => {
  test('is no order while it waits there, and complete once it is one', async () => {
    const order = another({ fulfilledBy: 'amazon', status: 'unshipped' });
    await publish(AmazonOrderImported, order);
    await shows(order.orderId, { state: 'pending', number: null });
    await publish(AmazonOrderUpdated, { ...order, status: 'shipped' }, 2);
    await shows(order.orderId, { state: 'complete', stock: 'none' });
    expect(await logOf(order.orderId)).toEqual([
      [1, 'order.created'],
      [2, 'order.updated'],
    ]);
  });
});

describe('two stores', () => {
  test('with the same Amazon number have two orders, each numbered in its own series', async () => {
    const amazonOrderId = '333-1111111-2222222';
    const [here, there] = [another({ tenant: 'store-a', amazonOrderId }), another({ tenant: 'store-b', amazonOrderId })];
    await publish(AmazonOrderImported, here, 1, 'store-a');
    await publish(AmazonOrderImported, there, 1, 'store-b');
    await shows(here.orderId, { tenant: 'store-a', number: '000000001' });
    await shows(there.orderId, { tenant: 'store-b', number: '000000001' });

    expect(await harness.get(`/orders/${amazonOrderId}`)).toMatchObject({
      status: 409,
      body: { code: 'order.ambiguous', facts: { tenants: expect.arrayContaining(['store-a']) } },
    });
    expect((await harness.get(`/orders/${amazonOrderId}?tenant=store-b`)).body.id).toBe(there.orderId);
    expect((await harness.get(`/orders/000000001?tenant=store-a`)).body.id).toBe(here.orderId);
  });
});
