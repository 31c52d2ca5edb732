/**
 * The floor: the durable work that one order causes in the five services, with no library code at all. Same messages, same rows,
 * same guarantees (outbox, confirms, quorum queues, inbox in the transaction of the change, acks after the commit), nothing else:
 * no validation, no HTTP, no translation, no decisions, no metrics. Whatever the product costs beyond it is ours.
 */
import { fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import amqp, { type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import pg from 'pg';

interface Role {
  /** What it hears, and what it says for each of these. */
  readonly reactions: Readonly<Record<string, string | null>>;
  readonly lines: boolean;
}

const roles: Readonly<Record<string, Role>> = {
  gateway: { reactions: {}, lines: false },
  order: { reactions: { imported: 'created', reserved: 'started', issued: null }, lines: false },
  fulfillment: { reactions: { created: 'reserved', started: null }, lines: true },
  billing: { reactions: { created: 'issued' }, lines: true },
  notification: { reactions: { imported: null, created: null, reserved: null, started: null, issued: null }, lines: false },
};

const exchange = 'floor.events';
const batchSize = 100;
const { FLOOR_ROLE: role = '', DATABASE_URL = '', AMQP_URL = '' } = process.env;

const orderOf = (n: number) => ({
  orderId: randomUUID(),
  amazonOrderId: `902-${String(1_000_000 + n)}-${String(n).padStart(7, '0')}`,
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'unshipped',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:05:00Z',
  programs: ['prime'],
  totals: { currency: 'USD', grandTotalMinor: 4_198, tipMinor: 0 },
  sealedBuyer: 'x'.repeat(500),
  lines: Array.from({ length: 1 + (n % 3) }, (_, k) => ({
    lineId: String(n * 10 + k),
    sku: `SKU-${(n + k) % 40}`,
    asin: 'B00EXAMPLE',
    title: 'A thing that people buy',
    quantity: 1,
    quantityShipped: 0,
    taxCollectedBy: 'marketplace',
    amounts: { itemMinor: 1_999, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 100, discountMinor: 0, otherMinor: 0, totalMinor: 2_099 },
  })),
});
type Order = ReturnType<typeof orderOf>;

const tables = (name: string): string => `create schema floor_${name};
  create table floor_${name}.inbox (id uuid primary key);
  create table floor_${name}.event_log (seq bigint generated always as identity primary key, id uuid not null, type text not null, order_id uuid not null, data json not null, at timestamptz not null default clock_timestamp());
  create index on floor_${name}.event_log (order_id);
  create table floor_${name}.outbox (seq bigint primary key);
  create table floor_${name}.document (id uuid primary key, kind text not null, total bigint not null, body jsonb not null);
  create index on floor_${name}.document (kind);
  create table floor_${name}.line (order_id uuid, line_id text, sku text, quantity int, total bigint, primary key (order_id, line_id));`;

/** What orders are found by, and the vault: the order service keeps these beside the order. */
const findable = `
  create table floor_order.list (order_id uuid primary key, version int not null, tenant text not null, number text not null, state text not null,
    marketplace text not null, programs text[] not null, purchased_at timestamptz not null, updated_at timestamptz not null, currency text not null, total bigint not null);
  create index on floor_order.list (purchased_at, order_id);
  create index on floor_order.list (tenant, purchased_at, order_id);
  create index on floor_order.list (state, purchased_at, order_id);
  create index on floor_order.list (currency, total, order_id);
  create index on floor_order.list (number, order_id);
  create index on floor_order.list (updated_at, order_id);
  create index on floor_order.list (marketplace);
  create index on floor_order.list using gin (programs);
  create table floor_order.search (order_id uuid primary key, words tsvector not null);
  create index on floor_order.search using gin (words) with (fastupdate = off);
  create table floor_order.vault (order_id uuid primary key, wrapped_key text not null, sealed text not null);
  create table floor_order.name (token bytea not null, order_id uuid not null, primary key (token, order_id));
  create index on floor_order.name (order_id);`;

/** What is packed by, and the stock that an order's units come from: fulfillment keeps these beside the reservation. */
const packable = `
  create table floor_fulfillment.shipping (order_id uuid primary key, number text not null, amazon_order_id text not null, purchased_at timestamptz not null,
    ship_by timestamptz, obstacles text[] not null, state text not null, to_ship int not null, lines jsonb not null);
  create index on floor_fulfillment.shipping (number);
  create index on floor_fulfillment.shipping (amazon_order_id);
  create index on floor_fulfillment.shipping (ship_by, order_id) where state = 'open';
  create index on floor_fulfillment.shipping (ship_by, order_id) where state = 'open' and obstacles <> '{}';
  create table floor_fulfillment.movement (id bigint generated always as identity primary key, sku text not null, units int not null, order_id uuid not null);
  create index on floor_fulfillment.movement (sku, id);`;

/** The books: an entry for each invoice, with what is owed, earned and taxed. */
const bookable = `
  create table floor_billing.entry (id uuid primary key, tenant text not null, order_id uuid not null, number text not null, at timestamptz not null);
  create index on floor_billing.entry (tenant, at, id);
  create index on floor_billing.entry (at, id);
  create index on floor_billing.entry (order_id);
  create table floor_billing.posting (entry_id uuid not null, n int not null, account text not null, debit bigint not null, credit bigint not null, primary key (entry_id, n));
  create index on floor_billing.posting (account, entry_id);`;

/** What integrators may be told of: everything that happens. */
const tellable = `
  create table floor_notification.heard (seq bigint generated always as identity primary key, id uuid not null unique, topic text not null, tenant text not null,
    heard_at timestamptz not null default now(), body text not null);
  create index on floor_notification.heard (heard_at);`;

/** What the staff is told of; all else is only kept. */
const alerting = ['created', 'started'];

const keepTellable = async (client: pg.PoolClient, kind: string, ids: readonly string[], orders: readonly Order[]): Promise<void> => {
  await client.query(
    `insert into floor_notification.heard (id, topic, tenant, body) select id, $2, 'main', body from unnest($1::uuid[], $3::text[]) as u(id, body)`,
    [ids, kind, orders.map(({ sealedBuyer: _, ...order }) => JSON.stringify(order))],
  );
};

const keepPackable = async (client: pg.PoolClient, kind: string, orders: readonly Order[]): Promise<void> => {
  const ids = orders.map((o) => o.orderId);
  await client.query(
    `insert into floor_fulfillment.shipping as s
       select id, number, number, '2026-11-01T10:00:00Z', '2026-11-03T10:00:00Z', case when $3 = 'created' then '{stock}'::text[] else '{}' end, 'open', 1, lines
       from unnest($1::uuid[], $2::text[], $4::jsonb[]) as u(id, number, lines)
     on conflict (order_id) do update set obstacles = excluded.obstacles, lines = excluded.lines`,
    [ids, orders.map((o) => o.amazonOrderId), kind, orders.map((o) => JSON.stringify(o.lines))],
  );
  if (kind !== 'created') return;
  const lines = orders.flatMap((o) => o.lines.map(({ sku, quantity }) => ({ sku, quantity, id: o.orderId })));
  await client.query(
    `insert into floor_fulfillment.movement (sku, units, order_id) select * from unnest($1::text[], $2::int[], $3::uuid[])`,
    [lines.map((l) => l.sku), lines.map((l) => l.quantity), lines.map((l) => l.id)],
  );
};

const keepBooks = async (client: pg.PoolClient, orders: readonly Order[]): Promise<void> => {
  await client.query(
    `with entry as (insert into floor_billing.entry select id, 'main', id, number, clock_timestamp() from unnest($1::uuid[], $2::text[]) as u(id, number) returning id)
     insert into floor_billing.posting select id, n, account, debit, credit
     from entry cross join (values (1, 'receivable', 4198, 0), (2, 'revenue', 0, 3998), (3, 'tax', 0, 200)) as p(n, account, debit, credit)`,
    [orders.map((o) => o.orderId), orders.map((o) => o.amazonOrderId)],
  );
};

/** Beginnings of the words of a name, as the vault keeps them. */
const tokensPerOrder = 8;

const keepFindable = async (client: pg.PoolClient, kind: string, orders: readonly Order[]): Promise<void> => {
  const ids = orders.map((o) => o.orderId);
  await client.query(
    `insert into floor_order.list as l
       select id, 1, 'main', number, $3, 'ATVPDKIKX0DER', '{prime}', '2026-11-01T10:00:00Z', clock_timestamp(), 'USD', 4198
       from unnest($1::uuid[], $2::text[]) as u(id, number)
     on conflict (order_id) do update set version = l.version + 1, state = excluded.state, updated_at = excluded.updated_at`,
    [ids, orders.map((o) => o.amazonOrderId), kind],
  );
  if (kind !== 'imported') return;
  await client.query(
    `insert into floor_order.search select id, to_tsvector('simple', words) from unnest($1::uuid[], $2::text[]) as u(id, words)`,
    [ids, orders.map((o) => [o.amazonOrderId, ...o.lines.flatMap(({ sku, asin, title }) => [sku, asin, title])].join(' '))],
  );
  await client.query(
    `insert into floor_order.vault select id, repeat('k', 100), sealed from unnest($1::uuid[], $2::text[]) as u(id, sealed)`,
    [ids, orders.map((o) => o.sealedBuyer)],
  );
  const names = ids.flatMap((id) =>
    Array.from({ length: tokensPerOrder }, (_, n) => ({
      id,
      token: createHash('sha256')
        .update(`${id[n]}${id[n + 1]}${n}`)
        .digest(),
    })),
  );
  await client.query('insert into floor_order.name select * from unnest($1::bytea[], $2::uuid[]) on conflict do nothing', [
    names.map(({ token }) => token),
    names.map(({ id }) => id),
  ]);
};

const append = async (client: pg.PoolClient, type: string, orders: readonly Order[]): Promise<void> => {
  await client.query(
    `with logged as (insert into floor_${role}.event_log (id, type, order_id, data) select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::json[]) returning seq)
     insert into floor_${role}.outbox select seq from logged`,
    [orders.map(() => randomUUID()), orders.map(() => type), orders.map((o) => o.orderId), orders.map((o) => JSON.stringify(o))],
  );
};

const save = async (client: pg.PoolClient, kind: string, orders: readonly Order[]): Promise<void> => {
  await client.query(
    `insert into floor_${role}.document select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::jsonb[])
     on conflict (id) do update set kind = excluded.kind, total = excluded.total, body = excluded.body`,
    [
      orders.map((o) => o.orderId),
      orders.map(() => kind),
      orders.map((o) => o.totals.grandTotalMinor),
      orders.map((o) => JSON.stringify(o)),
    ],
  );
  if (!roles[role]?.lines) return;
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.orderId })));
  await client.query(
    `insert into floor_${role}.line select * from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::bigint[]) on conflict do nothing`,
    [
      lines.map((l) => l.orderId),
      lines.map((l) => l.lineId),
      lines.map((l) => l.sku),
      lines.map((l) => l.quantity),
      lines.map((l) => l.amounts.totalMinor),
    ],
  );
};

