import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { writeFeed, type XmlWish } from './write-feed.ts';

const order = { amazonOrderId: '902-1106328-1059050' };
const lineId = '79039765272157';
const head =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">' +
  '<Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>A3SELLERID00001</MerchantIdentifier></Header>';
const aRefund = (amountMinor: number, currency = 'USD'): XmlWish => ({
  ...{ way: 'refund', ...order, currency, reason: 'customer-return' },
  lines: [{ lineId, adjustmentId: 'rf-01J9ZK3X-1', components: [{ kind: 'item', amountMinor }] }],
});

describe('the document of a feed', () => {
  test('cancels a whole order', () => {
    expect(writeFeed('A3SELLERID00001', [{ way: 'cancel-order', ...order, lineIds: [lineId, '2'], reason: 'no-inventory' }])).toBe(
      `${head}<MessageType>OrderAcknowledgement</MessageType><Message><MessageID>1</MessageID><OrderAcknowledgement>` +
        '<AmazonOrderID>902-1106328-1059050</AmazonOrderID><StatusCode>Failure</StatusCode>' +
        '<Item><AmazonOrderItemCode>79039765272157</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>' +
        '<Item><AmazonOrderItemCode>2</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>' +
        '</OrderAcknowledgement></Message></AmazonEnvelope>',
    );
  });

  test('cancels units and pays back, one message for each, numbered from 1', () => {
    const units: XmlWish = { way: 'cancel-units', ...order, lines: [{ lineId, quantity: 1 }], reason: 'buyer-canceled' };
    expect(writeFeed('A3SELLERID00001', [units, aRefund(1_000)])).toBe(
      `${head}<MessageType>OrderAdjustment</MessageType>` +
        '<Message><MessageID>1</MessageID><OperationType>Update</OperationType><OrderAdjustment>' +
        '<AmazonOrderID>902-1106328-1059050</AmazonOrderID><ActionType>Cancel</ActionType><AdjustedItem>' +
        '<AmazonOrderItemCode>79039765272157</AmazonOrderItemCode><AdjustmentReason>CustomerCancel</AdjustmentReason>' +
        '<QuantityCancelled>1</QuantityCancelled></AdjustedItem></OrderAdjustment></Message>' +
        '<Message><MessageID>2</MessageID><OperationType>Update</OperationType><OrderAdjustment>' +
        '<AmazonOrderID>902-1106328-1059050</AmazonOrderID><ActionType>Refund</ActionType><AdjustedItem>' +
        '<AmazonOrderItemCode>79039765272157</AmazonOrderItemCode>' +
        '<MerchantAdjustmentItemID>rf-01J9ZK3X-1</MerchantAdjustmentItemID><AdjustmentReason>CustomerReturn</AdjustmentReason>' +
        '<ItemPriceAdjustments><Component><Type>Principal</Type><Amount currency="USD">10.00</Amount></Component></ItemPriceAdjustments>' +
        '</AdjustedItem></OrderAdjustment></Message></AmazonEnvelope>',
    );
  });

  test.each([
    ['USD', 5, '0.05'],
    ['JPY', 1_500, '1500'],
  ])('has amounts in %s with as many decimals as the currency', (currency, minor, amount) => {
    expect(writeFeed('A', [aRefund(minor, currency)])).toContain(`<Amount currency="${currency}">${amount}</Amount>`);
  });

  test('begins without a byte-order mark', () => {
    expect(Buffer.from(writeFeed('A', [aRefund(1)]))[0]).toBe('<'.charCodeAt(0));
  });

  test('carries any text that XML can carry, and stays well-formed with any other', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const wish: XmlWish = { way: 'cancel-order', amazonOrderId: `[${text}]`, lineIds: [lineId], reason: 'no-inventory' };
        const read = parser.parse(writeFeed('A', [wish]), true);
        const carried = read.AmazonEnvelope.Message.OrderAcknowledgement.AmazonOrderID;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 does not allow
        expect(carried).toBe(`[${text.replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '\ufffd')}]`);
      }),
      { seed: 7 },
    );
  });
});
