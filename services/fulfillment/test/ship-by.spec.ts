import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ShippingObstacle } from '@orderbus/contracts';
import { timeZoneOf } from '@orderbus/kernel';
import { type Harness, serviceHarness, vacuumed } from '@orderbus/testkit';
import fc from 'fast-check';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { type Bucket, bucketOf, buckets } from '../src/domain/deadline.ts';
import { countStatement, listStatement, type Statement } from '../src/store/ship-by.ts';
import { aRow, insertOrders, insertParcel, type ShippingRow } from './shipping-rows.ts';

/** In Berlin it is Monday evening, in Los Angeles Monday morning, in Tokyo Tuesday. */
const now = new Date('2026-05-04T18:00:00.000Z');
const alertMs = 12 * 3_600_000;

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    broker: 'embedded',
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal' }), { clock: { now: () => now } }),
  });
});
afterAll(() => harness?.stop());

const insert = async (...rows: readonly ShippingRow[]): Promise<void> => insertOrders(harness.app.database, rows);

interface Listed {
  readonly orderId: string;
  readonly bucket: Bucket;
}
const listed = async (query: string): Promise<Listed[]> => {
  const items: Listed[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await harness.get(`/ship-by/orders?limit=7${query}${cursor}`);
    expect(status).toBe(200);
    items.push(...body.items);
    if (!body.nextCursor) return items;
    cursor = `&cursor=${body.nextCursor}`;
  }
};
const idsOf = (orders: readonly { orderId?: string; id?: string }[]) => orders.map(({ orderId, id }) => orderId ?? id);

