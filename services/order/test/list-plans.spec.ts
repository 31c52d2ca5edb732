import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@orderbus/service-kit';
import { type Harness, vacuumed } from '@orderbus/testkit';
import type { Filters } from '../src/store/filters.ts';
import { placesOf } from '../src/store/list-orders.ts';
import {
  chosenStatement,
  collectBothStatement,
  collectFilteredStatement,
  collectStatement,
  foundStatement,
  type Listing,
  type Statement,
  walkStatement,
  walkWordsStatement,
} from '../src/store/list-statements.ts';
import { findStatement } from '../src/store/queries.ts';
import { type Search, searchFor } from '../src/store/search.ts';
import { orderByOf, type Position, type Sort, type SortName } from '../src/store/sorts.ts';
import { orderHarness } from './harness.ts';

const orders = 20_000;

/** Three years of a shop: most orders are complete, a handful waits, one marketplace of six is small, large totals are rare. */
const fill = `
  insert into orders (id, tenant, version, number, state, status, amazon_order_id, marketplace_id, country, fulfilled_by, amazon_status,
    amazon_version, purchased_at, amazon_updated_at, ship_by, programs, currency, grand_total_minor, tip_minor, lines, balanced, stock,
    block_reasons, stock_version, tags, attention)
  select gen_random_uuid(), 'store-' || n % 3, 2, lpad(n::text, 9, '0'), state, state, '900-0000000-' || lpad(n::text, 7, '0'),
    case when n % 500 = 0 then 'SMALL' else 'LARGE-' || n % 5 end, 'US', case when n % 2 = 0 then 'merchant' else 'amazon' end, 'shipped', 1,
    timestamptz '2023-01-01' + n * interval '75 minutes', now(), timestamptz '2023-01-02' + (n + n * 17 % 2000) * interval '75 minutes',
    case when n % 400 = 0 then '["business"]'::jsonb else '["prime"]' end, case when n % 20 = 0 then 'JPY' else 'USD' end,
    case when n % 5000 = 0 then 1000000 else n % 20000 end, 0,
    jsonb_build_array(jsonb_build_object('lineId', n, 'sku', 'MUG', 'title', repeat('mug ', 20), 'quantity', 1)), true, 'reserved', '[]', 1,
    case when n % 900 = 0 then '["vip"]'::jsonb else '[]' end, case when n % 1000 = 0 then '["stock-missing"]'::jsonb else '[]' end
  from (select n, case when n % 1000 = 0 then 'blocked' when n % 700 = 0 then 'new' when n % 30 = 0 then 'canceled' else 'complete' end as state
    from generate_series(1, ${orders}) as n) as made`;

const fillSearch = `insert into order_search (order_id, amazon_version, purchased_at, numbered, words)
  select id, 1, purchased_at, true, array_to_tsvector(array[number, replace(amazon_order_id, '-', ''), 'mug', 'product' || number::int % 4000])
  from orders`;

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
  const { database } = harness.app;
  await database.query(fill);
  await database.query(`update order_list set ship_to_country = case when number like '%77' then 'MX' else 'US' end`);
  await database.query(fillSearch);
  await database.query(
    `insert into buyer_name_index select substr(sha256(id::text::bytea), 1, 16), id from orders
    union all select $1, id from orders where number::int % 2000 = 0`,
    [name],
  );
  await vacuumed(database, 'orders', 'order_list', 'order_search', 'buyer_name_index');
});
afterAll(() => harness.stop());

const name = Buffer.from('0123456789abcdef');
const search = (text: string): Promise<Search> => searchFor(harness.app.database, text, async (term) => (term === 'smith' ? [name] : []));

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

