import { createHmac } from 'node:crypto';
import { generateKey, keyRing } from '@orderbus/service-kit';
import type pg from 'pg';

const split = (text: string): readonly string[] => text.split(' ');

export const adjectives = split(
  'vintage modern rustic classic elegant sturdy compact folding portable magnetic waterproof organic ceramic wooden steel glass bamboo cotton leather silicone',
);
export const nouns = split(
  'mug bottle lamp chair table shelf basket pillow blanket towel curtain rug clock mirror frame vase candle tray bowl plate spoon fork knife pan kettle toaster blender scale timer grater peeler opener rack hook hanger box bin cart stool bench desk mat brush comb bag wallet belt scarf glove hat',
);
export const colors = split('black white grey red blue green yellow orange purple brown pink');
export const firstNames = split('maria john anna peter laura james emma lukas sofia marco julia thomas');
export const lastNames = split('schmidt garcia tanaka martin rossi dubois jones silva').flatMap((name) =>
  [...'abcdefghijklmnopqrst'].map((letter) => name + letter),
);

/** Where they sell, with the country and the currency of each. Two of them, France and Germany, have the same one. */
export const marketplaces = [
  ['ATVPDKIKX0DER', 'US', 'USD'],
  ['A2EUQ1WTGCTBG2', 'CA', 'CAD'],
  ['A1AM78C64UM0Y8', 'MX', 'MXN'],
  ['A1PA6795UKMFR9', 'DE', 'EUR'],
  ['A1F83G8C2ARO7P', 'GB', 'GBP'],
  ['A13V1IB3VIYZZH', 'FR', 'EUR'],
  ['A1VC38T7YXB528', 'JP', 'JPY'],
] as const;

/**
 * Three years of a large seller, made inside PostgreSQL: 5,000 products of which a few sell most, four stores, seven marketplaces, the usual
 * share of what is canceled, paid back or waits, and the names of the buyers of the last tenth, since the others are purged by then.
 * @param newest when the last of them was bought
 */
export const fillOrders = async (client: pg.Client, orders: number, ring: string, newest = '2026-11-01T00:00:00Z'): Promise<void> => {
  await client.query(`set search_path = orders; set session_replication_role = replica; set synchronous_commit = off;
    set maintenance_work_mem = '1GB'; set work_mem = '256MB'`);
  const indexes = await dropIndexes(client);
  await client.query(products);
  await client.query(orderRows, [orders, newest]);
  await client.query(listRows);
  await client.query(searchRows);
  await fillNames(client, orders, ring);
  for (const definition of indexes) await client.query(definition);
  await client.query('vacuum analyze orders, order_list, order_search, buyer_name_index');
};

/** Evenly spread over 0 to `of` - 1, and the same each time. */
const any = (of: number, salt: number): string => `((hashint8extended(n, ${salt}) & 2147483647) % ${of})`;
const oneOf = (values: readonly string[], index: string): string =>
  `(array[${values.map((value) => `'${value}'`).join(', ')}])[1 + ${index}]`;

const products = `create temp table product as
  select p, array[upper(left(adjective, 4)), upper(noun), upper(color), p::text] as parts, 'B0' || lpad(upper(to_hex(p * 7919)), 8, '0') as asin,
    initcap(adjective || ' ' || noun) || ' for Home and Kitchen, ' || initcap(color) || ', Set of ' || 1 + p % 6 as title
  from (select p, ${oneOf(adjectives, '(p * 7) % 20')} as adjective, ${oneOf(nouns, '(p * 11) % 50')} as noun, ${oneOf(colors, 'p % 11')} as color
    from generate_series(0, 4999) as p) as names`;

const ofMarket = (part: 0 | 1 | 2): string =>
  oneOf(
    marketplaces.map((one) => one[part]),
    'market',
  );

const productOf = 'floor(5000 * power((hashint8extended(n, 9) & 2147483647) / 2147483648.0, 3))::int';

