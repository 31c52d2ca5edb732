import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCanceled, OrderHeld } from '@orderbus/contracts';
import { eventually, personOf, serviceHarness, type TestCaller } from '@orderbus/testkit';
import { type BuyerShow, showBuyers, textsOf } from '@orderbus/testkit/documents';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder, type Created, canceled } from './orders.ts';
import { ready, request, type World } from './shipping-world.ts';

let orders: BuyerShow;
let harness: World;

beforeAll(async () => {
  orders = await showBuyers();
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, ORDER_URL: orders.url, LOG_LEVEL: 'fatal', RETRY_DELAYS: '50ms,200ms,1s' })),
  });
  await request(harness, 'PUT', '/products', [
    { sku: 'LAMP', title: 'Desk lamp' },
    { sku: 'CUP', title: 'Cup' },
  ]);
  await request(harness, 'PUT', '/stock', [
    { sku: 'LAMP', onHand: 1_000 },
    { sku: 'CUP', onHand: 1_000 },
  ]);
});

afterAll(async () => {
  await harness?.stop();
  await orders?.stop();
});

afterEach(() => {
  orders.refusal = undefined;
});

const name = '山田 太郎';
let counted = 100;

const anOpenOrder = async (changes: Partial<Created> = {}): Promise<Created> => {
  const number = String(++counted).padStart(9, '0');
  const order = anOrder([aLine('LAMP', 2), aLine('CUP', 1)], { number, country: 'DE', ...changes });
  orders.buyers.set(order.orderId, {
    recipient: { name, lines: ['Am Hang 3'], postalCode: '12345', city: 'Neustadt', country: 'DE' },
    gifts: [{ lineId: 'line-CUP', message: 'Alles Gute!' }],
  });
  await ready(harness, order);
  return order;
};

const fetchPdf = async (path: string, caller: TestCaller = {}) => {
  const answer = await harness.as({ name: 'Ada', ...caller }).fetch(path);
  const isPdf = answer.headers.get('content-type') === 'application/pdf';
  return {
    status: answer.status,
    headers: answer.headers,
    pages: isPdf ? await textsOf(new Uint8Array(await answer.arrayBuffer())) : [],
    problem: isPdf ? undefined : await answer.json(),
  };
};

const job = (orderIds: readonly string[], documents: readonly string[] = ['packing-slips']) =>
  request(harness, 'POST', '/print-jobs', { orderIds, documents });