const explain = async ([sql, parameters]: Statement) => {
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

const newest: Sort = { by: 'purchased', descending: true };
const middle = '2024-08-01T00:00:00.000000Z';
const id = '80000000-0000-4000-8000-000000000000';

describe(`among ${orders} orders`, () => {
  test.each<[SortName, string, readonly string[]]>([
    ['purchased', 'order_list_purchased', [middle]],
    ['shipBy', 'order_list_ship_by', [middle]],
    ['total', 'order_list_total', ['USD', '10000']],
    ['number', 'order_list_number', ['000010000']],
    ['store', 'order_list_store', ['store-1', middle]],
    ['status', 'order_list_status', ['complete', middle]],
    ['updated', 'order_list_updated', ['2026-01-01T00:00:00.000000Z']],
  ])(
    'a page in the order of %s is read from its index, unsorted: the first and one from the middle, both ways',
    async (by, index, values) => {
      for (const descending of [true, false]) {
        for (const after of [undefined, { values, id }]) {
          const listing = { filters: { fulfilledBy: 'merchant' }, sort: { by, descending } };
          const { indexes, types, blocks } = await explain(walkStatement(listing, { after, limit: 51 }, 500));
          expect([indexes, types.filter((type) => /Sort|Seq/.test(type))]).toEqual([[index], []]);
          // The table has some 400 blocks.
          expect(blocks).toBeLessThan(200);
        }
      }
    },
  );

  test.each<[string, Filters, string]>([
    ['of a small marketplace', { marketplace: ['SMALL'] }, 'order_list_marketplace'],
    ['of rare states', { state: ['blocked', 'new'] }, 'order_list_state'],
    ['to a rare country', { shipToCountry: ['MX'] }, 'order_list_ship_to'],
    ['of a rare program', { program: ['business'] }, 'order_list_labels'],
    ['with a rare tag', { tag: ['vip'] }, 'order_list_labels'],
    ['that need attention', { needsAttention: true }, 'order_list_attention'],
    ['with a rare total', { currency: 'USD', minTotalMinor: 900_000 }, 'order_list_total'],
    ['of one day', { purchasedFrom: '2025-03-01T00:00:00Z', purchasedTo: '2025-03-02T00:00:00Z' }, 'order_list_purchased'],
    ['to be shipped within a day', { shipByFrom: '2025-03-01T00:00:00Z', shipByTo: '2025-03-02T00:00:00Z' }, 'order_list_ship_by'],
    ['with a number of ours', { number: '000000500' }, 'order_list_number'],
    ["with Amazon's number", { amazonOrderId: '900-0000000-0000500' }, 'orders_amazon_number'],
    ['of a customer', { customerId: id }, 'orders_customer'],
    ['that are named', { id: [id] }, 'order_list_pkey'],
  ])('those %s are collected from an index, in whatever order they are wanted', async (_, filters, index) => {
    for (const by of ['purchased', 'total'] as const) {
      const { indexes, types, blocks } = await explain(
        collectStatement({ filters, sort: { by, descending: true } }, { after: undefined, limit: 51 }),
      );
      expect(types).not.toContain('Seq Scan');
      expect(indexes).toContain(index);
      expect(blocks).toBeLessThan(300);
    }
  });

  test.each<[string, string, string]>([
    ['a rare word', 'product77', 'order_search_words'],
    ['the end of a number', '0000777', 'order_search_words'],
    ['a name', 'smith', 'buyer_name_index_pkey'],
    ['a name and a word', 'smith mug', 'buyer_name_index_pkey'],
  ])('%s is found by an index', async (_, text, index) => {
    const { indexes, types, blocks } = await explain(foundStatement(await search(text), 3_000));
    expect(types).not.toContain('Seq Scan');
    expect(indexes).toContain(index);
    expect(blocks).toBeLessThan(300);
  });

  test('a frequent word is found by looking through the newest orders, and no further than the page is full', async () => {
    const listing: Listing = { filters: {}, search: await search('mug'), sort: newest };
    for (const after of [undefined, { values: [middle], id } satisfies Position]) {
      const { indexes, types, blocks } = await explain(walkWordsStatement(listing, listing.search as Search, { after, limit: 51 }, 1_000));
      expect(indexes).toEqual(expect.arrayContaining(['order_search_purchased', 'order_list_pkey']));
      expect(types.filter((type) => /Sort|Seq/.test(type))).toEqual([]);
      expect(blocks).toBeLessThan(400);
    }
  });

  test('a frequent word in another order, or among few orders, is looked up order by order', async () => {
    const mug = await search('mug');
    const walked: Listing = { filters: {}, search: mug, sort: { by: 'total', descending: true } };
    const filtered: Listing = { ...walked, filters: { tag: ['vip'] } };
    for (const statement of [
      walkStatement(walked, { after: undefined, limit: 51 }, 500),
      collectFilteredStatement(filtered, mug, { after: undefined, limit: 51 }, 'look-up'),
      collectFilteredStatement(filtered, mug, { after: undefined, limit: 51 }, 'sort'),
      chosenStatement(walked, [id], { after: undefined, limit: 51 }),
    ]) {
      const { types, blocks } = await explain(statement);
      expect(types).not.toContain('Seq Scan');
      expect(blocks).toBeLessThan(400);
    }
  });

  test('every way to collect a page finds the same', async () => {
    const mug = await search('mug');
    const listing: Listing = { filters: { currency: 'USD', minTotalMinor: 9_000 }, search: mug, sort: { by: 'shipBy', descending: true } };
    const asked = { after: undefined, limit: 51 };
    const pages: string[][] = [];
    for (const statement of [
      collectStatement(listing, asked),
      collectFilteredStatement(listing, mug, asked, 'look-up'),
      collectFilteredStatement(listing, mug, asked, 'sort'),
      collectBothStatement(listing, mug, asked),
    ])
      pages.push((await harness.app.database.query<Position>(...statement)).map((place) => place.id));
    expect(pages[0]).toHaveLength(51);
    expect(pages).toEqual(pages.map(() => pages[0]));
  });

  test.each<[string, string | undefined, Filters, Sort, string]>([
    ['a frequent filter', undefined, { fulfilledBy: 'merchant' }, newest, `fulfilled_by = 'merchant'`],
    ['a filter that the first orders do not pass', undefined, { state: ['new'] }, { by: 'status', descending: true }, `state = 'new'`],
    ['what only the end of the list has', undefined, { currency: 'USD' }, { by: 'total', descending: false }, `currency = 'USD'`],
    ['a frequent word', 'mug', {}, newest, 'true'],
    ['a frequent word by total', 'mug', {}, { by: 'total', descending: true }, 'true'],
    ['a frequent word among few orders', 'mug', { tag: ['vip'] }, { by: 'shipBy', descending: false }, `'vip' = any(tags)`],
    ['a frequent word among many that come late', 'mug', { state: ['canceled'] }, { by: 'status', descending: true }, `state = 'canceled'`],
    ['a name', 'smith', {}, newest, `number::int % 2000 = 0`],
  ])('page after page, %s shows what the whole list has', async (_, text, filters, sort, condition) => {
    const { database } = harness.app;
    const listing: Listing = { filters, sort, search: text === undefined ? undefined : await search(text) };
    const shown: string[] = [];
    for (let page: Position[] = [], n = 0; n === 0 || (n < 4 && page.length === 30); n++) {
      page = await placesOf(database, listing, { after: page.at(-1), limit: 30 });
      shown.push(...page.map((place) => place.id));
    }
    const all = await database.query<{ id: string }>(
      `select order_id as id from order_list where ${condition} order by ${orderByOf(sort)} limit 120`,
    );
    expect(shown).toEqual(all.map((row) => row.id));
  });

  test('one order is found by any of its three names', async () => {
    const [row] = await harness.app.database.query<{ id: string }>(`select id from orders where number = '000000500'`);
    for (const reference of [row?.id as string, '000000500', '900-0000000-0000500']) {
      const { types, blocks } = await explain(findStatement(reference, undefined));
      expect(types).not.toContain('Seq Scan');
      expect(blocks).toBeLessThan(20);
    }
  });
});