const inTransaction = async (pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    client.release();
  }
};

const handle = (pool: pg.Pool, messages: readonly ConsumeMessage[]): Promise<void> =>
  inTransaction(pool, async (client) => {
    const ids = messages.map((message) => message.properties.messageId as string);
    const claimed = await client.query(`insert into floor_${role}.inbox select unnest($1::uuid[]) on conflict do nothing returning id`, [
      ids,
    ]);
    const fresh = new Set(claimed.rows.map((row) => row.id as string));
    const byType = Map.groupBy(
      messages.filter((m) => fresh.has(m.properties.messageId)),
      (m) => m.fields.routingKey,
    );
    for (const [type, group] of byType) {
      const orders = group.map((message) => JSON.parse(message.content.toString()) as Order);
      const ids = group.map((message) => message.properties.messageId as string);
      await keep(client, type, ids, orders);
      const next = roles[role]?.reactions[type];
      if (next) await append(client, next, orders);
    }
  });

const keep = async (client: pg.PoolClient, type: string, ids: readonly string[], orders: readonly Order[]): Promise<void> => {
  if (role === 'notification') await keepTellable(client, type, ids, orders);
  if (role !== 'notification' || alerting.includes(type)) await save(client, type, orders);
  if (role === 'order') await keepFindable(client, type, orders);
  if (role === 'fulfillment') await keepPackable(client, type, orders);
  if (role === 'billing') await keepBooks(client, orders);
};

