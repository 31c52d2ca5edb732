import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvoiceCanceled, InvoiceIssued, OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { aLine, amounts, anOrder, type Created, canceled, totals, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'error', RETRY_DELAYS: '200ms,500ms,1s' })),
    capture: [InvoiceIssued, InvoiceCanceled] as never,
  });
});

afterAll(() => harness?.stop());

const create = (order: Created, tenant = 'store-1') =>
  harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1, tenant });

const billingOf = (orderId: string, expected: object = {}) =>
  eventually(async () => {
    const { status, body } = await harness.get(`/orders/${orderId}/billing`);
    expect({ status, body }).toMatchObject({ status: 200, body: expected });
    return body;
  });

const issuedFor = (orderId: string) =>
  eventually(() => {
    const events = harness.published(InvoiceIssued).filter((event) => event.aggregateId === orderId);
    expect(events).toHaveLength(1);
    return events[0] as (typeof events)[number];
  });

describe('an order', () => {
  test('gets an invoice with its lines and amounts as Amazon says them', async () => {
    const lines = [
      aLine({ lineId: '1', asin: 'B000000001', amounts: amounts(2_000, { taxMinor: 380, discountMinor: -100 }) }),
      aLine({
        lineId: '2',
        sku: 'SKU-CUP',
        title: 'Cup',
        quantity: 3,
        taxCollectedBy: 'seller',
        amounts: amounts(900, { shippingMinor: 499 }),
      }),
    ];
    const order = anOrder({ lines, totals: totals(3_679 + 250, 250) });
    const cause = await create(order);

    const { invoice } = await billingOf(order.orderId, { status: 'invoiced', dueMinor: 3_929, invoicedMinor: 3_929, totalsDiffer: false });
    const { body } = await harness.get(`/invoices/${invoice.invoiceId}`);
    expect(body).toMatchObject({
      ...{ orderId: order.orderId, orderNumber: order.number, amazonOrderId: order.amazonOrderId, tenant: 'store-1', status: 'issued' },
      ...{ currency: 'EUR', totalMinor: 3_929, tipMinor: 250, number: expect.stringMatching(/^\d{9}$/) },
    });
    expect(body.lines).toEqual(lines.map(({ quantityShipped: _, ...line }) => line));
    expect(await issuedFor(order.orderId)).toMatchObject({
      ...{ aggregateVersion: 1, tenant: 'store-1', correlationId: cause.correlationId, causationId: cause.id },
      data: { orderId: order.orderId, invoiceId: invoice.invoiceId, number: invoice.number, currency: 'EUR', totalMinor: 3_929 },
    });
  });

  test('that Amazon fulfils gets one as well, unless Amazon issues it', async () => {
    const ours = anOrder({ fulfilledBy: 'amazon' });
    const theirs = anOrder({ fulfilledBy: 'amazon', programs: ['invoice-by-amazon'] });
    await create(ours);
    await create(theirs);
    await billingOf(ours.orderId, { status: 'invoiced' });
    await billingOf(theirs.orderId, { status: 'not-needed', reason: 'invoice-by-amazon', totalsDiffer: false });
  });

  test('whose money does not add up gets none and waits for a person', async () => {
    const order = anOrder({ totals: totals(2_000) });
    await create(order);
    const waiting = { status: 'review', reason: 'order-does-not-add-up', detail: 'lines 1999, tip 0, Amazon says 2000' };
    expect(await billingOf(order.orderId, waiting)).not.toHaveProperty('invoice');
    const { body } = await harness.get('/attention');
    expect(body.items).toContainEqual(expect.objectContaining({ orderId: order.orderId, ...waiting }));
    const metrics = await harness.get('/metrics');
    expect(metrics.body).toMatch(/billing_review\{service="billing"\} 1/);
  });

  test('that is canceled has its invoice canceled; the number stays used', async () => {
    const order = anOrder();
    await create(order, 'canceling');
    const { data } = await issuedFor(order.orderId);
    await harness.publish(OrderCanceled, canceled(order, 'buyer asked'), { aggregateId: order.orderId, aggregateVersion: 2 });

    await billingOf(order.orderId, { status: 'canceled', reason: 'buyer asked', dueMinor: 0, totalsDiffer: false });
    expect((await harness.get(`/invoices/${data.invoiceId}`)).body).toMatchObject({ status: 'canceled', cancelReason: 'buyer asked' });
    await eventually(() =>
      expect(harness.published(InvoiceCanceled).filter((event) => event.aggregateId === order.orderId)).toMatchObject([
        { aggregateVersion: 2, data: { ...data, reason: 'buyer asked' } },
      ]),
    );
    const next = anOrder();
    await create(next, 'canceling');
    expect((await issuedFor(next.orderId)).data.number).toBe('000000002');
  });

  test('with a late tip shows that more is due than was invoiced, and keeps its document', async () => {
    const order = anOrder();
    await create(order);
    const { invoice } = await billingOf(order.orderId, { status: 'invoiced' });
    await harness.publish(OrderUpdated, updated(order, { totals: totals(2_499, 500) }), {
      aggregateId: order.orderId,
      aggregateVersion: 2,
    });
    await billingOf(order.orderId, { status: 'invoiced', dueMinor: 2_499, invoicedMinor: 1_999, totalsDiffer: true });
    expect((await harness.get(`/invoices/${invoice.invoiceId}`)).body).toMatchObject({ totalMinor: 1_999, tipMinor: 0 });
  });

  test('that is updated or canceled before we know it is handled when it arrives', async () => {
    const order = anOrder();
    await harness.publish(OrderCanceled, canceled(order), { aggregateId: order.orderId, aggregateVersion: 2 });
    await create(order);
    await billingOf(order.orderId, { status: 'canceled', reason: 'order canceled' });
  });
});

