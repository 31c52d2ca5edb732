import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonRefundAccepted, OrderCanceled, OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type BuyerShow, showBuyers, textsOf } from '@orderbus/testkit/documents';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { aLine, amounts, anOrder, type Created, canceled, totals } from './orders.ts';

let orders: BuyerShow;
let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  orders = await showBuyers();
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildBillingApp(BillingConfig.parse({ ...urls, ORDER_URL: orders.url, LOG_LEVEL: 'fatal', RETRY_DELAYS: '50ms,200ms,1s' })),
  });
  await send('PUT', '/billing-settings/store-1', {
    ...{ sellerName: 'Harbor & Pine', sellerAddress: ['Pier 7', '20457 Hamburg'], vatId: 'DE000000000', footer: 'HRB 000000' },
    vatRates: { DE: 19 },
  });
});

afterAll(async () => {
  await harness?.stop();
  await orders?.stop();
});

afterEach(() => {
  orders.refusal = undefined;
});

const send = async (method: string, path: string, body: unknown) => {
  const answer = await harness.as({ name: 'Ada' }).fetch(path, {
    ...{ method, body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return { status: answer.status, body: (await answer.json()) as any };
};

/** An order of two lamps for 20.00, with 19 % in it that the seller owes, and its invoice. */
const billed = async (changes: Partial<Created> = {}): Promise<{ order: Created; invoiceId: string; number: string }> => {
  const lines = [aLine({ quantity: 2, quantityShipped: 2, taxCollectedBy: 'seller', amounts: amounts(2_000) })];
  const order = anOrder({ lines, totals: totals(2_000), ...changes });
  orders.buyers.set(order.orderId, {
    recipient: { name: 'محمد عبد الله', lines: ['Am Hang 3'], postalCode: '12345', city: 'Neustadt', country: 'DE' },
    taxRegistrations: [{ type: 'VAT', number: 'DE111111111' }],
  });
  await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1, tenant: 'store-1' });
  return eventually(async () => {
    const { body } = await harness.get(`/invoices?orderId=${order.orderId}`);
    expect(body.items).toHaveLength(1);
    return { order, invoiceId: body.items[0].invoiceId, number: body.items[0].number };
  });
};

const credited = async ({ orderId, amazonOrderId }: Created): Promise<{ id: string; accept: () => Promise<void> }> => {
  const lines = [{ lineId: aLine().lineId, quantity: 1 }];
  const { status, body } = await send('POST', '/credit-memos', { orderId, reason: 'customer-return', lines, adjustmentFeeMinor: 100 });
  expect(status).toBe(201);
  const { creditMemoId: id } = body;
  const accept = async () => {
    const event = { orderId, amazonOrderId, refundId: id, acceptedAt: '2026-05-05T08:00:00.000Z' };
    await harness.publish(AmazonRefundAccepted, event, { aggregateId: randomUUID(), aggregateVersion: 1 });
    await eventually(async () => expect((await harness.get(`/credit-memos/${id}`)).body).toMatchObject({ state: 'accepted' }));
  };
  return { id, accept };
};

const fetchPdf = async (path: string) => {
  const answer = await harness.as({ name: 'Ada' }).fetch(path);
  const isPdf = answer.headers.get('content-type') === 'application/pdf';
  return {
    status: answer.status,
    headers: answer.headers,
    pages: isPdf ? await textsOf(new Uint8Array(await answer.arrayBuffer())) : [],
    problem: isPdf ? undefined : await answer.json(),
  };
};

describe('an invoice', () => {
  test('is a PDF with the address of this moment, the tax in it, and who the seller is', async () => {
    const { order, invoiceId, number } = await billed();
    const { status, headers, pages } = await fetchPdf(`/invoices/${invoiceId}/pdf`);
    expect({ status, cache: headers.get('cache-control') }).toEqual({ status: 200, cache: 'no-store' });
    const [page = ''] = pages;
    expect(page).toMatch(/^Rechnung Harbor & Pine Pier 7 20457 Hamburg USt-IdNr. DE000000000/);
    for (const part of ['محمد عبد الله', 'Am Hang 3', number, order.amazonOrderId, 'DE111111111', 'HRB 000000'])
      expect(page).toContain(part);
    expect(page).toContain('2 Desk lamp SKU SKU-LAMP 10,00 € 20,00 €');
    expect(page).toContain('Artikel (enthalten) 19 % 16,81 € 3,19 € Verkäufer');
    expect(page).toContain('Gesamtbetrag 20,00 €');
    expect(orders.asked.at(-1)).toMatchObject({
      headers: { 'x-on-behalf-of': 'Ada', authorization: expect.stringMatching(/^Bearer /) },
      body: { purpose: 'invoice', orderIds: [order.orderId], fields: ['name', 'company', 'recipient', 'taxRegistrations'] },
    });
  });

  test('that was canceled says so', async () => {
    const { order, invoiceId } = await billed({ lines: [aLine({ quantity: 2, amounts: amounts(2_000) })] });
    await harness.publish(OrderCanceled, canceled(order), { aggregateId: order.orderId, aggregateVersion: 2 });
    await eventually(async () => expect((await fetchPdf(`/invoices/${invoiceId}/pdf`)).pages[0]).toContain('Storniert am'));
  });

  test('of a buyer who was forgotten is still an invoice', async () => {
    const { order, invoiceId, number } = await billed();
    orders.buyers.set(order.orderId, '2026-07-01T00:00:00.000Z');
    const [page] = (await fetchPdf(`/invoices/${invoiceId}/pdf`)).pages;
    expect(page).toContain('Adresse gelöscht am 1. Juli 2026');
    expect(page).toContain(number);
  });

  test('is not drawn for who may not see buyers, nor while the order service is away', async () => {
    const { invoiceId } = await billed();
    orders.refusal = { status: 403, body: { code: 'buyer.not-permitted', detail: 'Needs the permission see-buyer-data' } };
    expect(await fetchPdf(`/invoices/${invoiceId}/pdf`)).toMatchObject({ status: 403, problem: { code: 'buyer.not-permitted' } });
    orders.refusal = { status: 502, body: {} };
    expect(await fetchPdf(`/invoices/${invoiceId}/pdf`)).toMatchObject({ status: 503, problem: { code: 'buyers.unavailable' } });
    expect(await fetchPdf(`/invoices/${randomUUID()}/pdf`)).toMatchObject({ status: 404, problem: { code: 'invoice.unknown' } });
  });
});

describe('a credit memo', () => {
  test('is a PDF once it has its number', async () => {
    const { order } = await billed();
    const { id, accept } = await credited(order);
    expect(await fetchPdf(`/credit-memos/${id}/pdf`)).toMatchObject({ status: 404, problem: { code: 'credit-memo.unknown' } });
    await accept();
    const [page = ''] = (await fetchPdf(`/credit-memos/${id}/pdf`)).pages;
    expect(page).toMatch(/^Rechnungskorrektur Harbor & Pine/);
    expect(page).toContain('1 Desk lamp SKU SKU-LAMP 10,00 € 10,00 €');
    expect(page).toContain('Einbehaltene Gebühr -1,00 € Erstattung gesamt 9,00 €');
    expect(page).toContain('Artikel (enthalten) 19 % 8,40 € 1,60 €');
  });
});

describe('a print job', () => {
  test('prints the invoices and credit memos of many orders, order by order, and says who has none', async () => {
    const [one, two] = [await billed(), await billed()];
    await (await credited(two.order)).accept();
    const unknown = randomUUID();
    const { status, body } = await send('POST', '/print-jobs', {
      ...{ orderIds: [two.order.orderId, unknown, one.order.orderId], documents: ['invoices', 'credit-memos'] },
    });
    expect({ status, results: body.results }).toEqual({
      status: 201,
      results: [
        { orderId: two.order.orderId, printable: true },
        {
          orderId: unknown,
          printable: false,
          code: 'print-job.no-credit-memos-nor-invoices',
          why: 'It has no valid invoice and no credit memo with a number.',
        },
        { orderId: one.order.orderId, printable: true },
      ],
    });
    const { pages } = await fetchPdf(`/print-jobs/${body.id}/pdf`);
    expect(pages).toEqual([
      expect.stringMatching(new RegExp(`^Rechnung.*${two.number} 1/1`)),
      expect.stringMatching(/^Rechnungskorrektur/),
      expect.stringMatching(new RegExp(`^Rechnung.*${one.number} 1/1`)),
    ]);
  });

  test('with nothing to print says so', async () => {
    const { order } = await billed();
    expect(await send('POST', '/print-jobs', { orderIds: [order.orderId], documents: ['credit-memos'] })).toMatchObject({
      status: 409,
      body: {
        ...{ code: 'print-job.nothing-to-print', detail: 'There is nothing to print' },
        errors: [{ field: 'orderIds.0', message: 'It has no credit memo with a number.' }],
      },
    });
  });
});
