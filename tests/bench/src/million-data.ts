import { makeParts, openDatabase, tenantUrls } from '@orderbus/outbox';
import pg from 'pg';
import { type Copied, copyStatement, planCopies, years } from './million-copies.ts';
import { schemas, tenancy } from './product.ts';

const forgotten = (column: string) => `case when c.forgotten then null else t.${column} end`;
const eventOf = `coalesce((t.data ->> 'orderId')::uuid, t.aggregate_id)`;
const byEvent = '(select aggregate_id from bench.event e where e.id = t.message_id)';
const inbox = (schema: string): Copied => ({ table: `${schema}.inbox`, order: byEvent, days: 20 });

/**
 * Every table that grows with orders, the slowest first. Of what the services forget, as much as they would not have forgotten by now: three weeks
 * of the inbox, a month of the events for webhooks, 400 days of timeline and audit log, the buyers of the last weeks; and of the event logs as much
 * as with `EVENT_LOG_KEPT=400d`. The chain of the audit log does not hold: nobody verifies it here.
 */
const tables: readonly Copied[] = [
  { table: 'console.timeline_entry', order: 't.order_id', days: 400 },
  {
    table: 'gateway.event_log',
    order: eventOf,
    days: 400,
    except: { data: `case when c.forgotten then ($copied::jsonb - 'sealedBuyer')::json else $copied end` },
  },
  { table: 'orders.event_log', order: eventOf, days: 400 },
  { table: 'orders.order_search', order: 't.order_id' },
  { table: 'orders.orders', order: 't.id' },
  { table: 'billing.order_billing', order: 't.id' },
  { table: 'billing.journal_line', order: '(select e.order_id from billing.journal_entry e where e.id = t.entry_id)' },
  { table: 'gateway.amazon_order', order: 't.id', except: { sealed_buyer: forgotten('sealed_buyer') } },
  { table: 'orders.order_list', order: 't.order_id' },
  { table: 'fulfillment.event_log', order: eventOf, days: 400 },
  { table: 'fulfillment.shipping_order', order: 't.id' },
  { table: 'fulfillment.shipment', order: 't.order_id' },
  { table: 'gateway.amazon_command', order: 't.order_id' },
  { table: 'billing.invoice', order: 't.order_id' },
  { table: 'notification.alert', order: 't.order_id' },
  { table: 'notification.watch', order: '(select a.order_id from notification.alert a where a.watch_id = t.id limit 1)' },
  { table: 'billing.event_log', order: eventOf, days: 400 },
  { table: 'billing.journal_entry', order: 't.order_id' },
  { table: 'fulfillment.stock_movement', order: 't.order_id' },
  { table: 'fulfillment.reservation', order: 't.id' },
  { table: 'fulfillment.reservation_line', order: 't.order_id' },
  { table: 'console.order_facts', order: 't.order_id' },
  {
    table: 'orders.buyer_vault',
    order: 't.order_id',
    except: {
      ...Object.fromEntries(
        ['sealed', 'wrapped_key', 'arrived', 'customer_key', 'address_issues'].map((column) => [column, forgotten(column)]),
      ),
      purged_at: `case when c.forgotten then t.purchased_at - c.ago + interval '40 days' end`,
      purge_reason: `case when c.forgotten then 'retention' end`,
    },
  },
  { table: 'notification.heard_event', order: `(select aggregate_id from bench.event e where e.id = t.id)`, days: 30 },
  { table: 'orders.buyer_name_index', order: 't.order_id', days: 45 },
  { table: 'console.need', order: `nullif(substring(t.subject from '^[0-9a-f-]{36}$'), '')::uuid`, days: 14 },
  {
    table: 'fulfillment.audit_log',
    order: `(select substring(s from 7)::uuid from unnest(t.subjects) s where s ~ '^order:[0-9a-f-]{36}$' limit 1)`,
    days: 400,
  },
  ...['orders', 'fulfillment', 'billing', 'notification', 'console'].map(inbox),
];

/** The order that each event is about. */
const eventsOfOrders = `create unlogged table bench.event as ${['orders', 'fulfillment', 'billing', 'notification', 'gateway']
  .map((schema) => `select id, coalesce((data ->> 'orderId')::uuid, aggregate_id) as aggregate_id from ${schema}.event_log`)
  .join(' union all ')}`;

/** Which part of what three years write is there after them. */
export const keptOf = (table: string): number =>
  Math.min(1, (tables.find((each) => each.table === table)?.days ?? Infinity) / (years * 365));

const workers = 6;

