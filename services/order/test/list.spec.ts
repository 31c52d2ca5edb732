import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported, StockShort } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aSnapshot, message, missing } from './builders.ts';
import { orderHarness } from './harness.ts';

const usd = (grandTotalMinor: number) => ({ totals: { currency: 'USD', grandTotalMinor, tipMinor: 0 } });
const jpy = (grandTotalMinor: number) => ({ totals: { currency: 'JPY', grandTotalMinor, tipMinor: 0 } });

/** Each named by the last digits of its Amazon number; 01 is the newest purchase. */
const assortment: Record<string, Parameters<typeof aSnapshot>[0]> = {
  '01': { ...usd(1_999), shipToCountry: 'US', shipBy: { to: '2026-03-25T08:00:00Z' } },
  '02': { ...usd(25_000), status: 'canceled' },
  '03': { ...usd(120_000) },
  '04': { ...jpy(5_000), tenant: 'store-2', marketplaceId: 'A1VC38T7YXB528', country: 'JP', status: 'shipped' },
  '05': { ...usd(4_500), fulfilledBy: 'amazon', status: 'shipped', programs: ['prime', 'business'], shipToCountry: 'MX' },
  '06': {
    ...jpy(800),
    tenant: 'store-2',
    marketplaceId: 'A1VC38T7YXB528',
    country: 'JP',
    programs: [],
    cancelRequested: {},
    shipBy: { to: '2026-03-15T08:00:00Z' },
  },
  '07': { status: 'pending', lines: [] },
  '08': { ...usd(100), status: 'shipped', shipBy: {} },
};

const snapshots = Object.entries(assortment).map(([name, changes]): { snapshot: AmazonOrder; tenant: string; name: string } => ({
  name,
  tenant: changes?.tenant ?? 'store-1',
  snapshot: aSnapshot({ amazonOrderId: `444-0000000-00000${name}`, purchasedAt: `2026-03-${20 - Number(name)}T10:00:00Z`, ...changes }),
}));

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
  const blocked = snapshots[2]?.snapshot.orderId as string;
  await harness.publishAll([
    // The second one was canceled after it had become an order.
    ...snapshots.map(({ snapshot, tenant, name }) =>
      message(AmazonOrderImported, name === '02' ? { ...snapshot, status: 'unshipped' } : snapshot, 1, tenant),
    ),
    message(AmazonOrderImported, snapshots[1]?.snapshot as AmazonOrder, 2),
    message(AmazonOrderImported, aSnapshot({ amazonOrderId: '444-0000000-0000099', status: 'canceled' }), 1),
    message(StockShort, { orderId: blocked, lines: [], missing: [missing()] }, 1),
  ]);
  await eventually(async () => {
    const { body } = await harness.get('/orders?state=pending,new,blocked,processing,held,complete,canceled');
    expect(body.items).toHaveLength(9);
    expect((await harness.get(`/orders/${blocked}`)).body.state).toBe('blocked');
    expect((await listed('state=canceled')).toSorted()).toEqual(['02', '99']);
  });
  for (const [name, tags] of [
    ['05', ['gift', 'vip']],
    ['01', ['vip']],
  ] as const)
    await harness.send('PUT', `/orders/444-0000000-00000${name}/tags`, { tags });
});
afterAll(() => harness.stop());

