import { describe, expect, test } from '@jest/globals';
import { buildSandbox } from '@orderbus/amazon-sandbox';
import { type AmazonOrder, AmazonOrderImported } from '@orderbus/contracts';
import { formatMoney, orderIdOf, parseMoney } from '@orderbus/kernel';
import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import fc from 'fast-check';
import type { z } from 'zod';
import { AmazonOrderJson } from '../src/amazon/order-schema.ts';
import { readOrder } from '../src/amazon/read-order.ts';
import { type Translation, translate } from '../src/domain/translate.ts';
import { anAmazonItem, anAmazonOrder } from './an-amazon-order.ts';

/** The compiler's proof that every order of Amazon's model fits our schema. */
const accepts: (order: Order) => z.input<typeof AmazonOrderJson> = (order) => order;

const translated = (order: Order): Translation => translate(AmazonOrderJson.parse(accepts(order)), 'store-1');
const snapshotOf = (overrides: Partial<Order> = {}) => translated(anAmazonOrder(overrides)).snapshot;

describe("Amazon's order in our words", () => {
  test('has our names, minor units and UTC times', () => {
    expect(translated(anAmazonOrder())).toEqual({
      snapshot: {
        orderId: orderIdOf('store-1', '111-0000001-0000001'),
        amazonOrderId: '111-0000001-0000001',
        marketplaceId: 'ATVPDKIKX0DER',
        country: 'US',
        status: 'unshipped',
        fulfilledBy: 'merchant',
        serviceLevel: 'second-day',
        purchasedAt: '2026-03-01T10:00:00.000Z',
        updatedAt: '2026-03-01T12:00:00.500Z',
        shipBy: { from: '2026-03-02T08:00:00.000Z', to: '2026-03-04T07:59:59.000Z' },
        programs: ['business', 'prime'],
        totals: { currency: 'USD', grandTotalMinor: 3267, tipMinor: 300 },
        lines: [
          {
            lineId: '10000000000001',
            sku: 'SKU-1',
            asin: 'B000000001',
            title: 'A sample',
            quantity: 2,
            quantityShipped: 1,
            taxCollectedBy: 'marketplace',
            amounts: {
              itemMinor: 2749,
              shippingMinor: 0,
              giftWrapMinor: 0,
              taxMinor: 218,
              discountMinor: 0,
              otherMinor: 0,
              totalMinor: 2967,
            },
          },
        ],
        balanced: true,
        shipToCountry: 'US',
      },
      buyer: {
        name: 'Ada Example',
        email: 'relay-1@marketplace.example',
        recipient: {
          name: 'Ada Example',
          lines: ['1 Sample Road'],
          city: 'Sampleton',
          state: 'WA',
          postalCode: '00001',
          country: 'US',
          phone: '000-0000',
        },
      },
    });
  });

  test.each([
    ['PENDING_AVAILABILITY', 'pending'],
    ['PENDING', 'pending'],
    ['UNSHIPPED', 'unshipped'],
    ['PARTIALLY_SHIPPED', 'partially-shipped'],
    ['SHIPPED', 'shipped'],
    ['CANCELLED', 'canceled'],
    ['UNFULFILLABLE', 'unfulfillable'],
    ['INVOICE_UNCONFIRMED', 'unknown'],
  ])('%s is %s', (amazon, ours) => {
    expect(snapshotOf({ fulfillment: { fulfillmentStatus: amazon as 'PENDING', fulfilledBy: 'AMAZON' } }).status).toBe(ours);
  });

  test('says which order it replaces, and that a buyer asked to cancel', () => {
    const associatedOrders = [{ orderId: '111-9', associationType: 'EXCHANGE_ORIGINAL_ID' }];
    const asked = anAmazonItem({ cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'WRONG_ADDRESS' } } });
    expect(snapshotOf({ associatedOrders, orderItems: [asked] })).toMatchObject({
      replaces: '111-9',
      cancelRequested: { reason: 'wrong-address' },
    });
  });

  test('lets unknown programs through in lower case', () => {
    expect(snapshotOf({ programs: ['IN_STORE_PICK_UP', 'FBM_SHIP_PLUS', 'SOMETHING_NEW', 'PRIME'] }).programs).toEqual([
      'fbm-ship-plus',
      'in-store-pickup',
      'prime',
      'something-new',
    ]);
  });

  test('has no totals and no amounts before Amazon tells prices, and accepts lines with nothing ordered any more', () => {
    const { proceeds: _, ...unpriced } = anAmazonItem({ quantityOrdered: 0 });
    const { proceeds: __, ...order } = anAmazonOrder({ orderItems: [unpriced] });
    const { snapshot } = translated(order);
    expect(snapshot).toMatchObject({ balanced: true, lines: [{ quantity: 0 }] });
    expect(snapshot.totals).toBeUndefined();
    expect(snapshot.lines[0]?.amounts).toBeUndefined();
  });

  test('of a replacement costs nothing, and is balanced', () => {
    const zero = { amount: '0.00', currencyCode: 'USD' };
    const free = anAmazonItem({ proceeds: { proceedsTotal: zero, breakdowns: [] } });
    expect(snapshotOf({ proceeds: { grandTotal: zero }, orderItems: [free] })).toMatchObject({
      balanced: true,
      totals: { grandTotalMinor: 0, tipMinor: 0 },
    });
  });

  test("keeps Amazon's grand total when the lines do not add up to it, and is not balanced", () => {
    const proceeds = { grandTotal: { amount: '30.00', currencyCode: 'USD' } };
    expect(snapshotOf({ proceeds })).toMatchObject({ balanced: false, totals: { grandTotalMinor: 3000 } });
  });

  test('counts null as absent', () => {
    const withNulls = { ...anAmazonOrder(), buyer: null, recipient: { deliveryAddress: null }, tax: null, programs: null, packages: null };
    expect(readOrder(withNulls, 'store-1')).toMatchObject({ kind: 'order', translation: { buyer: undefined } });
  });

  test('holds no characters that a database refuses', () => {
    const title = 'A \u0000sample\ud83d';
    expect(snapshotOf({ orderItems: [anAmazonItem({ product: { title } })] }).lines[0]?.title).toBe('A sample\ufffd');
  });
});

