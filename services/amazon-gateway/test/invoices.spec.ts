import fs from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { AmazonInvoiceAccepted, AmazonInvoiceRejected, AmazonRefundSettled, AmazonWriteUncertain } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { aPdf, type BillingStub, billingStub } from './billing-stub.ts';
import { type AnOrder, type FeedsHarness, feedsHarness, type LedgerEntry } from './feeds-harness.ts';

const germany = 'A1PA6795UKMFR9';
const [, seller] = sellers;
if (!seller) throw new Error('no seller in Europe');

let billing: BillingStub;
let gateway: FeedsHarness;
const logged: string[] = [];

beforeAll(async () => {
  // The log writes to the descriptor itself.
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
    logged.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  billing = await billingStub();
  const { sellerId, clientId, clientSecret, refreshToken } = seller;
  gateway = await feedsHarness({
    sandbox: { financesDelayMs: 0 },
    env: {
      ...{ AMAZON_REGION: 'eu', AMAZON_SELLER_ID: sellerId, AMAZON_CLIENT_ID: clientId, AMAZON_CLIENT_SECRET: clientSecret },
      ...{ AMAZON_REFRESH_TOKEN: refreshToken, BILLING_URL: billing.url, AMAZON_BOOKING_PATIENCE: '20ms', LOG_LEVEL: 'trace' },
    },
  });
});
afterEach(async () => {
  billing.answer = { status: 200, body: aPdf };
  await fetch(`${gateway.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await gateway?.stop();
  await billing?.stop();
});

const anOrder = (wish: object = {}) =>
  gateway.order({ sellerId: seller.sellerId, marketplaceId: germany, fulfillmentStatus: 'SHIPPED', programs: [], ...wish }, [2]);
const filed = async ({ amazonOrderId }: AnOrder): Promise<LedgerEntry[]> =>
  (await gateway.ledger({ orderId: amazonOrderId })).filter(({ operation }) => operation === 'UPLOAD_VAT_INVOICE');
const told = <Data extends { orderId: string }>(definition: { type: string }, { orderId }: AnOrder, count = 1) =>
  eventually(() => {
    const found = gateway.service.published(definition as never).map(({ data }) => data as unknown as Data);
    const mine = found.filter((data) => data.orderId === orderId);
    if (mine.length !== count) throw new Error(`${mine.length} were published`);
    return mine;
  });

describe('a document that Amazon wants to have', () => {
  test('is fetched from billing when it is handed in, and told of with its numbers', async () => {
    const order = await anOrder();
    const documentId = newId();
    const id = await gateway.invoice(order, { documentId, number: 'R-2026-1', totalMinor: 1_190, taxMinor: 190 });
    await gateway.command(id, 'done');
    expect(billing.asked).toContain(`/invoices/${documentId}/pdf Bearer`);
    expect(await filed(order)).toMatchObject([
      { effect: 'created', request: { type: 'Invoice', number: 'R-2026-1', total: 1_190, tax: 190, bytes: aPdf.length } },
    ]);
    expect(await told(AmazonInvoiceAccepted, order)).toMatchObject([{ documentId, attempt: 1 }]);
    const feed = (await gateway.service.get(`/feeds/${(await gateway.command(id, 'done')).feedId}`)).body;
    expect(feed).toMatchObject({ type: 'UPLOAD_VAT_INVOICE', state: 'done', messages: 1, accepted: 1, rejected: 0 });
  });

  test('is a feed of its own, however many wait', async () => {
    await gateway.service.send('PUT', '/installation/read-only', { readOnly: true });
    const orders = [await anOrder(), await anOrder(), await anOrder()];
    const ids = [];
    for (const order of orders) ids.push(await gateway.invoice(order));
    for (const id of ids) await gateway.command(id, 'pending');
    await gateway.service.send('PUT', '/installation/read-only', { readOnly: false });
    const feeds = [];
    for (const id of ids) feeds.push((await gateway.command(id, 'done')).feedId);
    expect(new Set(feeds).size).toBe(3);
  });

  test('for a credit memo names the booking of its refund, and follows its invoice', async () => {
    const order = await anOrder();
    const creditMemoId = newId();
    const { lineId = '' } = order.lines[0] ?? {};
    const lines = [{ lineId, components: [{ kind: 'item', amountMinor: 500 }] }];
    await gateway.command(await gateway.refund(order, lines, { refundId: creditMemoId, currency: 'EUR' }), 'done');
    const [settled] = await told<{ orderId: string; transactionId: string }>(AmazonRefundSettled, order);
    const invoice = await gateway.invoice(order, { totalMinor: 1_000 });
    const memo = await gateway.invoice(order, {
      documentId: creditMemoId,
      documentType: 'credit-memo',
      number: 'G-1',
      totalMinor: 500,
      taxMinor: 80,
    });
    for (const id of [invoice, memo]) await gateway.command(id, 'done');
    expect(billing.asked).toContain(`/credit-memos/${creditMemoId}/pdf Bearer`);
    expect((await filed(order)).map(({ request }) => request.type)).toEqual(['Invoice', 'CreditNote']);
    expect(settled?.transactionId).toMatch(/^[\w-]{20,}$/);
    await told(AmazonInvoiceAccepted, order, 2);
  });

  test("that Amazon refuses says so in Amazon's words, and may be asked for again", async () => {
    const order = await anOrder();
    const documentId = newId();
    const first = await gateway.invoice(order, { documentId, totalMinor: 99_999_999 });
    await gateway.command(first, 'failed');
    expect(await told(AmazonInvoiceRejected, order)).toMatchObject([
      { documentId, attempt: 1, refusal: { code: 'amazon.report.79520', words: expect.stringContaining('total') } },
    ]);
    await gateway.command(await gateway.invoice(order, { documentId, attempt: 2 }), 'done');
    const { status, body } = await gateway.service.send('POST', `/commands/${first}/retry`);
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('attempt 2')]);
  });

  test('that Amazon has, is not handed in twice', async () => {
    const order = await anOrder();
    const documentId = newId();
    await gateway.command(await gateway.invoice(order, { documentId }), 'done');
    await gateway.command(await gateway.invoice(order, { documentId, attempt: 2 }), 'failed');
    expect(await told(AmazonInvoiceRejected, order)).toMatchObject([{ attempt: 2, refusal: { code: 'invoice.asked-already' } }]);
    expect(await filed(order)).toHaveLength(1);
  });

  test('of an order that Amazon bills itself is refused before anybody is asked', async () => {
    const order = await anOrder({ programs: ['INVOICE_BY_AMAZON'] });
    const before = billing.asked.length;
    await gateway.command(await gateway.invoice(order), 'failed');
    expect(await told(AmazonInvoiceRejected, order)).toMatchObject([{ refusal: { code: 'invoice.by-amazon' } }]);
    expect(billing.asked).toHaveLength(before);
  });
});

describe('while billing', () => {
  test.each([
    ['is away', { status: 0, body: '' }, 'cannot be reached'],
    ['has a problem', { status: 503, body: '' }, 'does not give the document'],
    ['does not know the document', { status: 404, body: '' }, 'has no such document'],
    ['answers with something else', { status: 200, body: '<html>' }, 'no PDF'],
  ])('%s, nothing is sent: the document waits, and goes out later', async (_, answer, words) => {
    billing.answer = answer;
    const order = await anOrder();
    const id = await gateway.invoice(order);
    await eventually(async () => expect((await gateway.command(id, 'pending')).answer?.words).toContain(words));
    expect(await gateway.command(id, 'pending')).toMatchObject({ attempts: 0, answer: { result: 'not-sent' } });
    expect(await filed(order)).toEqual([]);
    billing.answer = { status: 200, body: aPdf };
    await gateway.service.send('POST', `/commands/${id}/retry`);
    await gateway.command(id, 'done');
    expect(await filed(order)).toHaveLength(1);
  });
});

describe('a document whose feed was not answered', () => {
  test('is found, and handed in once', async () => {
    await gateway.fault('error-after-effect', { operations: ['createFeed'], times: 1 });
    const order = await anOrder();
    expect((await gateway.command(await gateway.invoice(order), 'done')).attempts).toBe(1);
    expect(await filed(order)).toHaveLength(1);
  });

  test('or that Amazon gave up on, waits for a person', async () => {
    await gateway.fault('feeds-fatal-after-effect', { times: 1 });
    const order = await anOrder();
    const id = await gateway.invoice(order);
    const [uncertain] = await told<{ orderId: string; kind: string; words: string }>(AmazonWriteUncertain, order);
    expect(uncertain).toMatchObject({ kind: 'invoice', words: expect.stringContaining('Seller Central') });
    expect((await gateway.command(id, 'unknown')).attempts).toBe(1);
    await gateway.service.send('POST', `/commands/${id}/settle`, { as: 'done', note: 'Seller Central shows it' });
    await told(AmazonInvoiceAccepted, order);
    expect(await filed(order)).toHaveLength(1);
  });
});

test('what stands in a document is in no table and no line of the log', async () => {
  const { database } = gateway.service.app;
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
  );
  const texts = await Promise.all(tables.map(({ name }) => database.query<{ text: string }>(`select t::text as text from ${name} t`)));
  const everything = texts.flat().map(({ text }) => text);
  expect(everything.some((text) => text.includes('R-2026-1'))).toBe(true);
  expect(logged.length).toBeGreaterThan(100);
  for (const secret of [
    'Canary Buyerson',
    '%PDF',
    Buffer.from(aPdf).toString('base64').slice(0, 20),
    Buffer.from(aPdf).toString('hex').slice(0, 20),
  ])
    expect([...everything, ...logged].filter((text) => text.includes(secret))).toEqual([]);
});