const consume = async (connection: ChannelModel, pool: pg.Pool): Promise<void> => {
  const channel = await connection.createChannel();
  await channel.assertQueue(`floor.${role}`, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  for (const type of Object.keys(roles[role]?.reactions ?? {})) await channel.bindQueue(`floor.${role}`, exchange, type);
  await channel.prefetch(batchSize * 2);
  const waiting: ConsumeMessage[] = [];
  let busy = false;
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchSize);
      await handle(pool, batch);
      channel.ack(batch.at(-1) as ConsumeMessage, true);
    }
    busy = false;
  };
  await channel.consume(`floor.${role}`, (message) => {
    if (!message) return;
    waiting.push(message);
    if (waiting.length >= batchSize) void flush();
    else timer ??= setTimeout(() => void flush(), 5);
  });
};

const relay = async (channel: ConfirmChannel, pool: pg.Pool): Promise<void> => {
  for (;;) {
    let found = 0;
    await inTransaction(pool, async (client) => {
      const { rows } = await client.query(
        `select o.seq, e.id, e.type, e.data::text as data from floor_${role}.outbox o join floor_${role}.event_log e using (seq) order by o.seq limit 500`,
      );
      found = rows.length;
      if (found === 0) return;
      for (const row of rows) channel.publish(exchange, row.type, Buffer.from(row.data), { persistent: true, messageId: row.id });
      await channel.waitForConfirms();
      await client.query(`delete from floor_${role}.outbox where seq = any($1::bigint[])`, [rows.map((row) => row.seq)]);
    });
    if (found === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const importOrders = async (pool: pg.Pool, count: number): Promise<void> => {
  for (let from = 0; from < count; from += 100) {
    const page = Array.from({ length: Math.min(100, count - from) }, (_, n) => orderOf(from + n));
    await inTransaction(pool, async (client) => {
      await save(client, 'imported', page);
      await append(client, 'imported', page);
    });
  }
};

const runRole = async (): Promise<void> => {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 6 });
  const connection = await amqp.connect(AMQP_URL);
  const channel = await connection.createConfirmChannel();
  await channel.assertExchange(exchange, 'topic', { durable: true });
  if (Object.keys(roles[role]?.reactions ?? {}).length > 0) await consume(connection, pool);
  process.on('message', (count: number) => void importOrders(pool, count));
  process.once('disconnect', () => process.exit());
  void relay(channel, pool);
  process.send?.('ready');
};

/** Orders per second through the floor, all effects done. */
export const measureFloor = async (databaseUrl: string, amqpUrl: string, orders: number): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const name of Object.keys(roles)) await client.query(tables(name));
  for (const more of [findable, packable, bookable, tellable]) await client.query(more);
  const children = Object.keys(roles).map((name) =>
    fork(fileURLToPath(import.meta.url), { env: { ...process.env, FLOOR_ROLE: name, DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl } }),
  );
  try {
    await Promise.all(children.map((child) => new Promise((resolve) => child.once('message', resolve))));
    const started = performance.now();
    children[0]?.send(orders);
    const deadline = started + 600_000;
    for (;;) {
      const { rows } = await client.query(
        `select (select count(*) from floor_notification.inbox)::int + (select count(*) from floor_order.inbox)::int
           + (select count(*) from floor_fulfillment.inbox)::int as handled`,
      );
      if (rows[0].handled >= 10 * orders) return (orders / (performance.now() - started)) * 1_000;
      if (performance.now() > deadline) throw new Error(`the floor did not finish: ${rows[0].handled} of ${10 * orders} messages handled`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await client.end();
  }
};

if (role) await runRole();
