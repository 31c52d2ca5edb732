import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  InvoiceIssued,
  InvoiceUploadRequested,
  OrderCreated,
  OrderUpdated,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { aLine, amounts, anOrder, type Created, totals, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'error', RETRY_DELAYS: '200ms,500ms,1s' })),
    capture: [InvoiceIssued, InvoiceUploadRequested] as never,
  });
});

afterAll(() => harness?.stop());

const lamp = '40000000000001';
/** Three lamps for 10.00 together, shipped for 5.00, with a tip of 2.00. */
const lamps = {
  lines: [aLine({ quantity: 3, taxCollectedBy: 'seller', amounts: amounts(1_000, { shippingMinor: 500 }) })],
  totals: totals(1_700, 200),
};
const units = (quantity: number) => [{ lineId: lamp, quantity }];

const settle = (tenant: string, settings: object, headers: Record<string, string> = {}) =>
  put(`/billing-settings/${tenant}`, settings, headers);
const put = async (path: string, body: object, headers: Record<string, string>) => {
  const answer = await harness.fetch(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return { status: answer.status, etag: answer.headers.get('etag'), body: (await answer.json()) as any };
};

const billingOf = (orderId: string, expected: object = {}) =>
  eventually(async () => {
    const { status, body } = await harness.get(`/orders/${orderId}/billing`);
    expect({ status, body }).toMatchObject({ status: 200, body: expected });
    return body;
  });

const created = async (tenant: string, changes: Partial<Created> = {}): Promise<Created> => {
  const order = anOrder({ ...lamps, ...changes });
  await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1, tenant });
  await billingOf(order.orderId);
  return order;
};

const dispatch = ({ orderId }: Created, tenant: string, shipmentId: string, quantity: number, revision = 1) =>
  harness.publish(
    ShipmentDispatched,
    { orderId, shipmentId, revision, shippedAt: '2026-05-05T08:00:00.000Z', carrier: 'DHL', labelFrom: 'seller', lines: units(quantity) },
    { aggregateId: orderId, aggregateVersion: revision, tenant },
  );

const issuedFor = (orderId: string, count: number) =>
  eventually(() => {
    const events = harness.published(InvoiceIssued).filter(({ data }) => data.orderId === orderId);
    expect(events).toHaveLength(count);
    return events.map(({ data }) => data);
  });

describe('a store that bills by hand', () => {
  test('has invoices of some units, the last one with all that is left, to the cent', async () => {
    await settle('by-hand', { invoicing: 'manual' });
    const order = await created('by-hand');
    await billingOf(order.orderId, {
      status: 'open',
      invoicedMinor: 0,
      totalsDiffer: false,
      toBill: { lines: [{ lineId: lamp, quantity: 3 }] },
    });
    expect((await harness.get('/attention')).body.items).not.toContainEqual(expect.objectContaining({ orderId: order.orderId }));
    const bill = (lines?: object) => harness.send('POST', '/invoices', { orderId: order.orderId, ...(lines ? { lines } : {}) });

    expect(await bill(units(1))).toMatchObject({
      status: 201,
      body: { totalMinor: 333 + 500 + 200, tipMinor: 200, lines: [{ quantity: 1 }], number: '000000001' },
    });
    expect(await bill(units(1))).toMatchObject({ status: 201, body: { totalMinor: 333, tipMinor: 0 } });
    expect(await bill(units(2))).toMatchObject({
      status: 409,
      body: { code: 'invoice.not-possible', detail: `line ${lamp}: 1 can be billed, not 2` },
    });
    expect(await bill()).toMatchObject({ status: 201, body: { totalMinor: 334, number: '000000003' } });
    expect(await bill()).toMatchObject({ status: 409, body: { detail: 'nothing is left to be billed' } });
    await billingOf(order.orderId, { status: 'invoiced', invoicedMinor: 1_700, totalsDiffer: false });
    expect((await issuedFor(order.orderId, 3)).map(({ lines, actor }) => [lines, actor?.kind])).toEqual([
      [units(1), 'person'],
      [units(1), 'person'],
      [units(1), 'person'],
    ]);
    const balances = await harness.app.database.query<{ difference: number }>(
      `select sum(debit_minor - credit_minor)::int as difference from journal_line l join journal_entry e on e.id = l.entry_id where e.order_id = $1`,
      [order.orderId],
    );
    expect(balances).toEqual([{ difference: 0 }]);
  });

  test('has no two invoices of the same units from two requests at the same moment', async () => {
    await settle('by-hand', { invoicing: 'manual' });
    const order = await created('by-hand');
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => harness.send('POST', '/invoices', { orderId: order.orderId, lines: units(2) })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
  });
});

