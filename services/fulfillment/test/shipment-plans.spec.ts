import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceHarness, vacuumed } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { referenceStatement } from '../src/store/order-references.ts';
import { listStatement, type ShipmentFilter } from '../src/store/shipment-queries.ts';
import type { World } from './shipping-world.ts';

const shipments = 40_000;

/** A year of a shop: nearly all parcels are accepted, a handful waits for somebody. */
const fill = [
  `insert into shipping_order (id, tenant, version, number, amazon_order_id, marketplace_id, fulfilled_by, purchased_at, programs, obstacles,
     state, to_ship, order_version, heard, pickup, lines)
   select gen_random_uuid(), 'store-1', 1, lpad(n::text, 9, '0'), '114-' || lpad(n::text, 7, '0'), 'M', 'merchant', now(), '{}', '{}', 'done', 0,
     1, '{}', '[]', '[]' from generate_series(1, ${shipments}) n`,
  `insert into shipment (id, order_id, tenant, position, version, revision, state, carrier, tracking_number, label_from, lines, told, write_state,
     created_at, created_by, measured)
   select gen_random_uuid(), id, tenant, 1, 1, 1, case when n % 4000 = 0 then 'packed' else 'shipped' end, 'DHL', 'T-' || n, 'seller', '[]', '[]',
     case when n % 4000 = 0 then 'none' when n % 1000 = 1 then 'refused' when n % 2000 = 2 then 'waiting' else 'accepted' end,
     timestamptz '2026-01-01' + n * interval '13 minutes', 'Ada', true
   from (select id, tenant, number::int as n from shipping_order) o`,
];

let world: World;
beforeAll(async () => {
  world = await serviceHarness({ schema, build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error' })) });
  for (const statement of fill) await world.app.database.query(statement);
  await vacuumed(world.app.database, 'shipping_order', 'shipment');
});
afterAll(() => world?.stop());

interface Plan {
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Plan[];
}
const nodesOf = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const planOf = async (sql: string, parameters: readonly unknown[]): Promise<{ indexes: (string | undefined)[]; mostRows: number }> => {
  const [row] = await world.app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${sql}`, parameters);
  const nodes = nodesOf((row as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
  const indexes = nodes.flatMap((node) => node['Index Name'] ?? []).toSorted();
  return { indexes, mostRows: Math.max(...nodes.map((node) => node['Actual Rows'])) };
};

describe(`among ${shipments} parcels`, () => {
  const after = { at: '2026-06-01T00:00:00.000Z', id: '00000000-0000-4000-8000-000000000000' };
  test.each<[ShipmentFilter, string]>([
    [{}, 'shipment_created'],
    [{ tenant: 'store-1', from: '2026-02-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }, 'shipment_created'],
    [{ state: 'packed' }, 'shipment_packed'],
    [{ writeState: 'refused' }, 'shipment_unwritten'],
    [{ writeState: 'waiting', tenant: 'store-1' }, 'shipment_unwritten'],
    [{ tracking: 'T-77' }, 'shipment_tracking'],
    [{ orderId: '7b0a3c1e-7f54-4a0e-9a51-0d3c6b1f2a10' }, 'shipment_order'],
  ])('a page of %j is read from %s, and little beside it', async (filter, index) => {
    for (const place of [undefined, after]) {
      const { indexes, mostRows } = await planOf(...listStatement(filter, place, 51));
      expect(indexes).toEqual([index]);
      expect(mostRows).toBeLessThanOrEqual(60);
    }
  });

  test('the orders of a file are found by their numbers', async () => {
    const { indexes, mostRows } = await planOf(referenceStatement, [['000000012', '114-0000077'], null]);
    expect(indexes).toEqual(['shipping_order_amazon', 'shipping_order_number']);
    expect(mostRows).toBeLessThanOrEqual(2);
  });
});