const listed = async (query: string): Promise<string[]> => {
  const { status, body } = await harness.get(`/orders?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items.map((item: { amazonOrderId: string }) => item.amazonOrderId.slice(-2));
};

const pagedThrough = async (query: string): Promise<string[]> => {
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await harness.get(`/orders?${query}${cursor}`);
    seen.push(...body.items.map((item: { amazonOrderId: string }) => item.amazonOrderId.slice(-2)));
    if (body.nextCursor === undefined) return seen;
    cursor = `&cursor=${body.nextCursor}`;
  }
};

describe('the list of orders', () => {
  test('shows what is or was an order, newest purchase first', async () => {
    expect(await listed('')).toEqual(['01', '02', '03', '04', '05', '06', '08']);
  });

  test.each([
    ['state=pending', ['07']],
    ['state=canceled', ['02', '99']],
    ['state=blocked', ['03']],
    ['state=blocked,canceled', ['02', '03', '99']],
    ['state=blocked&state=complete', ['03', '04', '05', '08']],
    ['tenant=store-2', ['04', '06']],
    ['marketplace=A1VC38T7YXB528&state=complete', ['04']],
    ['fulfilledBy=amazon', ['05']],
    ['currency=JPY', ['04', '06']],
    ['currency=USD&minTotal=45.00', ['02', '03', '05']],
    ['currency=USD&minTotal=19.99&maxTotal=45', ['01', '05']],
    ['currency=JPY&minTotal=801', ['04']],
    ['amazonOrderId=444-0000000-0000005', ['05']],
    ['purchasedFrom=2026-03-17T10:00:00Z', ['01', '02', '03']],
    ['purchasedFrom=2026-03-17T12:00:00%2B02:00&purchasedTo=2026-03-19T10:00:00Z', ['02', '03']],
    ['purchasedFrom=2026-03-14T00:00:00Z&purchasedTo=2026-03-16T00:00:00Z', ['05', '06']],
    ['shipByFrom=2026-03-10T00:00:00Z', ['01', '06', '08']],
    ['shipByTo=2026-03-15T08:00:00Z', ['02', '03', '04', '05']],
    ['tenant=store-1,store-2&fulfilledBy=merchant&currency=JPY', ['04', '06']],
    ['shipToCountry=US,MX', ['01', '05']],
    ['program=business', ['05']],
    ['program=business,prime&tenant=store-2', ['04']],
    ['tag=vip', ['01', '05']],
    ['tag=gift,unheard-of&program=prime', ['05']],
    ['status=complete,new&needsAttention=false&tenant=store-1', ['01', '05', '08']],
    ['needsAttention=true&state=held', ['06']],
    ['tenant=nobody', []],
  ])('narrowed by %s shows %j', async (query, names) => {
    expect(await listed(query)).toEqual(names);
  });

  test('finds an order by our number', async () => {
    const { body } = await harness.get(`/orders/${snapshots[4]?.snapshot.orderId}`);
    expect(await listed(`number=${body.number}&tenant=store-1`)).toEqual(['05']);
    expect((await harness.get(`/orders/${body.number}?tenant=store-1`)).body).toEqual(body);
    expect((await harness.get('/orders/444-0000000-0000005')).body).toEqual(body);
  });

  test('says what a blocked order waits for, and nothing about the buyer', async () => {
    const { body } = await harness.get('/orders?state=blocked');
    expect(body.items).toEqual([
      {
        id: snapshots[2]?.snapshot.orderId,
        tenant: 'store-1',
        number: expect.stringMatching(/^\d{9}$/),
        amazonOrderId: '444-0000000-0000003',
        marketplaceId: 'ATVPDKIKX0DER',
        country: 'US',
        fulfilledBy: 'merchant',
        state: 'blocked',
        status: 'blocked',
        amazonStatus: 'unshipped',
        purchasedAt: '2026-03-17T10:00:00.000Z',
        shipBy: { from: '2026-03-02T08:00:00.000Z', to: '2026-03-04T08:00:00.000Z' },
        totals: { currency: 'USD', grandTotalMinor: 120_000, tipMinor: 0 },
        units: 2,
        stock: 'short',
        blockReasons: [missing()],
        cancelRequested: false,
        programs: ['prime'],
        tags: [],
        note: null,
        attention: expect.any(Array),
        updatedAt: expect.any(String),
      },
    ]);
  });

  test.each([
    ['state=lost', ['state.0']],
    ['fulfilledBy=us', ['fulfilledBy']],
    ['currency=usd', ['currency']],
    ['minTotal=10', ['currency']],
    ['minTotal=ten&currency=USD', ['minTotal']],
    ['currency=JPY&minTotal=1.50&maxTotal=2.50', ['minTotal', 'maxTotal']],
    ['purchasedFrom=yesterday', ['purchasedFrom']],
    ['limit=0&cursor=nonsense', ['limit']],
    ['cursor=nonsense', ['cursor']],
    ['sort=weight', ['sort']],
    ['q=%2D%2D', ['q']],
    ['needsAttention=perhaps', ['needsAttention']],
    ['id=1', ['id.0']],
    ['color=blue', ['color']],
  ])('refuses %s and names %j', async (query, fields) => {
    const { status, body } = await harness.get(`/orders?${query}`);
    expect([status, body.errors.map((error: { field: string }) => error.field)]).toEqual([400, fields]);
  });

  test('does not know an order that is not there', async () => {
    expect(await harness.get('/orders/444-0000000-0000077')).toMatchObject({ status: 404, body: { code: 'order.unknown' } });
    expect(await harness.get(`/orders/${snapshots[4]?.snapshot.orderId}?tenant=store-2`)).toMatchObject({ status: 404 });
  });
});

describe('the list of orders, sorted', () => {
  test.each([
    ['purchased', ['08', '06', '05', '04', '03', '02', '01']],
    ['total', ['06', '04', '08', '01', '05', '02', '03']],
    ['store', ['08', '05', '03', '02', '01', '06', '04']],
    ['status', ['03', '02', '08', '05', '04', '06', '01']],
  ])('by %s is sorted over the whole result, in both directions and page by page', async (sort, names) => {
    expect(await listed(`sort=${sort}`)).toEqual(names);
    expect(await listed(`sort=-${sort}`)).toEqual(names.toReversed());
    expect(await pagedThrough(`sort=${sort}&limit=2`)).toEqual(names);
    expect(await pagedThrough(`sort=-${sort}&limit=3`)).toEqual(names.toReversed());
  });

  test('by the moment to ship has those without one at the end', async () => {
    const names = await pagedThrough('sort=shipBy&limit=1');
    expect([names.length, ...names.slice(-3)]).toEqual([7, '06', '01', '08']);
  });

  test('by number has our numbers in their order', async () => {
    const { body } = await harness.get('/orders?sort=number&tenant=store-1');
    const numbers = body.items.map((item: { number: string }) => item.number);
    expect(numbers).toEqual(numbers.toSorted());
  });

  test('by the last change begins with what was changed last', async () => {
    expect((await listed('sort=-updated')).slice(0, 2)).toEqual(['01', '05']);
  });

  test('goes on only in the order in which it began', async () => {
    const { body } = await harness.get('/orders?sort=total&limit=2');
    const { status, body: problem } = await harness.get(`/orders?sort=store&limit=2&cursor=${body.nextCursor}`);
    expect([status, problem.errors[0].field]).toEqual([400, 'cursor']);
  });
});

describe('the summary', () => {
  test('counts orders by state and adds up sales by currency, store by store', async () => {
    const { body } = await harness.get('/orders/summary');
    expect(body.stores).toEqual([
      {
        tenant: 'store-1',
        orders: { pending: 1, new: 1, blocked: 1, processing: 0, held: 0, complete: 2, closed: 0, canceled: 1 },
        sales: [{ currency: 'USD', orders: 4, grandTotalMinor: 1_999 + 120_000 + 4_500 + 100 }],
      },
      {
        tenant: 'store-2',
        orders: { pending: 0, new: 0, blocked: 0, processing: 0, held: 1, complete: 1, closed: 0, canceled: 0 },
        sales: [{ currency: 'JPY', orders: 2, grandTotalMinor: 5_800 }],
      },
    ]);
  });

  test('of a selection counts what the list would show', async () => {
    const { body } = await harness.get('/orders/summary?tag=vip&program=prime');
    expect(body.stores).toMatchObject([{ tenant: 'store-1', sales: [{ currency: 'USD', orders: 2, grandTotalMinor: 6_499 }] }]);
  });

  test('of one store in one week', async () => {
    const { body } = await harness.get('/orders/summary?tenant=store-1&purchasedFrom=2026-03-17T00:00:00Z');
    expect(body.stores).toMatchObject([{ tenant: 'store-1', sales: [{ currency: 'USD', orders: 2, grandTotalMinor: 121_999 }] }]);
  });
});

describe('paging', () => {
  test('over orders of the same moment loses none and shows none twice', async () => {
    const same = Array.from({ length: 57 }, (_, n) =>
      aSnapshot({ tenant: 'store-9', amazonOrderId: `555-0000000-${String(n).padStart(7, '0')}`, purchasedAt: '2026-01-01T00:00:00Z' }),
    );
    await harness.publishAll(same.map((snapshot) => message(AmazonOrderImported, snapshot, 1, 'store-9')));
    await eventually(async () => expect((await harness.get('/orders?tenant=store-9&limit=200')).body.items).toHaveLength(same.length));

    const seen = await pagedThrough('tenant=store-9&limit=10');
    expect(seen.toSorted()).toEqual(same.map(({ amazonOrderId }) => amazonOrderId.slice(-2)).toSorted());
  });
});