describe('a store that bills as it ships', () => {
  test('has an invoice for each parcel; what is corrected or voided changes none, and is not billed twice', async () => {
    await settle('as-shipped', { invoicing: 'on-shipment' });
    const order = await created('as-shipped');
    const [first, second] = [randomUUID(), randomUUID()];
    await dispatch(order, 'as-shipped', first, 2);
    await billingOf(order.orderId, { status: 'open', invoicedMinor: 666 + 700 });
    await harness.publish(
      ShipmentVoided,
      { orderId: order.orderId, shipmentId: first, revision: 2, actor: { kind: 'person', name: 'Ada' } },
      { aggregateId: order.orderId, aggregateVersion: 2, tenant: 'as-shipped' },
    );
    await dispatch(order, 'as-shipped', second, 3);
    await billingOf(order.orderId, { status: 'invoiced', invoicedMinor: 1_700 });
    expect((await issuedFor(order.orderId, 2)).map(({ lines }) => lines)).toEqual([units(2), units(1)]);
  });

  test('bills what Amazon ships, or shows as shipped, as well', async () => {
    await settle('as-shipped', { invoicing: 'on-shipment' });
    const order = await created('as-shipped', { fulfilledBy: 'amazon' });
    const shipped = { ...order, lines: [{ ...(order.lines[0] as Created['lines'][number]), quantityShipped: 3 }] };
    await harness.publish(OrderUpdated, updated(shipped, { status: 'complete' }), {
      aggregateId: order.orderId,
      aggregateVersion: 2,
      tenant: 'as-shipped',
    });
    await billingOf(order.orderId, { status: 'invoiced', invoicedMinor: 1_700 });
  });
});

describe('stores of one shop', () => {
  test('are numbered together, each document type by itself, with what stands around the number', async () => {
    await settle('shop-1', { shop: 'EU', invoiceSuffix: '/26' });
    await settle('shop-2', { shop: 'EU', invoicePrefix: 'R' });
    const numbers = [];
    for (const tenant of ['shop-1', 'shop-2']) numbers.push((await billingOf((await created(tenant)).orderId)).invoice.number);
    numbers.push((await billingOf((await created('shop-3', { shop: 'EU' })).orderId)).invoice.number);
    numbers.push((await billingOf((await created('shop-4')).orderId)).invoice.number);
    expect(numbers).toEqual(['EU-000000001/26', 'R000000002', 'EU-000000003', '000000001']);
  });
});

