import { describe, expect, test } from '@jest/globals';
import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import { AmazonOrderJson } from '../src/amazon/order-schema.ts';
import { readOrder } from '../src/amazon/read-order.ts';
import { translate } from '../src/domain/translate.ts';
import { anAmazonItem, anAmazonOrder } from './an-amazon-order.ts';

/**
 * What others have run into when they read orders. Others of these are shown where they belong, under the same names: in the specs of passes
 * (1 to 8), sweeps (4, 5, 7, 35), degraded reading (22, 23), amounts (12) and buyers (20).
 */

const translated = (overrides: object) => translate(AmazonOrderJson.parse({ ...anAmazonOrder(), ...overrides }), 'store-1');
const snapshotOf = (overrides: Partial<Order>) => translated(overrides).snapshot;
const lineOf = (overrides: Parameters<typeof anAmazonItem>[0]) => snapshotOf({ orderItems: [anAmazonItem(overrides)] }).lines[0];
const usd = (amount: string) => ({ amount, currencyCode: 'USD' });

describe('what Amazon says about time', () => {
  test('pitfall 11: is one moment, whatever the offset it is written with', () => {
    for (const createdTime of [
      '2026-03-01T19:00:00+09:00',
      '2026-03-01T10:00:00Z',
      '2026-03-01T10:00:00.000Z',
      '2026-03-01T05:00:00.0-0500',
    ]) {
      expect(snapshotOf({ createdTime }).purchasedAt).toBe('2026-03-01T10:00:00.000Z');
    }
  });

  test('pitfall 36: keeps windows to the second, though they end at a midnight that is not ours', () => {
    const shipByWindow = { earliestDateTime: '2026-03-02T15:00:00Z', latestDateTime: '2026-03-04T14:59:59Z' };
    const fulfillment = { fulfillmentStatus: 'UNSHIPPED' as const, fulfilledBy: 'MERCHANT', shipByWindow };
    expect(snapshotOf({ fulfillment }).shipBy).toEqual({ from: '2026-03-02T15:00:00.000Z', to: '2026-03-04T14:59:59.000Z' });
  });
});

