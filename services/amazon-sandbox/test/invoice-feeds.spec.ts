import { describe, expect, test } from '@jest/globals';
import { europe, type WholeOrder } from './harness.ts';
import { type Shop, startShop } from './shop.ts';

const germany = 'A1PA6795UKMFR9';
const pdf = '%PDF-1.7\nan invoice';
const path = '/feeds/2021-06-30';
const anOrder = (shop: Shop, wish: Record<string, unknown> = {}) =>
  shop.order({ marketplaceId: germany, fulfillmentStatus: 'SHIPPED', ...wish });
const grandTotal = ({ proceeds }: WholeOrder): string => String(proceeds?.grandTotal?.amount);

const optionsFor = (order: WholeOrder, changes: Record<string, string> = {}): Record<string, string> => ({
  ...{ OrderId: order.orderId, InvoiceNumber: 'R-1', TotalAmount: grandTotal(order), TotalVATAmount: '1.00', DocumentType: 'Invoice' },
  ...changes,
});

/** Uploads a document, and gives the report. */
const upload = async (
  shop: Shop,
  options: Record<string, string>,
  { content = pdf, contentType = 'application/pdf', prefix = 'metadata:' } = {},
): Promise<string> => {
  const { asSeller, clock } = shop;
  const { body } = await asSeller<{ feedDocumentId: string; url: string }>(europe, 'POST', `${path}/documents`, { contentType });
  await shop.upload(body.url, content, { 'content-type': contentType });
  const feedOptions = Object.fromEntries(Object.entries(options).map(([name, value]) => [`${prefix}${name}`, value]));
  const feed = { feedType: 'UPLOAD_VAT_INVOICE', marketplaceIds: [germany], inputFeedDocumentId: body.feedDocumentId, feedOptions };
  const { feedId } = (await asSeller<{ feedId: string }>(europe, 'POST', `${path}/feeds`, feed)).body;
  clock.forward(60_000);
  return shop.reportOf(feedId, europe);
};
const taken = 'Number of records successful\t\t1';

describe('an invoice that is uploaded', () => {
  test('is taken in, and the ledger knows what came, but not what stands in it', async () => {
    const shop = await startShop();
    const order = await anOrder(shop);
    const report = await upload(shop, optionsFor(order));
    expect(report).toContain('Number of records processed\t\t1');
    expect(report).toContain(taken);
    const [entry] = await shop.ledger({ operation: 'UPLOAD_VAT_INVOICE' });
    expect(entry).toMatchObject({
      orderId: order.orderId,
      effect: 'created',
      request: { type: 'Invoice', number: 'R-1', bytes: pdf.length },
    });
    expect(JSON.stringify(entry)).not.toContain('an invoice');
  });

  test('may be for a part of the order, and be taken back in part', async () => {
    const shop = await startShop();
    const order = await anOrder(shop);
    expect(await upload(shop, optionsFor(order, { TotalAmount: '10.00' }))).toContain(taken);
    expect(await upload(shop, optionsFor(order, { InvoiceNumber: 'R-2' }))).toContain('79520');
    expect(await upload(shop, optionsFor(order, { InvoiceNumber: 'G-1', DocumentType: 'CreditNote', TotalAmount: '10.01' }))).toContain(
      '79520',
    );
    expect(await upload(shop, optionsFor(order, { InvoiceNumber: 'G-1', DocumentType: 'CreditNote', TotalAmount: '10.00' }))).toContain(
      taken,
    );
  });

  test.each([
    ['whose names have no prefix', {}, { prefix: '' }, '79513'],
    ['that is no PDF', {}, { content: 'Dear buyer' }, '79503'],
    ['that is not declared as one', {}, { contentType: 'text/plain' }, '79503'],
    ['of an order that nobody knows', { OrderId: '302-0000000-0000000' }, {}, '79501'],
    ['that bills more than was paid', { TotalAmount: '100000.00' }, {}, '79520'],
    ['whose tax is more than its total', { TotalAmount: '1.00', TotalVATAmount: '1.01' }, {}, '79520'],
    ['about a booking of another order', { DocumentType: 'Invoice', TransactionId: 'made-up' }, {}, '79516'],
  ])('%s is refused', async (_, changes, document, code) => {
    const shop = await startShop();
    const report = await upload(shop, optionsFor(await anOrder(shop), changes as Record<string, string>), document);
    expect(report).toContain(`1\t\t${code}\tError\t`);
    expect(await shop.ledger({ operation: 'UPLOAD_VAT_INVOICE' })).toMatchObject([{ effect: 'refused' }]);
  });

  test('with a number that was used, or where Amazon bills itself, is refused', async () => {
    const shop = await startShop();
    expect(await upload(shop, optionsFor(await anOrder(shop)))).toContain(taken);
    expect(await upload(shop, optionsFor(await anOrder(shop)))).toContain('79519');
    const byAmazon = await anOrder(shop, { programs: ['INVOICE_BY_AMAZON'] });
    expect(await upload(shop, optionsFor(byAmazon, { InvoiceNumber: 'R-9' }))).toContain('79525');
  });
});
