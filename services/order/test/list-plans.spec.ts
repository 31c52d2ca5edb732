import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@orderbus/service-kit';
import type { Harness } from '@orderbus/testkit';
import type { Filters } from '../src/store/filters.ts';
import { findStatement, listStatement } from '../src/store/queries.ts';
import { orderHarness } from './harness.ts';

/** Three years of a shop: most orders are complete, a handful waits, one marketplace of six is small, large totals are rare. */
const fill = `
  insert into orders (id, tenant, version, number, status, amazon_order_id, marketplace_id, country, fulfilled_by, amazon_status, amazon_version,
    purchased_at, amazon_updated_at, programs, currency, grand_total_minor, tip_minor, lines, balanced, stock, block_reasons, stock_version,
    invoice_canceled, invoice_version)
  select gen_random_uuid(), 'store-' || n % 3, 2, lpad(n::text, 9, '0'),
    case when n % 1000 = 0 then 'blocked' when n % 700 = 0 then 'new' when n % 50 = 0 then 'processing' when n % 30 = 0 then 'canceled' else 'complete' end,
    '900-0000000-' || lpad(n::text, 7, '0'), case when n % 500 = 0 then 'SMALL' else 'LARGE-' || n % 5 end, 'US',
    case when n % 2 = 0 then 'merchant' else 'amazon' end, 'shipped', 1,
    timestamptz '2026-01-01' - (n * 31 % 50000) * interval '30 minutes', now(), '[]', case when n % 20 = 0 then 'JPY' else 'USD' end,
    case when n % 5000 = 0 then 1000000 else n % 20000 end, 0,
    jsonb_build_array(jsonb_build_object('lineId', n, 'sku', 'MUG', 'title', repeat('mug ', 20), 'quantity', 1)), true, 'reserved', '[]', 1, false, 0
  from generate_series(1, 50000) as n`;

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
  await harness.app.database.query(fill);
  await harness.app.database.query('analyze orders');
});
afterAll(() => harness.stop());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

const explain = async (sql: string, parameters: readonly unknown[]) => {
  const [row] = await harness.app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, buffers, format json) ${sql}`,
    parameters,
  );
  const plan = row?.['QUERY PLAN'][0].Plan as Plan;
  const nodes = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const all = nodes(plan);
  return {
    indexes: all.flatMap((node) => node['Index Name'] ?? []),
    types: all.map((node) => node['Node Type']),
    blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
  };
};

describe('among 50,000 orders', () => {
  const page = { purchasedAt: '2025-06-01T00:00:00.000Z', id: '80000000-0000-4000-8000-000000000000' };

  test.each<[string, Filters, string]>([
    ['without filter', {}, 'orders_purchased'],
    ['of a store', { tenant: 'store-1' }, 'orders_tenant'],
    ['of a small marketplace', { marketplace: 'SMALL' }, 'orders_marketplace'],
    ['of a rare status', { status: ['blocked'] }, 'orders_status'],
    ['of two rare statuses', { status: ['blocked', 'new'] }, 'orders_status'],
    ['of a common status', { status: ['complete'] }, 'orders_purchased'],
    ['fulfilled by us', { fulfilledBy: 'merchant' }, 'orders_purchased'],
    ['with a rare total', { currency: 'USD', minTotalMinor: 900_000 }, 'orders_total'],
    ['with a common total', { currency: 'USD', minTotalMinor: 1_000 }, 'orders_purchased'],
    ['of one month', { purchasedFrom: '2025-03-01T00:00:00Z', purchasedTo: '2025-04-01T00:00:00Z' }, 'orders_purchased'],
    ['with a number of ours', { number: '000000500' }, 'orders_number'],
    ["with Amazon's number", { amazonOrderId: '900-0000000-0000500' }, 'orders_amazon_number'],
  ])('the first page and a later one %s are read through an index', async (_, filters, index) => {
    for (const after of [undefined, page]) {
      const { indexes, types, blocks } = await explain(...listStatement(filters, after, 51));
      expect(types).not.toContain('Seq Scan');
      expect(indexes).toContain(index);
      // The table has some 2,500 blocks.
      expect(blocks).toBeLessThan(500);
    }
  });

  test('one order is found by any of its three names', async () => {
    const [row] = await harness.app.database.query<{ id: string }>(`select id from orders where number = '000000500'`);
    for (const name of [row?.id as string, '000000500', '900-0000000-0000500']) {
      const { types, blocks } = await explain(...findStatement(name, undefined));
      expect(types).not.toContain('Seq Scan');
      expect(blocks).toBeLessThan(20);
    }
  });
});
