import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { told } from './http.ts';
import { nothingByItself, openShop, type Shop } from './shop.ts';
import { query } from './sql.ts';

const [germany, america] = ['A1PA6795UKMFR9', 'ATVPDKIKX0DER'];
const tables = ['timeline_entry', 'order_facts', 'day_sales', 'state_count', 'need', 'store_activity'] as const;
const publishers = ['gateway', 'orders', 'fulfillment', 'billing', 'notification', 'access', 'console'];
const main = fileURLToPath(new URL('../../../services/console/src/rebuild/main.ts', import.meta.url));

/** What the console shows follows from the event logs of the services alone. */
describe("the console's read model", () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({
      sandbox: { limits: 'off', visibilityLagMs: 0, feedDelayMs: { queueMs: 0, processingMs: 0 } },
      environment: { ...nothingByItself, AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms' },
    });
    await live();
  });
  afterAll(() => shop?.stop());

  const sell = async (wish: object): Promise<string> => {
    const [amazonOrderId = ''] = await shop.sell({
      ...{ fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany, live: false },
      ...{ lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }] },
      ...wish,
    });
    return amazonOrderId;
  };
  const inState = (amazonOrderId: string, state: string) =>
    eventually(async () => {
      const order = await shop.order(amazonOrderId);
      expect(order).toMatchObject({ state });
      return order;
    });
  const act = async (id: string, path: string, body: object = {}) => {
    const { status } = await shop.send('order', 'POST', `/orders/${id}/${path}`, body);
    expect(status).toBeLessThan(300);
  };

  /** Orders of every fate. */
  const live = async (): Promise<void> => {
    const [shipped, refunded, canceled, held, asked] = [await sell({}), await sell({}), await sell({}), await sell({}), await sell({})];
    const blocked = await sell({ lines: [{ sku: 'SKU-NOBODY-KNOWS', quantity: 1 }] });
    await sell({ fulfillmentStatus: 'PENDING' });
    const gone = await sell({ fulfillmentStatus: 'PENDING' });
    await shop.sell({ count: 30, marketplaceId: america, live: false });
    await shop.sync();
    for (const one of [shipped, refunded]) {
      const { id, lines } = await inState(one, 'processing');
      await eventually(async () => expect((await shop.get('fulfillment', `/orders/${id}/shipping`)).ship).toEqual({ allowed: true }));
      const packages = [{ carrier: 'dhl', trackingNumber: `JD-${id.slice(-6)}`, lines: [{ lineId: lines[0].lineId, quantity: 2 }] }];
      expect((await shop.send('fulfillment', 'POST', '/shipments', { orderId: id, packages })).status).toBe(201);
    }
    await act((await inState(canceled, 'processing')).id, 'cancel', { reason: 'no-inventory' });
    const { id: heldId } = await inState(held, 'processing');
    await act(heldId, 'hold', { reason: 'ask Mara first' });
    await act(heldId, 'comments', { text: 'Canary lives upstairs' });
    await act(heldId, 'number', { source: 'amazon' });
    await inState(asked, 'processing');
    await shop.happens(asked, { requestCancellation: { reason: 'CHANGED_MIND' } });
    await shop.happens(gone, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
    await inState(blocked, 'blocked');
    const { id, lines } = await inState(refunded, 'complete');
    const wish = { orderId: id, reason: 'customer-return', lines: [{ lineId: lines[0].lineId, quantity: 1 }], shippingMinor: 0 };
    expect((await shop.send('billing', 'POST', '/credit-memos', wish)).status).toBe(201);
    await inState(shipped, 'complete');
    await inState(canceled, 'canceled');
    await inState(asked, 'held');
  };

  const count = async (table: string): Promise<number> => {
    const [row] = await query<{ n: number }>(shop.databaseUrl, `select count(*)::int as n from ${table}`);
    return row?.n ?? 0;
  };
  const published = async (): Promise<number> =>
    (await Promise.all(publishers.map((schema) => count(`${schema}.event_log`)))).reduce((a, b) => a + b);

  /** All that was published has been heard, and nothing follows from it any more. */
  const quiet = async (): Promise<void> => {
    let before = -1;
    await eventually(
      async () => {
        const all = await published();
        const same = all === before;
        before = all;
        expect([same, await count('console.timeline_entry')]).toEqual([true, all]);
      },
      { withinMs: 60_000, everyMs: 1_000 },
    );
  };

  const dump = async (): Promise<Record<string, string[]>> =>
    Object.fromEntries(
      await Promise.all(
        tables.map(async (table) => [
          table,
          (await query<{ row: string }>(shop.databaseUrl, `select to_jsonb(t)::text as row from console.${table} t order by 1`)).map(
            ({ row }) => row,
          ),
        ]),
      ),
    );

  const rebuild = async (): Promise<string> => {
    const addresses = shop.system.services.filter(({ name }) => name !== 'console').map(({ name, url }) => `${name}=${url}`);
    const child = spawn(process.execPath, [main, '--anew'], {
      env: {
        ...{ DATABASE_URL: shop.databaseUrl, ACCESS_URL: shop.urlOf('access') },
        ...{ SERVICE_SECRET: await shop.secretOf('console'), SERVICES: addresses.join(',') },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
    const [code] = await once(child, 'exit');
    expect([code, said]).toEqual([0, expect.stringMatching(/Built from \d+ events/)]);
    return said;
  };

  test('is the same when it is built anew from the logs of all services', async () => {
    await quiet();
    const before = await dump();
    for (const table of tables) expect(before[table]?.length).toBeGreaterThan(0);
    expect(JSON.stringify(before)).not.toContain('Canary');
    expect(await rebuild()).toMatch(new RegExp(`Built from ${await published()} events`));
    expect(differences(before, await dump())).toEqual([]);
  });

  test('loses and doubles nothing of what goes on happening meanwhile', async () => {
    await shop.sell({ count: 60, marketplaceId: germany, live: false });
    await shop.sync();
    await eventually(async () => expect(await count('console.timeline_entry')).toBeGreaterThan(200));
    await rebuild();
    await shop.sell({ count: 20, marketplaceId: america, live: false });
    await shop.lookAtAmazon();
    await quiet();
    const lived = await dump();
    await rebuild();
    expect(differences(lived, await dump())).toEqual([]);
  });

  test('has the numbers of the order service', async () => {
    await quiet();
    const { stores } = await shop.get('order', '/orders/summary');
    expect(stores.length).toBeGreaterThan(1);
    for (const { tenant, orders, sales } of stores) {
      const overview = await told('GET', `${shop.system.url}/api/overview?store=${tenant}`);
      expect([tenant, overview.states]).toEqual([tenant, orders]);
      const priced = overview.sales.lifetime.filter(({ currency }: { currency: string }) => currency !== '');
      expect(priced.map(({ currency, orders, revenueMinor }: Sold) => ({ currency, orders, grandTotalMinor: revenueMinor }))).toEqual(
        sales,
      );
    }
  });
});

/** The first rows that only one of them has. */
const differences = (before: Record<string, string[]>, after: Record<string, string[]>): string[] =>
  tables.flatMap((table) => {
    const [had, has] = [before[table] ?? [], after[table] ?? []];
    return [
      ...had.filter((row) => !has.includes(row)).map((row) => `${table} has lost ${row}`),
      ...has.filter((row) => !had.includes(row)).map((row) => `${table} has got ${row}`),
    ].slice(0, 3);
  });

interface Sold {
  readonly currency: string;
  readonly orders: number;
  readonly revenueMinor: number;
}
