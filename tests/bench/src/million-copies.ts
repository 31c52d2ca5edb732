/**
 * How a row of an order that went through the pipeline becomes the same row of another order, some time before: its ids, numbers and times
 * become others, everywhere the same ones, and stay of their kind, so that indexes lie as those of real orders do.
 */
import type pg from 'pg';

/** What the copies are of: orders that are complete, by the name that they have in every schema. */
const seeds = `create unlogged table bench.seed as
  select o.id, row_number() over (order by o.number)::int as n, o.amazon_order_id as amazon, o.number, coalesce(i.id, o.id) as invoice,
    coalesce(i.number, o.number) as invoice_number, coalesce(s.id, o.id) as shipment
  from orders.orders o left join billing.invoice i on i.order_id = o.id left join fulfillment.shipment s on s.order_id = o.id
  where o.state = 'complete'`;

export const years = 3;
/** When buyers have been forgotten: thirty days after the delivery. */
const buyerDays = 45;

/** An id of the same version and variant as those of orders. */
const hashed = (text: string): string => `overlay(overlay(md5(${text}) placing '5' from 13) placing 'a' from 17)`;

/** Each copy of each seed, oldest first: one after the other over the years, the last one an hour ago. */
const copies = `create unlogged table bench.copy as
  select n, k, id, amazon, number, invoice, invoice_number, shipment, ago, ago > interval '${buyerDays} days' as forgotten,
    (extract(epoch from ago) * 1000)::bigint as ago_ms,
    ${hashed('id::text || k')}::uuid::text as new_id, ${hashed('invoice::text || k')}::uuid::text as new_invoice,
    ${hashed('shipment::text || k')}::uuid::text as new_shipment,
    left(amazon, 4) || lpad(((hashint8extended(place, 3) & 2147483647) % 10000000)::text, 7, '0') || '-'
      || lpad(((place * 7919 + 104729) % 10000000)::text, 7, '0') as new_amazon,
    lpad((number::int + (k + 1) * highest)::text, 9, '0') as new_number, lpad((invoice_number::int + (k + 1) * highest)::text, 9, '0') as new_invoice_number
  from (select s.*, k, (k * size + n)::bigint as place,
      interval '1 hour' + interval '${years} years' * (1 - (k * size + n) / (copies * size)::float8) as ago
    from (select *, count(*) over ()::int as size, (select max(number)::int from orders.orders) as highest from bench.seed) as s
      cross join lateral (select $1::int as copies) as c cross join generate_series(0, copies - 1) as k) as placed
  order by k, n`;

/** Makes the tables that say what becomes of what, and answers with how many orders there will be. */
export const planCopies = async (client: pg.Client, orders: number): Promise<number> => {
  await client.query('create schema bench');
  await client.query(seeds);
  const { rows } = await client.query<{ seeds: number }>('select count(*)::int as seeds from bench.seed');
  const made = Math.ceil(orders / (rows[0]?.seeds ?? 1));
  await client.query(copies.replace('$1', String(made)));
  await client.query('create index on bench.copy (k, n)');
  await client.query('analyze bench.copy');
  const { rows: planned } = await client.query<{ orders: number }>('select count(*)::int as orders from bench.copy');
  return planned[0]?.orders ?? 0;
};

export interface Copied {
  /** With its schema. */
  readonly table: string;
  /** The order that a row `t` belongs to. */
  readonly order: string;
  /** What is older has been forgotten. Absent: kept for good. */
  readonly days?: number;
  /** Columns that become something else: of a row `t`, a copy `c`, and what else it would be, `$copied`. */
  readonly except?: Readonly<Record<string, string>>;
}

/** The statement that makes all copies of the table's rows, those of one order after those of the other. */
export const copyStatement = async (client: pg.Client, { table, order, days, except = {} }: Copied): Promise<string> => {
  const staged = `bench."${table}"`;
  await client.query(`create unlogged table ${staged} as select t.*, s.n as bench_n from ${table} t join bench.seed s on s.id = ${order}`);
  await client.query(`create index on ${staged} (bench_n)`);
  await client.query(`analyze ${staged}`);
  const columns = await columnsOf(client, table);
  const values: string[] = [];
  for (const column of columns) {
    const value = await newValue(client, staged, column);
    values.push(except[column.name]?.replaceAll('$copied', () => value) ?? value);
  }
  return `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) select ${values.join(', ')}
    from bench.copy c join lateral (select * from ${staged} t where t.bench_n = c.n) as t on true
    ${days === undefined ? '' : `where c.ago < interval '${days} days'`} order by c.k, c.n`;
};

interface Column {
  readonly name: string;
  readonly type: string;
}

/** All but those that are counted by the table itself. */
const columnsOf = async (client: pg.Client, table: string): Promise<Column[]> =>
  (
    await client.query<Column>(
      `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
         left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
         and coalesce(pg_get_expr(d.adbin, d.adrelid) not like 'nextval%', true) order by a.attnum`,
      [table],
    )
  ).rows;

const newValue = async (client: pg.Client, staged: string, { name, type }: Column): Promise<string> => {
  const column = `t."${name}"`;
  if (type === 'uuid') return newId(column);
  if (type === 'timestamp with time zone') return `${column} - c.ago`;
  if (['text', 'text[]', 'json', 'jsonb', 'tsvector'].includes(type)) return newText(client, staged, column, type);
  return column;
};

/** Ids that begin with a time begin with the other time. */
const newId = (column: string): string => {
  const at = `lpad(to_hex(('x' || left(replace(${column}::text, '-', ''), 12))::bit(48)::bigint - c.ago_ms), 12, '0')`;
  const other = hashed(`${column}::text || c.k`);
  return `(case when substr(${column}::text, 15, 1) = '7' then ${at} || '7' || substr(${other}, 14) else ${other} end)::uuid`;
};

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

/** Which parts of a text become others, as `bench.copy` calls them. */
const named = ['id', 'amazon', 'number', 'invoice', 'invoice_number', 'shipment'] as const;

const newText = async (client: pg.Client, staged: string, column: string, type: string): Promise<string> => {
  const found = named.map((name) => `coalesce(bool_or(position(s.${name}::text in ${column}::text) > 0), false) as ${name}`);
  const { rows } = await client.query<Record<string, boolean>>(
    `select coalesce(bool_and(${column}::text ~ '${uuid}'), false) as ids, ${found.join(', ')} from ${staged} t join bench.seed s on s.n = t.bench_n`,
  );
  const [has = {}] = rows;
  if (has.ids) return `${newId(`${column}::uuid`)}::text`;
  const replaced = named
    .filter((name) => has[name])
    .reduce((text, name) => `replace(${text}, c.${name}::text, c.new_${name})`, `${column}::text`);
  if (type === 'tsvector') return `${newWords(replaced)}::tsvector`;
  return replaced === `${column}::text` ? column : `(${replaced})::${type}`;
};

/** An order is found by parts of its number at Amazon, too. */
const newWords = (words: string): string =>
  [
    ['substr(c.amazon, 5, 7)', 'substr(c.new_amazon, 5, 7)'],
    ['right(c.amazon, 7)', 'right(c.new_amazon, 7)'],
    [`'''' || right(c.amazon, 4) || ''''`, `'''' || right(c.new_amazon, 4) || ''''`],
    [`'''' || ltrim(c.number, '0') || ''''`, `'''' || ltrim(c.new_number, '0') || ''''`],
  ].reduce((text, [from, to]) => `replace(${text}, ${from}, ${to})`, words);