describe('an order that says something that must not be guessed at', () => {
  test.each([
    ['whose warehouse ships it', { fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'ROBOT' } }, 'order.unknown-fulfiller'],
    ['nothing about its fulfillment', { fulfillment: undefined }, 'order.without-fulfillment'],
    ['no marketplace', { salesChannel: { channelName: 'AMAZON' } }, 'order.without-marketplace'],
    ['a time without a zone', { lastUpdatedTime: '2026-03-01T10:00:00' }, 'lastUpdatedTime: Invalid time'],
    ['a year that no database knows', { createdTime: '+020000-03-01T10:00:00Z' }, 'createdTime: Invalid time'],
    ['half an item', { orderItems: [anAmazonItem({ quantityOrdered: 0.5 })] }, 'orderItems.0.quantityOrdered'],
  ])('is unreadable: %s', (_, overrides, problem) => {
    const reading = readOrder({ ...anAmazonOrder(), ...overrides }, 'store-1');
    expect(reading).toMatchObject({ kind: 'unreadable', amazonOrderId: '111-0000001-0000001' });
    expect(JSON.stringify(reading)).toContain(problem);
  });

  test('is told without its values', () => {
    const reading = readOrder({ ...anAmazonOrder(), orderId: 7, buyer: 'Ada Example', createdTime: 'Ada Example' }, 'store-1');
    expect(reading).toMatchObject({ kind: 'unreadable', amazonOrderId: undefined });
    expect(JSON.stringify(reading)).not.toContain('Ada');
  });

  test('that was not sold on Amazon is none of our business', () => {
    const salesChannel = { channelName: 'NON_AMAZON' };
    expect(readOrder({ ...anAmazonOrder(), salesChannel }, 'store-1')).toEqual({ kind: 'foreign' });
  });
});

