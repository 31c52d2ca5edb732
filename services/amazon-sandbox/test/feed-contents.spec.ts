import { describe, expect, test } from '@jest/globals';
import { adjust, component, failure, read, refunding } from './feed-messages.ts';
import { envelope, startShop } from './shop.ts';

describe('a document', () => {
  test.each([
    ['with a byte-order mark', '50001', (xml: string) => `\uFEFF${xml}`],
    ['that ends too early', '50001', (xml: string) => xml.slice(0, -5)],
    ['with an ampersand that is not escaped', '50001', (xml: string) => xml.replace('NoInventory', 'No & none')],
    ['for another seller', '5000', (xml: string) => xml.replace(/<MerchantIdentifier>\w+/, '<MerchantIdentifier>ANOTHER')],
    ['of another message type', '5000', (xml: string) => xml.replace('<MessageType>Order', '<MessageType>Product')],
    [
      'with a number used twice',
      '5000',
      (xml: string) => xml.replace('</AmazonEnvelope>', '<Message><MessageID>1</MessageID></Message></AmazonEnvelope>'),
    ],
  ])('%s is refused as a whole, with %s', async (_name, code, spoil) => {
    const shop = await startShop();
    const order = await shop.order();
    const report = await shop.process('POST_ORDER_ACKNOWLEDGEMENT_DATA', spoil(envelope('OrderAcknowledgement', [failure(order)])));
    const { summary, results } = read(report);
    expect(summary).toMatchObject({ MessagesProcessed: '0', MessagesWithError: '1' });
    expect(results).toMatchObject([{ MessageID: '0', ResultCode: 'Error', ResultMessageCode: code }]);
    expect(await shop.ledger()).toMatchObject([{ effect: 'refused', request: null }]);
    expect((await shop.seen(order)).fulfillment?.fulfillmentStatus).toBe('UNSHIPPED');
  });

  const reason = '<AdjustmentReason>CustomerReturn</AdjustmentReason>';
  const prices = /<ItemPriceAdjustments>.*<\/ItemPriceAdjustments>/;
  test.each([
    ['the reason after the prices', (xml: string) => xml.replace(reason, '').replace('</AdjustedItem>', `${reason}</AdjustedItem>`)],
    ['three decimals', (xml: string) => xml.replace('1.00', '1.000')],
    ['an item code of 13 digits', (xml: string) => xml.replace(/(<AmazonOrderItemCode>)\d/, '$1')],
    ['an unknown component', (xml: string) => xml.replace('Principal', 'Interest')],
    ['no component in the prices', (xml: string) => xml.replace(prices, '<ItemPriceAdjustments></ItemPriceAdjustments>')],
    ['no wrapping component', (xml: string) => xml.replaceAll(/<\/?Component>/g, '')],
    ['an unknown reason', (xml: string) => xml.replace('CustomerReturn', 'Whim')],
    ['an unknown element', (xml: string) => xml.replace('</AdjustedItem>', '<Note>Sorry</Note></AdjustedItem>')],
    ['no order', (xml: string) => xml.replace(/<AmazonOrderID>[^<]*<\/AmazonOrderID>/, '')],
  ])('with %s does not match the schema: 5000', async (_name, spoil) => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
    const good = refunding(order, component('Principal', '1.00'));
    const { results } = await adjust(shop, spoil(good), good);
    expect(results.map(({ MessageID, ResultMessageCode }) => [MessageID, ResultMessageCode])).toEqual([['1', '5000']]);
    expect((await shop.ledger()).map(({ effect }) => effect)).toEqual(['refused', 'refunded']);
  });
});