describe('an issued invoice', () => {
  test('cannot be changed or deleted, not even by us', async () => {
    const order = anOrder();
    await create(order);
    const { invoice } = await billingOf(order.orderId, { status: 'invoiced' });
    const change = (sql: string) => harness.app.database.query(sql, [invoice.invoiceId]);
    await expect(change('update invoice set total_minor = 1 where id = $1')).rejects.toThrow('can only be canceled');
    await expect(change(`update invoice set lines = '[]' where id = $1`)).rejects.toThrow('can only be canceled');
    await expect(change('delete from invoice where id = $1')).rejects.toThrow('never deleted');
    await expect(harness.app.database.query('truncate invoice')).rejects.toThrow('never deleted');
    const cancel = `update invoice set status = 'canceled', canceled_at = now(), cancel_reason = 'x' where id = $1`;
    await change(cancel);
    await expect(change(cancel)).rejects.toThrow('can only be canceled');
    await expect(change(`update invoice set status = 'issued', canceled_at = null, cancel_reason = null where id = $1`)).rejects.toThrow();
  });
});

describe('the list of invoices', () => {
  test('is paged newest first and loses nothing between invoices of the same moment', async () => {
    const orders = Array.from({ length: 7 }, () => anOrder());
    for (const order of orders) await create(order, 'paging');
    await eventually(async () => expect((await harness.get('/invoices?tenant=paging')).body.items).toHaveLength(7));

    const numbers: string[] = [];
    for (let path: string | undefined = '/invoices?tenant=paging&limit=3'; path; ) {
      const { body } = await harness.get(path);
      numbers.push(...body.items.map((item: { number: string }) => item.number));
      path = body.nextCursor && `/invoices?tenant=paging&limit=3&cursor=${body.nextCursor}`;
    }
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `00000000${n}`));
  });

  test('is filtered by order, number, status and date', async () => {
    const order = anOrder();
    await create(order, 'filtering');
    const { data } = await issuedFor(order.orderId);
    const find = async (query: string) =>
      (await harness.get(`/invoices?tenant=filtering&${query}`)).body.items.map((item: { invoiceId: string }) => item.invoiceId);
    expect(await find(`orderId=${order.orderId}`)).toEqual([data.invoiceId]);
    expect(await find(`number=${data.number}`)).toEqual([data.invoiceId]);
    expect(await find('number=999999999')).toEqual([]);
    expect(await find('status=canceled')).toEqual([]);
    expect(await find('issuedFrom=2020-01-01T00:00:00Z')).toEqual([data.invoiceId]);
    expect(await find('issuedTo=2020-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('wrong input', () => {
  test.each([
    ['/invoices?status=paid', 400, 'status'],
    ['/invoices?orderId=7', 400, 'orderId'],
    ['/invoices?issuedFrom=yesterday', 400, 'issuedFrom'],
    ['/invoices?colour=red', 400, 'colour'],
    ['/invoices?cursor=abc', 400, 'cursor'],
    ['/invoices/7', 400, 'invoiceId'],
    ['/orders/7/billing', 400, 'orderId'],
  ])('%s is answered with %i and names %s', async (path, status, field) => {
    const answer = await harness.get(path);
    expect(answer).toMatchObject({ status, body: { errors: [{ field }] } });
  });

  test('an unknown order or invoice is not found', async () => {
    expect(await harness.get(`/orders/${randomUUID()}/billing`)).toMatchObject({ status: 404, body: { code: 'billing.order-unknown' } });
    expect(await harness.get(`/invoices/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'invoice.unknown' } });
  });
});