describe('the board of what has to leave', () => {
  test('says of an order when it has to leave, there and here, and what keeps it', async () => {
    const row = aRow({ tenant: 'one', shipBy: '2026-05-05T06:59:59.000Z', country: 'US', obstacles: ['stock'], toShip: 3 });
    await insert(row);
    await insertParcel(harness.app.database, row.id, { writeState: 'refused' });
    const { body } = await harness.get('/ship-by/orders?tenant=one');
    expect(body.items).toEqual([
      {
        ...{ orderId: row.id, tenant: 'one', number: '000000012', amazonOrderId: '114-0000000-0000012', marketplaceId: row.marketplaceId },
        ...{ country: 'US', bucket: 'due-today', shipBy: '2026-05-05T06:59:59.000Z', unitsToShip: 3, programs: [] },
        ...{ shipByLocal: '2026-05-04 23:59 America/Los_Angeles', hoursLeft: 12.9 },
        obstacles: [
          { cause: 'stock', words: 'Waits for stock' },
          { cause: 'amazon-refused', words: 'Amazon has refused a parcel' },
        ],
      },
    ]);
  });

  test('counts by store and marketplace how near deadlines are, and what is blocked of them', async () => {
    const us = { tenant: 'two', marketplaceId: 'ATVPDKIKX0DER', country: 'US' };
    const nowhere = { tenant: 'two', marketplaceId: 'UNKNOWN', country: null };
    const evening = '2026-05-04T21:59:59.000Z';
    await insert(
      aRow({ tenant: 'two', shipBy: '2026-05-04T17:00:00.000Z', obstacles: ['stock', 'hold'] }),
      aRow({ tenant: 'two', shipBy: '2026-05-04T17:00:00.000Z' }),
      aRow({ tenant: 'two', shipBy: evening }),
      aRow({ tenant: 'two', shipBy: '2026-05-05T04:00:00.000Z' }),
      aRow({ ...us, shipBy: '2026-05-05T06:59:59.000Z', obstacles: ['stock'] }),
      aRow({ ...us, shipBy: '2026-05-05T07:00:01.000Z' }),
      aRow({ ...nowhere, shipBy: null }),
      aRow({ tenant: 'two', shipBy: evening, fulfilledBy: 'amazon' }),
      aRow({ tenant: 'two', shipBy: evening, state: 'canceled', toShip: 0 }),
      aRow({ tenant: 'two', shipBy: evening, state: 'done', toShip: 0 }),
    );
    const { body } = await harness.get('/ship-by');
    const none = { orders: 0, blocked: 0 };
    const noObstacle = { stock: 0, hold: 0, 'buyer-cancel-request': 0, cancellation: 0, 'amazon-refused': 0 };
    expect(body).toMatchObject({ at: now.toISOString(), alertHours: 12 });
    expect(body.marketplaces.filter(({ tenant }: { tenant: string }) => tenant === 'two')).toEqual([
      {
        ...{ tenant: 'two', marketplaceId: 'A1PA6795UKMFR9', country: 'DE', timeZone: 'Europe/Berlin' },
        buckets: {
          ...{ overdue: { orders: 2, blocked: 1 }, 'due-today': { orders: 1, blocked: 0 }, 'at-risk': { orders: 1, blocked: 0 } },
          ...{ 'in-time': none, 'no-deadline': none },
        },
        blockedBy: { ...noObstacle, stock: 1, hold: 1 },
      },
      {
        ...{ ...us, timeZone: 'America/Los_Angeles' },
        buckets: {
          ...{ overdue: none, 'due-today': { orders: 1, blocked: 1 }, 'at-risk': none, 'in-time': { orders: 1, blocked: 0 } },
          'no-deadline': none,
        },
        blockedBy: { ...noObstacle, stock: 1 },
      },
      {
        ...{ tenant: 'two', marketplaceId: 'UNKNOWN', timeZone: 'UTC' },
        buckets: { overdue: none, 'due-today': none, 'at-risk': none, 'in-time': none, 'no-deadline': { orders: 1, blocked: 0 } },
        blockedBy: noObstacle,
      },
    ]);
  });

  test('shows the most urgent first, page by page, and those without a deadline by themselves', async () => {
    // Many of them at the same moment: only the id tells them apart.
    const rows = Array.from({ length: 40 }, (_, n) => aRow({ tenant: 'three', shipBy: `2026-05-0${1 + (n % 8)}T12:00:00.000Z` }));
    const without = Array.from({ length: 9 }, () => aRow({ tenant: 'three', shipBy: null }));
    await insert(...rows, ...without);
    const byUrgency = rows.toSorted((a, b) => ((a.shipBy as string) + a.id < (b.shipBy as string) + b.id ? -1 : 1));
    expect(idsOf(await listed('&tenant=three'))).toEqual(idsOf(byUrgency));
    expect(idsOf(await listed('&tenant=three&bucket=no-deadline'))).toEqual(idsOf(without.toSorted((a, b) => (a.id < b.id ? -1 : 1))));
  });

  test('filters by what blocks them, and finds nothing that it did not count', async () => {
    const [stock, hold, refused, free] = [aRow({ obstacles: ['stock', 'hold'] }), aRow({ obstacles: ['hold'] }), aRow(), aRow()].map(
      (row): ShippingRow => ({ ...row, tenant: 'four', marketplaceId: 'FOUR' }),
    ) as [ShippingRow, ShippingRow, ShippingRow, ShippingRow];
    await insert(stock, hold, refused, free);
    await insertParcel(harness.app.database, refused.id, { writeState: 'refused' });
    await insertParcel(harness.app.database, free.id, { writeState: 'refused', acceptedAt: '2026-05-01T08:00:00Z' });
    await insertParcel(harness.app.database, free.id, { state: 'voided', writeState: 'none' });
    const found = async (query: string) => new Set(idsOf(await listed(`&marketplaceId=FOUR${query}`)));
    expect(await found('&blockedBy=hold')).toEqual(new Set([stock.id, hold.id]));
    expect(await found('&blockedBy=amazon-refused')).toEqual(new Set([refused.id]));
    expect(await found('&blockedBy=cancellation')).toEqual(new Set());
    expect(await found('&blocked=true')).toEqual(new Set([stock.id, hold.id, refused.id]));
    expect(await found('&blocked=false')).toEqual(new Set([free.id]));
    expect(await found('&bucket=overdue')).toEqual(new Set());
  });

  test('agrees with the rule, wherever an order is sold and whenever it is due', async () => {
    const hours = fc.integer({ min: -30, max: 60 }).map((n) => new Date(now.getTime() + n * 1_800_000).toISOString());
    const row = fc.record({
      country: fc.constantFrom('DE', 'US', 'AU', 'JP', 'IN', 'XX', null),
      shipBy: fc.option(hours, { freq: 10 }),
      obstacles: fc.subarray(ShippingObstacle.options.filter((one) => one !== 'amazon-refused')),
    });
    const rows = fc.sample(row, 300).map((changes) => aRow({ ...changes, tenant: 'five', marketplaceId: `M-${changes.country}` }));
    await insert(...rows);
    const bucket = ({ shipBy, country }: ShippingRow): Bucket => bucketOf(shipBy, timeZoneOf(country), { now, alertMs });
    const { body } = await harness.get('/ship-by');
    for (const { marketplaceId, ...counted } of body.marketplaces.filter(({ tenant }: { tenant: string }) => tenant === 'five')) {
      const own = rows.filter((one) => one.marketplaceId === marketplaceId);
      for (const name of buckets) {
        const inIt = own.filter((one) => bucket(one) === name);
        expect([name, counted.buckets[name]]).toEqual([
          name,
          { orders: inIt.length, blocked: inIt.filter(({ obstacles }) => obstacles.length > 0).length },
        ]);
      }
    }
    for (const name of buckets) {
      const found = await listed(`&tenant=five&bucket=${name}`);
      expect(idsOf(found).toSorted()).toEqual(idsOf(rows.filter((one) => bucket(one) === name)).toSorted());
      expect(new Set(found.map((one) => one.bucket)).size).toBeLessThanOrEqual(1);
    }
  });

  test('refuses what it does not know, by name', async () => {
    const fieldsOf = async (query: string) => {
      const { status, body } = await harness.get(`/ship-by/orders?${query}`);
      return { status, fields: body.errors.map(({ field }: { field: string }) => field) };
    };
    expect(await fieldsOf('bucket=late&blockedBy=rain&colour=red')).toEqual({ status: 400, fields: ['bucket', 'blockedBy', 'colour'] });
    expect(await fieldsOf('cursor=nonsense')).toEqual({ status: 400, fields: ['cursor'] });
  });
});

