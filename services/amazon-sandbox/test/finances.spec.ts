import { describe, expect, test } from '@jest/globals';
import { adjust, component, refunding } from './feed-messages.ts';
import { europe, northAmerica, type Query, type WholeOrder } from './harness.ts';
import { type Shop, startShop } from './shop.ts';

interface Transaction {
  readonly transactionId: string;
  readonly transactionType: string;
  readonly postedDate: string;
  readonly totalAmount: { readonly currencyAmount: number; readonly currencyCode: string };
  readonly breakdowns: readonly {
    readonly breakdownType: string;
    readonly breakdowns: readonly { readonly breakdownType: string; readonly breakdownAmount: { readonly currencyAmount: number } }[];
  }[];
}

interface Listed {
  readonly payload: { readonly nextToken?: string; readonly transactions: readonly Transaction[] };
}

const path = (query: Query = {}): string =>
  `/finances/2024-06-19/transactions?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}`;
const about = ({ orderId }: Pick<WholeOrder, 'orderId'>): Query => ({ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: orderId });
const transactions = async ({ asSeller }: Shop, order: WholeOrder, query: Query = {}, seller = northAmerica) =>
  (await asSeller<Listed>(seller, 'GET', path({ ...about(order), ...query }))).body.payload;
const refundsOf = async (shop: Shop, order: WholeOrder) =>
  (await transactions(shop, order)).transactions.filter(({ transactionType }) => transactionType === 'Refund');

const shipped = (shop: Shop) => shop.order({ fulfillmentStatus: 'SHIPPED' });
const minuteMs = 60_000;

describe("Amazon's books", () => {
  test('show a refund some time after it was made, with the fee that comes back and the tax that Amazon remits', async () => {
    const shop = await startShop();
    const order = await shipped(shop);
    await adjust(shop, refunding(order, component('Principal', '10.00'), component('Tax', '0.82')));
    expect(await refundsOf(shop, order)).toEqual([]);
    shop.clock.forward(10 * minuteMs);
    const [refund, ...others] = await refundsOf(shop, order);
    expect(others).toEqual([]);
    expect(refund).toMatchObject({
      transactionStatus: 'RELEASED',
      description: 'Refund Order',
      totalAmount: { currencyAmount: -8.5, currencyCode: 'USD' },
    });
    const parts = refund?.breakdowns.flatMap(({ breakdowns }) =>
      breakdowns.map((each) => [each.breakdownType, each.breakdownAmount.currencyAmount]),
    );
    expect(Object.fromEntries(parts ?? [])).toEqual({ AmazonFees: 1.5, ProductCharges: -10, Tax: -0.82, MarketplaceWithheldTax: 0.82 });
  });

  test('have a name of their own for each refund, also for two that are equal', async () => {
    const shop = await startShop();
    const order = await shipped(shop);
    const same = refunding(order, component('Principal', '1.00'));
    await adjust(shop, same, same);
    shop.clock.forward(10 * minuteMs);
    const names = (await refundsOf(shop, order)).map(({ transactionId }) => transactionId);
    expect(new Set(names).size).toBe(2);
  });

  test('come page by page, and show what the shipment has brought', async () => {
    const shop = await startShop({ transactionsPerPage: 1 });
    const order = await shipped(shop);
    await adjust(shop, refunding(order, component('Principal', '1.00')));
    shop.clock.forward(10 * minuteMs);
    const first = await transactions(shop, order);
    expect(first.transactions.map(({ transactionType }) => transactionType)).toEqual(['Shipment']);
    const last = await transactions(shop, order, { nextToken: String(first.nextToken) });
    expect(last.transactions.map(({ transactionType }) => transactionType)).toEqual(['Refund']);
    expect(last).not.toHaveProperty('nextToken');
    const other = await shipped(shop);
    expect((await shop.asSeller(northAmerica, 'GET', path({ ...about(other), nextToken: String(first.nextToken) }))).status).toBe(400);
  });

  test('may be two days late', async () => {
    const shop = await startShop();
    const order = await shipped(shop);
    await shop.call('POST', '/sandbox/faults', { kind: 'finances-late' });
    await adjust(shop, refunding(order, component('Principal', '1.00')));
    shop.clock.forward(47 * 60 * minuteMs);
    expect(await refundsOf(shop, order)).toEqual([]);
    shop.clock.forward(60 * minuteMs);
    expect(await refundsOf(shop, order)).toHaveLength(1);
  });

  test('are those of the seller alone, and of an order that is named', async () => {
    const shop = await startShop();
    const order = await shipped(shop);
    shop.clock.forward(10 * minuteMs);
    expect((await transactions(shop, order, {}, europe)).transactions).toEqual([]);
    expect((await transactions(shop, order)).transactions).toHaveLength(1);
    expect((await shop.asSeller(northAmerica, 'GET', path({}))).status).toBe(400);
  });
});