describe('what Amazon says about money', () => {
  test('pitfall 9: of a pending order is nothing in most countries, and its prices in Japan; both are read, and both are pending', () => {
    const fulfillment = { fulfillmentStatus: 'PENDING' as const, fulfilledBy: 'MERCHANT' };
    const { proceeds: _, ...unpriced } = anAmazonItem();
    const priceless = translated({ fulfillment, buyer: undefined, recipient: undefined, proceeds: undefined, orderItems: [unpriced] });
    expect(priceless).toMatchObject({ snapshot: { status: 'pending', balanced: true }, buyer: undefined });
    expect(priceless.snapshot).not.toHaveProperty('totals');
    const yen = { amount: '1980', currencyCode: 'JPY' };
    const priced = anAmazonItem({ proceeds: { proceedsTotal: yen, breakdowns: [{ type: 'ITEM', subtotal: yen }] } });
    expect(snapshotOf({ fulfillment, proceeds: { grandTotal: yen }, orderItems: [priced] })).toMatchObject({
      ...{ status: 'pending', balanced: true },
      totals: { currency: 'JPY', grandTotalMinor: 1980 },
    });
  });

  test('pitfall 13: tells the tax that the marketplace owes from the tax that the seller owes, line by line', () => {
    expect(lineOf({ tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR' }] } })?.taxCollectedBy).toBe('marketplace');
    expect(lineOf({ tax: { taxCollections: [] } })?.taxCollectedBy).toBe('seller');
    expect(lineOf({ tax: { taxCollections: [{ model: 'SOMETHING_NEW' }] } })?.taxCollectedBy).toBe('seller');
    const underScheme = (reportingScheme: string) => lineOf({ tax: { taxCalculationBreakdowns: [{ reportingScheme }] } });
    expect(underScheme('IOSS')).toMatchObject({ taxCollectedBy: 'marketplace', taxScheme: 'ioss' });
    expect(underScheme('NEW_ONE')).toMatchObject({ taxCollectedBy: 'marketplace', taxScheme: 'new-one' });
    expect(lineOf({ tax: {} })).not.toHaveProperty('taxScheme');
  });

  test('pitfall 14: of a replacement is nothing at all, which is balanced, and names the order that it replaces', () => {
    const free = anAmazonItem({ proceeds: { proceedsTotal: usd('0.00'), breakdowns: [] } });
    const associatedOrders = [{ orderId: '111-0000009-0000009', associationType: 'REPLACEMENT_ORIGINAL_ID' }];
    expect(snapshotOf({ associatedOrders, proceeds: { grandTotal: usd('0.00') }, orderItems: [free] })).toMatchObject({
      ...{ replaces: '111-0000009-0000009', balanced: true },
      totals: { grandTotalMinor: 0 },
    });
  });

  test('pitfall 31: has one currency per order, and cannot be summed over two', () => {
    const item = anAmazonItem({ proceeds: { proceedsTotal: { amount: '5.00', currencyCode: 'CAD' } } });
    const mixed = readOrder(anAmazonOrder({ orderItems: [anAmazonItem(), item] }), 'store-1');
    expect(mixed).toMatchObject({ kind: 'unreadable', problems: [expect.stringContaining('money.mixed-currencies')] });
  });

  test('pitfall 33: has a tip that belongs to no line, and that is still pending when it is first seen', () => {
    const item = anAmazonItem({ proceeds: { proceedsTotal: usd('20.00'), breakdowns: [{ type: 'ITEM', subtotal: usd('20.00') }] } });
    const withTip = (status: string) =>
      snapshotOf({
        proceeds: { grandTotal: usd('23.00'), breakdowns: [{ type: 'DELIVERY_TIP', status, subtotal: usd('3.00') }] },
        orderItems: [item],
      });
    expect(withTip('PENDING')).toMatchObject({ balanced: true, totals: { tipMinor: 300, grandTotalMinor: 2300 } });
    expect(withTip('FINALIZED')).toEqual(withTip('PENDING'));
  });
});

describe('what Amazon says about lines and packages', () => {
  test('pitfall 15: a quantity of 0 after a cancellation closes the line', () => {
    const canceled = anAmazonItem({ quantityOrdered: 0, proceeds: {}, fulfillment: { quantityFulfilled: 0 } });
    expect(snapshotOf({ orderItems: [canceled, anAmazonItem({ orderItemId: '2' })] })).toMatchObject({
      lines: [{ quantity: 0, quantityShipped: 0 }, { quantity: 2 }],
    });
    expect(readOrder(anAmazonOrder({ orderItems: [canceled] }), 'store-1').kind).toBe('order');
  });

  test('pitfall 18: keeps line ids and SKUs as they are: other APIs of Amazon may know the line by the one or the other', () => {
    expect(lineOf({ orderItemId: '00123', product: { sellerSku: ' SKU 1/a ' } })).toMatchObject({ lineId: '00123', sku: ' SKU 1/a ' });
  });

  test('pitfall 21: is enough of a package when it has no more than its name', () => {
    const packages = [{ packageReferenceId: '1' }, { packageReferenceId: '2', packageStatus: { status: 'IN_TRANSIT' as const } }];
    expect(snapshotOf({ packages }).packages).toEqual([
      { reference: '1', lines: [] },
      { reference: '2', status: 'in-transit', lines: [] },
    ]);
  });

  test('pitfall 29: names the lines that need a transparency code for every unit', () => {
    expect(lineOf({ programs: ['TRANSPARENCY', 'SUBSCRIBE_AND_SAVE'] })?.programs).toEqual(['subscribe-and-save', 'transparency']);
    expect(lineOf({})).not.toHaveProperty('programs');
  });

  test('names the lines that are paid on delivery, by what the carrier has to do or by the fee', () => {
    const shippingConstraints = { cashOnDelivery: 'MANDATORY' as const };
    expect(lineOf({ fulfillment: { shipping: { shippingConstraints } } })?.programs).toEqual(['cash-on-delivery']);
    const breakdowns = [
      { type: 'ITEM', subtotal: usd('10.00') },
      { type: 'COD_FEE', subtotal: usd('3.30') },
    ];
    expect(lineOf({ proceeds: { proceedsTotal: usd('13.30'), breakdowns } })?.programs).toEqual(['cash-on-delivery']);
  });

  test('pitfall 34: carries the IOSS number that the carrier has to be given', () => {
    expect(lineOf({ fulfillment: { shipping: { internationalShipping: { iossNumber: 'IM0000000000' } } } })?.iossNumber).toBe(
      'IM0000000000',
    );
  });
});

describe('what Amazon says about who ships, who buys and why not', () => {
  test("pitfall 17: whose warehouse ships is read, never guessed: an order of Amazon's must not be shipped twice", () => {
    const by = (fulfilledBy: string | undefined) =>
      readOrder(anAmazonOrder({ fulfillment: { fulfillmentStatus: 'UNSHIPPED', ...(fulfilledBy && { fulfilledBy }) } }), 'store-1');
    expect(by('AMAZON')).toMatchObject({ translation: { snapshot: { fulfilledBy: 'amazon' } } });
    expect(by('AFN').kind).toBe('unreadable');
    expect(by(undefined).kind).toBe('unreadable');
  });

  test('pitfall 27: names orders that are picked up in a store, whose address is the store', () => {
    expect(snapshotOf({ programs: ['IN_STORE_PICK_UP'] }).programs).toEqual(['in-store-pickup']);
  });

  test('pitfall 32: of a business seals company, purchase order number, delivery hours and tax registrations', () => {
    const deliveryTime = {
      businessHours: [{ dayOfWeek: 'MON' as const, timeWindows: [{ startTime: { hour: 8 }, endTime: { hour: 17 } }] }],
    };
    const { buyer, snapshot } = translated({
      programs: ['AMAZON_BUSINESS'],
      buyer: { buyerCompanyName: 'Example Ltd', buyerPurchaseOrderNumber: 'PO-7' },
      recipient: { deliveryPreference: { deliveryTime } },
      tax: { taxRegistrations: [{ entityType: 'BUYER', taxRegistrationType: 'VAT', taxRegistrationNumber: 'VAT-1' }] },
    });
    expect(buyer).toEqual({
      ...{ company: 'Example Ltd', purchaseOrder: 'PO-7', delivery: { times: deliveryTime } },
      taxRegistrations: [{ party: 'buyer', type: 'VAT', number: 'VAT-1' }],
    });
    expect(snapshot.programs).toEqual(['business']);
  });

  test('pitfall 19: that a buyer asks to cancel is told with his reason, and is not yet a cancellation', () => {
    const asking = anAmazonItem({ cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'WRONG_ADDRESS' } } });
    const shown = snapshotOf({ orderItems: [asking] });
    expect(shown).toMatchObject({ status: 'unshipped', cancelRequested: { reason: 'wrong-address' } });
    expect(shown).not.toHaveProperty('cancellation');
    const done = anAmazonItem({ cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NO_INVENTORY' } } });
    expect(snapshotOf({ orderItems: [done], fulfillment: { fulfillmentStatus: 'CANCELLED', fulfilledBy: 'MERCHANT' } })).toMatchObject({
      ...{ status: 'canceled', cancellation: { by: 'merchant', reason: 'no-inventory' } },
    });
  });
});