/** Makes of the orders that are complete as many as are wanted, as if they had come in the three years before. The services must not run. */
export const fillUp = async (adminUrl: string, orders: number): Promise<number> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const made = await planCopies(client, orders);
    await client.query(eventsOfOrders);
    await client.query('create index on bench.event (id)');
    await makeRoom(adminUrl, client);
    const waiting = [...tables];
    await Promise.all(
      Array.from({ length: workers }, () =>
        onConnection(adminUrl, async (worker) => {
          for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) await fill(worker, table);
        }),
      ),
    );
    await client.query(countedRows);
    await client.query('drop schema bench cascade');
    await client.query('checkpoint');
    return made;
  } finally {
    await client.end();
  }
};

const onConnection = async (url: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // What a trigger would write is among what is copied; nothing is checked that was right in the first place.
    await client.query(`set session_replication_role = replica; set synchronous_commit = off; set jit = off;
      set maintenance_work_mem = '256MB'; set work_mem = '128MB'; set enable_hashjoin = off; set enable_mergejoin = off`);
    await work(client);
  } finally {
    await client.end();
  }
};

const fill = async (client: pg.Client, copied: Copied): Promise<void> => {
  const statement = await copyStatement(client, copied);
  const indexes = await dropIndexes(client, copied.table);
  await client.query(statement);
  for (const definition of indexes) await client.query(definition);
  await client.query(`vacuum analyze ${copied.table}`);
};

/** Parts of the logs for all the events that there will be, of the inbox for the last weeks, of the audit log for the last months. */
const makeRoom = async (adminUrl: string, client: pg.Client): Promise<void> => {
  const urls = tenantUrls({ adminUrl, ...tenancy });
  const { rows } = await client.query<{ copies: number }>('select (max(k) + 1)::int as copies from bench.copy');
  const copies = rows[0]?.copies ?? 0;
  for (const schema of schemas) {
    const database = openDatabase({ url: urls[schema] as string, schema, entities: [], migrations: [] });
    await database.start();
    const position = `${schema}.event_log_position`;
    const [log]: { last: string; called: boolean }[] = await database.query(
      `select last_value as last, is_called as called from ${position}`,
    );
    const last = Number(log?.last ?? 1);
    for (let reached = 0; reached <= last * (copies + 2); reached += 500_000) {
      await database.query(`select setval('${position}', ${Math.max(reached, 1)})`);
      await makeParts(database, new Date());
    }
    await database.query(`select setval('${position}', ${last}, ${log?.called ?? false})`);
    for (const weeks of [5, 4, 3, 2, 1]) await makeParts(database, new Date(Date.now() - weeks * 7 * 86_400_000));
    await database.stop();
    for (let months = 14; months >= 0; months--) await client.query(`select ${schema}.audit_cover(now() - interval '${months} months')`);
  }
};

/** What is counted and not copied. */
const countedRows = `
  insert into console.day_sales select d.tenant, d.marketplace_id, d.time_zone, d.day - n, d.currency, d.orders, d.units, d.revenue_minor
    from console.day_sales d cross join generate_series(1, 1095) as n on conflict do nothing;
  update console.state_count s set orders = (select count(*) from orders.orders o where o.tenant = s.tenant and o.state = s.state);
  update orders.number_series set next = (select max(number)::int + 1 from orders.orders) where name like 'order:%';
  update billing.number_series set next = (select max(number)::int + 1 from billing.invoice) where name like 'invoice:%'`;

/** Indexes of ids that do not begin with a time are as full as those that have grown row by row. */
const grown = 69;

/** Drops the indexes of the table and its parts, and answers with what makes them again: at once, that takes a tenth of the time. */
const dropIndexes = async (client: pg.Client, table: string): Promise<string[]> => {
  const { rows } = await client.query<{
    name: string;
    owner: string;
    definition: string;
    constraint: string | null;
    kind: string | null;
    ids: boolean;
  }>(
    `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as owner, pg_get_indexdef(i.indexrelid) as definition,
       quote_ident(c.conname) as constraint, c.contype as kind, i.indkey[0] <> 0 and a.atttypid = 'uuid'::regtype as ids
     from (select $1::regclass as relid union select relid from pg_partition_tree($1::regclass)) p
       join pg_class t on t.oid = p.relid and t.relkind = 'r' join pg_index i on i.indrelid = p.relid
       left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
       left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where not exists (select from pg_inherits where inhrelid = i.indexrelid)
       and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')`,
    [table],
  );
  for (const { name, owner, constraint } of rows)
    await client.query(constraint === null ? `drop index ${name}` : `alter table ${owner} drop constraint ${constraint}`);
  return rows.flatMap(({ name, owner, definition, constraint, kind, ids }) => {
    const [columns, where] = definition.split(' WHERE ');
    const made = ids
      ? [`${columns} with (fillfactor = ${grown})${where === undefined ? '' : ` where ${where}`}`, `alter index ${name} reset (fillfactor)`]
      : [definition];
    return constraint === null
      ? made
      : [...made, `alter table ${owner} add constraint ${constraint} ${kind === 'p' ? 'primary key' : 'unique'} using index ${constraint}`];
  });
};