const sumOf = ({ lines, totals }: Pick<AmazonOrder, 'lines' | 'totals'>): number =>
  lines.reduce((sum, { amounts }) => sum + (amounts?.totalMinor ?? 0), totals?.tipMinor ?? 0);

describe('the money of an order', () => {
  test('adds up to the grand total, to the smallest coin, for whatever Amazon can send', () => {
    const currency = fc.constantFrom('USD', 'MXN', 'JPY', 'BHD');
    const minor = fc.integer({ min: 0, max: 5_000_000 });
    const item = fc.record({ ITEM: minor, SHIPPING: minor, GIFT_WRAP: minor, TAX: minor, COD_FEE: minor, OTHER: minor, DISCOUNT: minor });
    fc.assert(
      fc.property(currency, fc.array(item, { minLength: 1, maxLength: 5 }), minor, fc.boolean(), (currencyCode, items, tip, negative) => {
        const moneyOf = (amount: number) => ({ amount: formatMoney({ minor: amount, currency: currencyCode }), currencyCode });
        const totals = items.map(({ DISCOUNT, ...parts }) => Object.values(parts).reduce((sum, part) => sum + part, -DISCOUNT));
        const grandTotal = totals.reduce((sum, total) => sum + total, tip);
        const { snapshot } = translated(
          anAmazonOrder({
            proceeds: { grandTotal: moneyOf(grandTotal), breakdowns: [{ type: 'DELIVERY_TIP', subtotal: moneyOf(tip) }] },
            orderItems: items.map((parts, n) =>
              anAmazonItem({
                orderItemId: String(n),
                proceeds: {
                  proceedsTotal: moneyOf(totals[n] ?? 0),
                  breakdowns: Object.entries(parts).map(([type, amount]) => ({
                    type,
                    subtotal: moneyOf(type === 'DISCOUNT' && negative ? -amount : amount),
                  })),
                },
              }),
            ),
          }),
        );
        expect(snapshot).toMatchObject({ balanced: true, totals: { grandTotalMinor: grandTotal, tipMinor: tip } });
        expect(sumOf(snapshot)).toBe(grandTotal);
        items.forEach((parts, n) => {
          expect(snapshot.lines[n]?.amounts).toMatchObject({
            itemMinor: parts.ITEM,
            taxMinor: parts.TAX,
            discountMinor: parts.DISCOUNT === 0 ? 0 : -parts.DISCOUNT,
            otherMinor: parts.COD_FEE + parts.OTHER,
          });
        });
      }),
    );
  });

  test('adds up for two thousand orders of every marketplace, status and kind, and their events keep the contract', async () => {
    const config = { port: 0, seed: 11, ordersPerMinute: 0, initialOrders: 2_000, limits: 'off', visibilityLagMs: 0 } as const;
    const sandbox = buildSandbox(config);
    await sandbox.start();
    try {
      const statuses = new Set<string>();
      for (let after: number | undefined = 0; after !== undefined; ) {
        const response = await fetch(`${sandbox.url}/sandbox/orders?limit=500&after=${after}`);
        const page = (await response.json()) as { orders: Order[]; after?: number };
        for (const order of page.orders) {
          const { snapshot } = translated(order);
          expect(snapshot.balanced).toBe(true);
          expect(sumOf(snapshot)).toBe(totalOf(order));
          expect(snapshot.lines).toHaveLength(order.orderItems.length);
          AmazonOrderImported.schema.parse({ ...snapshot, buyerData: 'present' });
          statuses.add(snapshot.status);
        }
        after = page.after;
      }
      expect(statuses.size).toBeGreaterThanOrEqual(3);
    } finally {
      await sandbox.stop();
    }
  });
});

const totalOf = ({ proceeds }: Order): number => {
  const { amount = '0', currencyCode = 'USD' } = proceeds?.grandTotal ?? {};
  return parseMoney(amount, currencyCode).minor;
};