describe('among very many orders', () => {
  interface Plan {
    readonly 'Index Name'?: string;
    readonly 'Node Type': string;
    readonly 'Actual Rows': number;
    readonly Plans?: readonly Plan[];
  }
  const planOf = async ([sql, parameters]: Statement): Promise<Plan[]> => {
    const [row] = await harness.app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${sql}`, parameters);
    const nodes = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
    return nodes((row as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
  };

  test('the board is read from its index: the counts without a look at the orders, a page with a look at few', async () => {
    const { database } = harness.app;
    await database.query(
      `insert into shipping_order (id, tenant, version, number, amazon_order_id, marketplace_id, country, fulfilled_by, purchased_at, ship_by,
         programs, obstacles, state, to_ship, order_version, heard, pickup, lines)
       select gen_random_uuid(), 'many', 0, n::text, n::text, 'M-' || n % 5, (array['DE', 'US', 'JP', 'GB', 'FR'])[1 + n % 5], 'merchant', now(),
         $1::timestamptz + (n % 200 - 20) * interval '1 hour', '{}', case when n % 9 = 0 then '{stock}'::text[] else '{}' end,
         case when n % 4 = 0 then 'open' else 'done' end, case when n % 4 = 0 then 1 else 0 end, 1, '{}', '[]',
         jsonb_build_array(jsonb_build_object('lineId', n, 'sku', 'MUG', 'title', repeat('mug ', 20), 'quantity', 1))
       from generate_series(1, 40000) n`,
      [now.toISOString()],
    );
    await vacuumed(database, 'shipping_order');
    const moment = { now, alertMs };
    const counts = await planOf(countStatement(moment));
    expect(counts.find((node) => node['Index Name'] === 'shipping_order_board')).toMatchObject({ 'Node Type': 'Index Only Scan' });
    for (const bucket of ['overdue', 'due-today', 'in-time'] as const) {
      const nodes = await planOf(listStatement(moment, { bucket, limit: 51 }));
      const [scan] = nodes.filter((node) => node['Index Name']?.startsWith('shipping_order_'));
      expect([bucket, scan?.['Actual Rows']]).toEqual([bucket, 51]);
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
    }
    const blocked = await planOf(listStatement(moment, { blockedBy: 'cancellation', limit: 51 }));
    expect(blocked.map((node) => node['Index Name'])).toContain('shipping_order_blocked');
  });
});