describe('the settings of a store', () => {
  test('are the usual ones until somebody settles on others, and are not overwritten unseen', async () => {
    expect((await harness.get('/billing-settings/settled')).body).toMatchObject({ invoicing: 'on-import', shop: null, vatRates: {} });
    const first = await settle('settled', { vatRates: { DE: 19 }, sellerAddress: ['Lamp Ltd', '1 Way'] }, { 'if-match': '"0"' });
    expect(first).toMatchObject({ status: 200, etag: '"1"', body: { vatRates: { DE: 19 }, sellerAddress: ['Lamp Ltd', '1 Way'] } });
    expect((await settle('settled', {}, { 'if-match': '"0"' })).status).toBe(412);
  });

  test.each([
    [{ invoicing: 'never' }, 'invoicing'],
    [{ vatRates: { DE: 101 } }, 'vatRates.DE'],
    [{ invoicePrefix: '=1' }, 'invoicePrefix'],
    [{ colour: 'red' }, 'colour'],
  ])('are not %j', async (settings, field) => {
    expect(await settle('settled', settings)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });
});

describe('documents that Amazon wants to have', () => {
  const uploads = (orderId: string) => harness.published(InvoiceUploadRequested).filter(({ data }) => data.orderId === orderId);

  test('are handed in once something has shipped, and again when a person says so after a refusal', async () => {
    await settle('uploading', { uploadVatInvoices: true, vatRates: { DE: 19 } });
    const order = await created('uploading');
    expect(uploads(order.orderId)).toEqual([]);
    await dispatch(order, 'uploading', randomUUID(), 1);
    const [{ data }] = (await eventually(() => {
      expect(uploads(order.orderId)).toHaveLength(1);
      return uploads(order.orderId);
    })) as [ReturnType<typeof uploads>[number]];
    expect(data).toMatchObject({ documentType: 'invoice', attempt: 1, totalMinor: 1_700, taxMinor: expect.any(Number) });
    expect(data.taxMinor).toBe(160 + 80);
    const { documentId } = data;
    const about = { orderId: order.orderId, amazonOrderId: order.amazonOrderId, documentId };
    const uploadOf = (expected: object) =>
      eventually(async () => expect((await harness.get(`/invoices/${documentId}`)).body.upload).toEqual(expected));
    await uploadOf({ state: 'requested', attempt: 1 });
    expect(await harness.send('POST', `/invoices/${documentId}/upload`)).toMatchObject({
      status: 409,
      body: { code: 'invoice.no-upload' },
    });

    const refusal = { code: 'vidr', words: 'Number missing' };
    await harness.publish(AmazonInvoiceRejected, { ...about, attempt: 1, refusal }, { aggregateId: order.orderId, aggregateVersion: 9 });
    await uploadOf({ state: 'refused', attempt: 1, refusal });
    expect((await harness.send('POST', `/invoices/${documentId}/upload`)).status).toBe(200);
    await uploadOf({ state: 'requested', attempt: 2 });
    await harness.publish(AmazonInvoiceRejected, { ...about, attempt: 1, refusal }, { aggregateId: order.orderId, aggregateVersion: 10 });
    await harness.publish(
      AmazonInvoiceAccepted,
      { ...about, attempt: 2, acceptedAt: '2026-05-06T08:00:00.000Z' },
      { aggregateId: order.orderId, aggregateVersion: 11 },
    );
    await uploadOf({ state: 'accepted', attempt: 2 });
  });

  test('are not handed in where Amazon does not take them', async () => {
    await settle('uploading', { uploadVatInvoices: true });
    const order = await created('uploading', { country: 'US' });
    await dispatch(order, 'uploading', randomUUID(), 1);
    await eventually(async () =>
      expect((await harness.app.database.query('select shipped from order_billing where id = $1', [order.orderId]))[0]).toEqual({
        shipped: true,
      }),
    );
    const { invoice } = await billingOf(order.orderId);
    expect(await harness.send('POST', `/invoices/${invoice.invoiceId}/upload`)).toMatchObject({
      body: { detail: 'Amazon takes no invoices for US' },
    });
    expect(uploads(order.orderId)).toEqual([]);
  });
});

describe('what people write on an invoice', () => {
  test('stays, with its author, newest first, and the buyer is told nothing', async () => {
    const { invoice } = await billingOf((await created('commented')).orderId);
    for (const text of ['one', 'two', 'three'])
      expect((await harness.send('POST', `/invoices/${invoice.invoiceId}/comments`, { text })).status).toBe(201);
    const first = (await harness.get(`/invoices/${invoice.invoiceId}/comments?limit=2`)).body;
    expect(first.items).toMatchObject([{ text: 'three', notified: false, author: { kind: 'person' } }, { text: 'two' }]);
    const rest = (await harness.get(`/invoices/${invoice.invoiceId}/comments?limit=2&cursor=${first.nextCursor}`)).body;
    expect(rest.items).toMatchObject([{ text: 'one' }]);
    expect(await harness.send('POST', `/invoices/${randomUUID()}/comments`, { text: 'x' })).toMatchObject({
      status: 404,
      body: { code: 'invoice.unknown' },
    });
  });

  test('is never mailed, nor is the invoice', async () => {
    const { invoice } = await billingOf((await created('commented')).orderId);
    expect(await harness.send('POST', `/invoices/${invoice.invoiceId}/email`)).toMatchObject({
      status: 409,
      body: { code: 'invoice.mail-not-allowed' },
    });
  });
});
