import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { accessMatrix, eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { aLine, amounts, anOrder, totals } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;
const order = anOrder({ lines: [aLine({ quantity: 2, quantityShipped: 2, amounts: amounts(2_000) })], totals: totals(2_000) });
const { orderId, amazonOrderId } = order;
const credit = { orderId, reason: 'customer-return', lines: [{ lineId: aLine().lineId, quantity: 1 }] };
let [invoiceId, creditMemoId] = ['', ''];

beforeAll(async () => {
  harness = await serviceHarness({ schema, build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'fatal' })) });
  await harness.publish(OrderCreated, order, { aggregateId: orderId, aggregateVersion: 1 });
  invoiceId = await eventually(async () => (await harness.get(`/invoices?orderId=${orderId}`)).body.items[0].invoiceId);
  creditMemoId = (await harness.send('POST', '/credit-memos', credit)).body.creditMemoId;
});
afterAll(() => harness?.stop());

describe('billing', () => {
  test('lets everybody do what he has been given, and nothing else', async () => {
    const job = (await harness.send('POST', '/print-jobs', { orderIds: [orderId], documents: ['invoices'] })).body.id;
    const ofInvoice = { params: { documentId: invoiceId } };
    const ofMemo = { params: { documentId: creditMemoId } };
    const wrong = await accessMatrix({
      ...{ app: harness.app, access: harness.access, store: 'store-1', hidden: [orderId, amazonOrderId] },
      params: { orderId, invoiceId, creditMemoId, aggregateId: orderId, tenant: 'store-1', id: '1' },
      requests: {
        'POST /invoices': { body: { orderId } },
        'GET /invoices/:documentId/comments': ofInvoice,
        'POST /invoices/:documentId/comments': { ...ofInvoice, body: { text: 'x' } },
        'GET /credit-memos/:documentId/comments': ofMemo,
        'POST /credit-memos/:documentId/comments': { ...ofMemo, body: { text: 'x' } },
        'POST /credit-memos': { body: credit },
        'POST /credit-memos/preview': { body: credit },
        'PUT /billing-settings/:tenant': { body: {} },
        'POST /print-jobs': { body: { orderIds: [orderId], documents: ['invoices'] } },
        'GET /print-jobs/:id/pdf': { params: { id: job } },
      },
    });
    expect(wrong).toEqual([]);
  });

  test('shows the books of the stores that somebody has access to, and no others', async () => {
    const stranger = harness.as({ stores: ['store-2'] });
    expect((await harness.get('/journal')).body.items).toHaveLength(1);
    expect((await stranger.get('/journal')).body.items).toEqual([]);
    expect(JSON.stringify((await stranger.get('/journal/balances')).body)).not.toContain('2000');
    expect((await (await stranger.fetch('/journal/export.csv')).text()).trim().split('\n')).toHaveLength(1);
    expect((await stranger.get('/journal?tenant=store-1')).status).toBe(403);
  });

  test('gives money back for whoever may, and for nobody else', async () => {
    const answer = await harness
      .as({ permissions: ['read', 'operate', 'bill', 'books', 'administer'] })
      .send('POST', '/credit-memos', credit);
    expect([answer.status, answer.body.detail]).toEqual([403, 'Needs the permission refund']);
  });
});