const orderRows = `insert into orders (id, tenant, version, number, state, status, amazon_order_id, marketplace_id, country, fulfilled_by,
    amazon_status, amazon_version, purchased_at, amazon_updated_at, ship_by, service_level, programs, currency, grand_total_minor, tip_minor,
    lines, balanced, stock, block_reasons, stock_version, billed, tags, attention)
  select gen_random_uuid(), 'store-' || ${any(4, 1)}, 3, lpad(n::text, 9, '0'), state, state,
    ${oneOf(['111', '112', '113', '114', '702', '026'], any(6, 2))} || '-' || lpad(${any(10_000_000, 3)}::text, 7, '0')
      || '-' || lpad(${any(10_000_000, 4)}::text, 7, '0'),
    ${ofMarket(0)}, ${ofMarket(1)}, case when ${any(4, 5)} = 0 then 'amazon' else 'merchant' end,
    case state when 'canceled' then 'canceled' when 'complete' then 'shipped' when 'closed' then 'shipped' else 'unshipped' end, 2,
    at, at + interval '2 days', at + interval '2 days' + ${any(72, 6)} * interval '1 hour', 'standard',
    case when ${any(3, 7)} = 0 then '["prime"]'::jsonb when ${any(40, 8)} = 0 then '["business"]' else '[]' end,
    ${ofMarket(2)}, 500 + ${any(30_000, 10)}, 0,
    jsonb_build_array(jsonb_build_object('lineId', n::text, 'sku', array_to_string(parts, '-'), 'asin', asin, 'title', title,
      'quantity', 1 + ${any(3, 11)}, 'quantityShipped', 0, 'taxCollectedBy', 'marketplace', 'amounts', jsonb_build_object('itemMinor', 500,
        'shippingMinor', 0, 'giftWrapMinor', 0, 'taxMinor', 0, 'discountMinor', 0, 'otherMinor', 0, 'totalMinor', 500))),
    true, 'reserved', '[]', 1, jsonb_build_object(n::text, jsonb_build_object('kind', 'invoice', 'number', lpad(n::text, 9, '0'), 'totalMinor', 500,
      'lines', null, 'canceled', false)),
    case when ${any(500, 16)} = 0 then '["gift"]'::jsonb when ${any(5_000, 17)} = 0 then '["vip"]' else '[]' end,
    case when n > $1 * 0.99 and ${any(50, 18)} = 0 then '["stock-missing"]'::jsonb else '[]' end
  from (select n, least(6, ${any(9, 12)}) as market, $2::timestamptz - ($1 - n) * interval '94 seconds' as at, ${productOf} as p,
      case when n > $1 * 0.995 then ${oneOf(['new', 'blocked', 'processing', 'processing', 'processing'], any(5, 13))}
        when ${any(25, 14)} = 0 then 'canceled' when ${any(40, 15)} = 0 then 'closed' else 'complete' end as state
    from generate_series(1, $1::int) as n) as made join product using (p) order by n`;

/** As the trigger would have written it, order by order. */
const listRows = `insert into order_list
  select id, version, tenant, number, state, status, marketplace_id, country, fulfilled_by, array(select jsonb_array_elements_text(programs)),
    array(select jsonb_array_elements_text(tags)), attention <> '[]', purchased_at, ship_by, amazon_updated_at, currency, grand_total_minor
  from orders order by purchased_at`;

/** As \`search-words.ts\` has it: parts of codes, what follows from each on, the words of the title, a tracking number. */
const searchRows = `insert into order_search
  select o.id, 2, o.purchased_at, true, array_to_tsvector(array[number, ltrim(number, '0'), a[1], a[2], a[3], a[1] || a[2] || a[3], a[2] || a[3], right(a[3], 4),
    '1z' || a[3] || a[2]] || words) as words
  from (select id, number, purchased_at, string_to_array(amazon_order_id, '-') as a, lines #>> '{0,asin}' as asin from orders) as o join (
    select asin, array(select lower(word) from unnest(parts || array[asin, array_to_string(parts, ''), array_to_string(parts[2:], ''),
      array_to_string(parts[3:], '')] || regexp_split_to_array(title, '[^[:alnum:]]+')) as word) as words
    from product) as p using (asin) order by o.purchased_at`;

const fillNames = async (client: pg.Client, orders: number, ring: string): Promise<void> => {
  const secret = generateKey();
  await client.query(`insert into vault_secret (name, sealed) values ('name-index', $1)`, [
    keyRing(ring).seal(secret, 'vault-secret:name-index'),
  ]);
  const key = Buffer.from(secret, 'base64');
  const tokens = [firstNames, lastNames].flatMap((names, kind) =>
    names.flatMap((name, n) =>
      beginningsOf(name).map((word) => ({ kind, n, token: createHmac('sha256', key).update(word).digest().subarray(0, 16) })),
    ),
  );
  await client.query('create temp table name_token (kind int, n int, token bytea)');
  await client.query('insert into name_token select * from unnest($1::int[], $2::int[], $3::bytea[])', [
    tokens.map(({ kind }) => kind),
    tokens.map(({ n }) => n),
    tokens.map(({ token }) => token),
  ]);
  await client.query(
    `insert into buyer_name_index (token, order_id)
    select distinct t.token, o.id from (select id, number::bigint as n from orders where number::int > ${orders} * 0.9) as o
    join name_token t on (t.kind = 0 and t.n = ${any(firstNames.length, 21)}) or (t.kind = 1 and t.n = ${any(lastNames.length, 22)})`.replaceAll(
      'hashint8extended(n',
      'hashint8extended(o.n',
    ),
  );
};

const beginningsOf = (word: string): string[] => [...word].map((_, n) => word.slice(0, n + 1)).filter(({ length }) => length >= 3);

/** All indexes of the tables that are filled: made at once, they take a tenth of the time. */
const dropIndexes = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string; table: string; definition: string; key: string | null }>(
    `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, pg_get_indexdef(i.indexrelid) as definition,
       pg_get_constraintdef(c.oid) as key
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid = any(array['orders', 'order_list', 'order_search', 'buyer_name_index']::regclass[])`,
  );
  for (const { name, table, key } of rows)
    await client.query(key === null ? `drop index ${name}` : `alter table ${table} drop constraint ${name}`);
  return rows.map(({ table, key, definition }) => (key === null ? definition : `alter table ${table} add ${key}`));
};