describe('a packing slip', () => {
  test('shows the address of this moment, asked for in the name of whoever prints, and only what it needs', async () => {
    const { orderId, number } = await anOpenOrder();
    const { status, headers, pages } = await fetchPdf(`/orders/${orderId}/packing-slip`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toBe(`inline; filename="packing-slip-${number}.pdf"`);
    for (const part of [name, 'Am Hang 3', '12345 Neustadt', number, 'Desk lamp', 'Stück: 3', 'Grußbotschaft Alles Gute!'])
      expect(pages.join()).toContain(part);
    expect(orders.asked.at(-1)).toMatchObject({
      headers: { 'x-on-behalf-of': 'Ada', authorization: expect.stringMatching(/^Bearer /) },
      body: { purpose: 'packing-slip', orderIds: [orderId], fields: ['name', 'company', 'recipient', 'delivery', 'gifts'] },
    });
  });

  test('of a parcel has what is in that parcel, and its number', async () => {
    const { orderId } = await anOpenOrder();
    const packages = [{ carrier: 'DHL', trackingNumber: '00340', lines: [{ sku: 'LAMP', quantity: 1 }] }, { carrier: 'UPS' }];
    const [first] = (await request(harness, 'POST', '/shipments', { orderId, packages })).body.items;
    const [slip] = (await fetchPdf(`/orders/${orderId}/packing-slip?shipmentId=${first.id}`)).pages;
    expect(slip).toMatch(/DHL 00340.*1 LAMP.*Stück: 1/);
    expect(slip).not.toContain('UPS');
    const [whole] = (await fetchPdf(`/orders/${orderId}/packing-slip`)).pages;
    expect(whole).toMatch(/Paket 1 von 2 DHL 00340.*Paket 2 von 2 UPS.*Stück: 3/);
    expect(await fetchPdf(`/orders/${orderId}/packing-slip?shipmentId=${randomUUID()}`)).toMatchObject({ status: 404 });
  });

  test('without the permission is refused in the words of the order service', async () => {
    const { orderId } = await anOpenOrder();
    orders.refusal = { status: 403, body: { code: 'buyer.not-permitted', detail: 'Needs the permission see-buyer-data' } };
    expect(await fetchPdf(`/orders/${orderId}/packing-slip`)).toMatchObject({
      status: 403,
      problem: { code: 'buyer.not-permitted', detail: 'Needs the permission see-buyer-data' },
    });
  });

  test('says when the buyer was forgotten', async () => {
    const { orderId } = await anOpenOrder();
    orders.buyers.set(orderId, '2026-07-01T00:00:00.000Z');
    expect((await fetchPdf(`/orders/${orderId}/packing-slip`)).pages[0]).toContain('Adresse gelöscht am 1. Juli 2026');
    orders.buyers.delete(orderId);
    expect((await fetchPdf(`/orders/${orderId}/packing-slip`)).pages[0]).toContain('Adresse unbekannt');
  });

  test('cannot be had while the order service is ill, and says so', async () => {
    const { orderId } = await anOpenOrder();
    orders.refusal = { status: 500, body: {} };
    expect(await fetchPdf(`/orders/${orderId}/packing-slip`)).toMatchObject({
      status: 503,
      problem: { code: 'buyers.unavailable', detail: expect.stringContaining('The order service, which keeps the addresses') },
    });
  });

  test('is not made of what does not leave the house', async () => {
    const held = await anOpenOrder();
    await harness.publish(
      OrderHeld,
      {
        orderId: held.orderId,
        number: held.number,
        amazonOrderId: held.amazonOrderId,
        cause: 'person',
        actor: { kind: 'person', name: 'Ada' },
      },
      { aggregateId: held.orderId, aggregateVersion: 3 },
    );
    await eventually(async () =>
      expect(await fetchPdf(`/orders/${held.orderId}/packing-slip`)).toMatchObject({
        status: 409,
        problem: { code: 'shipping.hold', detail: expect.stringContaining('on hold') },
      }),
    );
    expect(await fetchPdf(`/orders/${randomUUID()}/packing-slip`)).toMatchObject({ status: 404 });
  });
});

describe('a print job', () => {
  test('tells for each order whether there is something to print, and is one PDF in the order asked for', async () => {
    const [one, two, gone] = [await anOpenOrder(), await anOpenOrder(), await anOpenOrder()];
    await harness.publish(OrderCanceled, canceled(gone), { aggregateId: gone.orderId, aggregateVersion: 3 });
    const unknown = randomUUID();
    const ids = [two.orderId, gone.orderId, unknown, one.orderId];
    const { id } = await eventually(async () => {
      const { status, body } = await job(ids);
      expect({ status, results: body.results }).toEqual({
        status: 201,
        results: [
          { orderId: two.orderId, printable: true },
          { orderId: gone.orderId, printable: false, code: 'shipping.canceled', why: 'The order is canceled.' },
          { orderId: unknown, printable: false, code: 'order.unknown', why: 'There is no such order.' },
          { orderId: one.orderId, printable: true },
        ],
      });
      return body;
    });
    const { status, headers, pages } = await fetchPdf(`/print-jobs/${id}/pdf`);
    expect({ status, cache: headers.get('cache-control') }).toEqual({ status: 200, cache: 'no-store' });
    expect(pages).toEqual([expect.stringContaining(two.number), expect.stringContaining(one.number)]);
    expect(orders.asked.at(-1)?.body.orderIds).toEqual([two.orderId, one.orderId]);
  });

  test('with nothing to print says so, order by order', async () => {
    expect(await job([randomUUID()])).toMatchObject({
      status: 409,
      body: {
        ...{ code: 'print-job.nothing-to-print', detail: 'There is nothing to print' },
        errors: [{ field: 'orderIds.0', message: 'There is no such order.' }],
      },
    });
  });

  test('whose orders were all canceled meanwhile has nothing to print any more', async () => {
    const order = await anOpenOrder();
    const { id } = (await job([order.orderId])).body;
    await harness.publish(OrderCanceled, canceled(order), { aggregateId: order.orderId, aggregateVersion: 3 });
    await eventually(async () =>
      expect(await fetchPdf(`/print-jobs/${id}/pdf`)).toMatchObject({ status: 409, problem: { code: 'print-job.nothing-to-print' } }),
    );
    expect(await fetchPdf(`/print-jobs/${randomUUID()}/pdf`)).toMatchObject({ status: 404 });
  });

  test('of a pick list says where to go, asks for no buyer, and comes before the slips', async () => {
    const [one, two] = [await anOpenOrder(), await anOpenOrder()];
    const ids = [one.orderId, two.orderId];
    const asked = orders.asked.length;
    const { id } = (await job(ids, ['pick-list'])).body;
    const [list] = (await fetchPdf(`/print-jobs/${id}/pdf`, { permissions: ['read'] })).pages;
    expect(list).toMatch(/Pickliste.*Bestellungen: 2 · Stück: 6.*2 CUP Cup.*4 LAMP Desk lamp/);
    expect(orders.asked).toHaveLength(asked);

    const both = (await job(ids, ['packing-slips', 'pick-list'])).body;
    expect((await fetchPdf(`/print-jobs/${both.id}/pdf`)).pages).toEqual([
      expect.stringContaining('Pickliste'),
      expect.stringContaining(one.number),
      expect.stringContaining(two.number),
    ]);
  });

  test('sent again under its key is the same one, and keeps ids only', async () => {
    const { orderId } = await anOpenOrder();
    const body = { orderIds: [orderId, orderId], documents: ['packing-slips'] };
    const key = { 'idempotency-key': randomUUID() };
    const first = await request(harness, 'POST', '/print-jobs', body, key);
    expect((await request(harness, 'POST', '/print-jobs', body, key)).body).toEqual(first.body);
    const rows = await harness.app.database.query('select * from print_job where id = $1', [first.body.id]);
    expect(rows).toEqual([
      { id: first.body.id, documents: ['packing-slips'], order_ids: [orderId], created_by: personOf('Ada'), created_at: expect.anything() },
    ]);
  });

  test('is forgotten after seven days', async () => {
    const { orderId } = await anOpenOrder();
    const [old, young] = [(await job([orderId])).body.id, (await job([orderId])).body.id];
    await harness.app.database.query(`update print_job set created_at = now() - interval '7 days 1 minute' where id = $1`, [old]);
    await harness.app.database.query(`update print_job set created_at = now() - interval '6 days 23 hours' where id = $1`, [young]);
    const other = await harness.another();
    await eventually(async () => expect(await fetchPdf(`/print-jobs/${old}/pdf`)).toMatchObject({ status: 404 }));
    expect(await fetchPdf(`/print-jobs/${young}/pdf`)).toMatchObject({ status: 200 });
    expect(other.url).not.toBe('');
  });

  test('leaves nothing of a buyer behind, in no table', async () => {
    const { orderId } = await anOpenOrder();
    const { id } = (await job([orderId])).body;
    await fetchPdf(`/print-jobs/${id}/pdf`);
    const tables = await harness.app.database.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relnamespace = 'fulfillment'::regnamespace and relkind in ('r', 'p') and has_table_privilege(oid, 'select')`,
    );
    for (const { name: table } of tables) {
      const rows = await harness.app.database.query(`select 1 from ${table} t where t::text like '%Am Hang%' or t::text like '%太郎%'`);
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
    }
  });
});

describe('the seller’s name on documents', () => {
  test('is settled for each store, by whoever has seen what was settled before', async () => {
    const put = (body: object, headers = {}) => request(harness, 'PUT', '/document-settings/store-1', body, headers);
    expect((await harness.get('/document-settings/store-9')).body).toEqual({ sellerName: '', sellerAddress: [], footer: '', locale: null });
    const settled = { sellerName: 'Harbor & Pine', sellerAddress: ['Pier 7'], footer: 'Thank you', locale: 'en' };
    expect(await put(settled)).toMatchObject({ status: 200, body: settled });
    expect((await put({ sellerName: 'Other' }, { 'if-match': '"0"' })).status).toBe(412);
    expect((await put({ locale: 'xx' })).status).toBe(400);

    const { orderId } = await anOpenOrder();
    const [slip] = (await fetchPdf(`/orders/${orderId}/packing-slip`)).pages;
    expect(slip).toMatch(/^Packing slip Harbor & Pine Pier 7 .*Thank you/);
    expect((await put({}, { 'if-match': '"1"' })).status).toBe(200);
  });
});
