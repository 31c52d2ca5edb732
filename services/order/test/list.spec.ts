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
  '01': { ...usd(1_999) },
  '02': { ...usd(25_000), status: 'canceled' },
  '03': { ...usd(120_000) },
  '04': { ...jpy(5_000), tenant: 'store-2', marketplaceId: 'A1VC38T7YXB528', country: 'JP', status: 'shipped' },
  '05': { ...usd(4_500), fulfilledBy: 'amazon', status: 'shipped' },
  '06': { ...jpy(800), tenant: 'store-2', marketplaceId: 'A1VC38T7YXB528', country: 'JP' },
  '07': { status: 'pending', lines: [] },
  '08': { ...usd(100), status: 'shipped' },
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
    const { body } = await harness.get('/orders?status=pending,new,blocked,processing,complete,canceled');
    expect(body.items).toHaveLength(9);
    expect((await harness.get(`/orders/${blocked}`)).body.status).toBe('blocked');
    expect((await listed('status=canceled')).toSorted()).toEqual(['02', '99']);
  });
});
afterAll(() => harness.stop());

const listed = async (query: string): Promise<string[]> => {
  const { status, body } = await harness.get(`/orders?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items.map((item: { amazonOrderId: string }) => item.amazonOrderId.slice(-2));
};

describe('the list of orders', () => {
  test('shows what is or was an order, newest purchase first', async () => {
    expect(await listed('')).toEqual(['01', '02', '03', '04', '05', '06', '08']);
  });

  test.each([
    ['status=pending', ['07']],
    ['status=canceled', ['02', '99']],
    ['status=blocked', ['03']],
    ['status=blocked,canceled', ['02', '03', '99']],
    ['status=blocked&status=complete', ['03', '04', '05', '08']],
    ['tenant=store-2', ['04', '06']],
    ['marketplace=A1VC38T7YXB528&status=complete', ['04']],
    ['fulfilledBy=amazon', ['05']],
    ['currency=JPY', ['04', '06']],
    ['currency=USD&minTotal=45.00', ['02', '03', '05']],
    ['currency=USD&minTotal=19.99&maxTotal=45', ['01', '05']],
    ['currency=JPY&minTotal=801', ['04']],
    ['amazonOrderId=444-0000000-0000005', ['05']],
    ['purchasedFrom=2026-03-17T10:00:00Z', ['01', '02', '03']],
    ['purchasedFrom=2026-03-17T12:00:00%2B02:00&purchasedTo=2026-03-19T10:00:00Z', ['02', '03']],
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
    const { body } = await harness.get('/orders?status=blocked');
    expect(body.items).toEqual([
      {
        id: snapshots[2]?.snapshot.orderId,
        tenant: 'store-1',
        number: expect.stringMatching(/^\d{9}$/),
        amazonOrderId: '444-0000000-0000003',
        marketplaceId: 'ATVPDKIKX0DER',
        country: 'US',
        fulfilledBy: 'merchant',
        status: 'blocked',
        amazonStatus: 'unshipped',
        purchasedAt: '2026-03-17T10:00:00.000Z',
        shipBy: { from: '2026-03-02T08:00:00.000Z', to: '2026-03-04T08:00:00.000Z' },
        totals: { currency: 'USD', grandTotalMinor: 120_000, tipMinor: 0 },
        units: 2,
        stock: 'short',
        blockReasons: [missing()],
        cancelRequested: false,
      },
    ]);
  });

  test.each([
    ['status=lost', ['status.0']],
    ['fulfilledBy=us', ['fulfilledBy']],
    ['currency=usd', ['currency']],
    ['minTotal=10', ['currency']],
    ['minTotal=ten&currency=USD', ['minTotal']],
    ['currency=JPY&minTotal=1.50&maxTotal=2.50', ['minTotal', 'maxTotal']],
    ['purchasedFrom=yesterday', ['purchasedFrom']],
    ['limit=0&cursor=nonsense', ['limit']],
    ['cursor=nonsense', ['cursor']],
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

describe('the summary', () => {
  test('counts orders by status and adds up sales by currency, store by store', async () => {
    const { body } = await harness.get('/orders/summary');
    expect(body.stores).toEqual([
      {
        tenant: 'store-1',
        orders: { pending: 1, new: 1, blocked: 1, processing: 0, complete: 2, canceled: 1 },
        sales: [{ currency: 'USD', orders: 4, grandTotalMinor: 1_999 + 120_000 + 4_500 + 100 }],
      },
      {
        tenant: 'store-2',
        orders: { pending: 0, new: 1, blocked: 0, processing: 0, complete: 1, canceled: 0 },
        sales: [{ currency: 'JPY', orders: 2, grandTotalMinor: 5_800 }],
      },
    ]);
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

    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { body } = await harness.get(`/orders?tenant=store-9&limit=10${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
      pages++;
    } while (cursor !== undefined);
    expect(pages).toBe(6);
    expect(seen).toHaveLength(same.length);
    expect(new Set(seen)).toEqual(new Set(same.map((snapshot) => snapshot.orderId)));
  });
});
