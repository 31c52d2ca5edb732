import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import pg from 'pg';
import { type Running, startProcess } from './processes.ts';
import { declareAll } from './queues.ts';

const services = [
  { name: 'order', schema: 'orders' },
  { name: 'fulfillment', schema: 'fulfillment' },
  { name: 'billing', schema: 'billing' },
  { name: 'notification', schema: 'notification' },
  { name: 'console', schema: 'console' },
  { name: 'amazon-gateway', schema: 'gateway' },
] as const;

const owners = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access'];
const publishers = ['orders', 'fulfillment', 'billing', 'notification', 'gateway'];
const published = publishers.map((schema) => `(select count(*) from ${schema}.event_log)`).join(' + ');

/** What every order must have led to before it counts as done. A few need no invoice; every invoice must be known to its order. */
const doneQuery = `select
  (select count(*) from orders.orders where state = 'processing')::int as orders,
  (select count(*) from notification.inbox)::int as notified,
  (select count(*) from billing.event_log)::int as invoices,
  (select count(*) from fulfillment.inbox)::int as packable,
  (select count(*) from billing.order_billing)::int as billed,
  (${published})::int - (select count(*) from console.timeline_entry)::int as untold,
  (select count(*) from billing.event_log)::int - (select count(*) from orders.orders where billed <> '{}')::int as owed`;

export interface Product {
  /** All effects of that many new orders, from a standing start; orders per second. */
  throughput(orders: number): Promise<number>;
  /** Orders at a steady rate for a while; milliseconds from import to last effect, and the rate that was reached. */
  latency(perSecond: number, seconds: number): Promise<{ p50: number; p99: number; max: number; perSecond: number }>;
  memory(): { name: string; bytes: number }[];
  stop(): Promise<void>;
}

const store = {
  id: 'bench',
  region: 'na',
  marketplaces: ['ATVPDKIKX0DER'],
  clientId: 'amzn1.application-oa2-client.demo-na',
  clientSecret: 'amzn1.oa2-cs.v1.demo-na-not-a-secret',
  refreshToken: 'Atzr|demo-na-not-a-secret',
};

export interface Instances {
  /** Processes of each service. Default 1. */
  readonly replicas?: number;
  /** Queues of each service. Default 1. */
  readonly partitions?: number;
}

/** The services as a process each, or as several, and the sandbox as one more, all as they ship. */
export const startProduct = async (
  adminUrl: string,
  amqpUrl: string,
  settings: Record<string, string> = {},
  { replicas = 1, partitions = 1 }: Instances = {},
): Promise<Product> => {
  const urls = await provision({
    adminUrl,
    secret: 'bench',
    tenancies: services.map(({ schema }) => ({ schema, role: `orderbus_${schema}` })),
  });
  await declareAll(amqpUrl, [partitions]);
  const sandbox = await startProcess('amazon-sandbox', 'services/amazon-sandbox/src/main.ts', '/health', {
    SANDBOX_LIMITS: 'off',
    SANDBOX_VISIBILITY_LAG_MS: '0',
    SANDBOX_ORDERS_PER_MINUTE: '0',
    SANDBOX_INITIAL_ORDERS: '0',
  });
  const keys = `bench:${generateKey()}`;
  const running: Running[] = [];
  for (const { name, schema } of Array.from({ length: replicas }, () => services).flat()) {
    running.push(
      await startProcess(name, `services/${name}/src/main.ts`, '/ready', {
        DATABASE_URL: urls[schema] as string,
        BROKER_URL: amqpUrl,
        QUEUE_PARTITIONS: String(partitions),
        ORDERBUS_KEYS: keys,
        AMAZON_STORES: JSON.stringify([store]),
        AMAZON_ENDPOINT: sandbox.url,
        AMAZON_LWA_ENDPOINT: `${sandbox.url}/auth/o2/token`,
        AMAZON_START_FROM: '2020-01-01T00:00:00Z',
        AMAZON_OVERLAP: '100ms',
        // The bench says when to poll.
        AMAZON_POLL_CRON: '0 0 1 1 *',
        // No page is opened, and nobody signs in.
        ...{
          PUBLIC_URL: 'http://127.0.0.1',
          ACCESS_PUBLIC_URL: 'http://127.0.0.1',
          SERVICES: owners.map((name) => `${name}=http://127.0.0.1`).join(','),
        },
        ...settings,
      }),
    );
  }
  const known = (name: string): Running => {
    const one = running.find((each) => each.name === name);
    if (one === undefined) throw new Error(`there is no ${name}`);
    return one;
  };
  const client = new pg.Client({ connectionString: adminUrl });
  // The database is dropped at the end, also after an error: what went wrong before matters, not this.
  client.on('error', () => {});
  await client.connect();
  await fillShelves(sandbox, known('fulfillment'));

  let total = 0;
  const create = async (count: number) => {
    total += count;
    const orders = {
      ...{ count, sellerId: 'ADEMOSELLERNA1', marketplaceId: 'ATVPDKIKX0DER', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED' },
      ...{ live: false, answer: 'ids' },
    };
    await (await sandbox.ask('/sandbox/orders', { method: 'POST', body: JSON.stringify(orders) })).text();
  };
  const sync = async (): Promise<void> => {
    await (await known('amazon-gateway').ask(`/stores/${store.id}/sync`, { method: 'POST' })).text();
  };
  const finished = async (deadline: number) => {
    for (;;) {
      const { rows } = await client.query(doneQuery);
      const { orders, notified, invoices, packable, billed, owed, untold } = rows[0];
      // Two alerts considered, and four events heard, besides the invoice where there is one.
      if (orders >= total && notified >= total * 6 + invoices && packable >= total * 3 && billed >= total && owed === 0 && untold === 0)
        return;
      if (performance.now() > deadline) throw new Error(`not finished: ${JSON.stringify(rows[0])} of ${total}`);
      // Counting takes its share of the machine: not too often.
      await pause(250);
    }
  };

  return {
    throughput: async (orders) => {
      await create(orders);
      const started = performance.now();
      await sync();
      await finished(started + 900_000);
      return (orders / (performance.now() - started)) * 1_000;
    },
    latency: async (perSecond, seconds) => {
      const before = total;
      const { rows: start } = await client.query('select clock_timestamp() as at');
      const started = performance.now();
      for (let turn = 1; turn <= seconds * 10; turn++) {
        const due = Math.round((perSecond * turn) / 10) - (total - before);
        if (due > 0) await create(due);
        await sync();
        await pause(Math.max(0, started + turn * 100 - performance.now()));
      }
      const reached = ((total - before) / (performance.now() - started)) * 1_000;
      await sync();
      await finished(performance.now() + 300_000);
      const { rows } = await client.query(latencyQuery, [start[0].at]);
      return { ...rows[0], perSecond: reached };
    },
    memory: () => running.map((one) => ({ name: one.name, bytes: one.peakMemory() })),
    stop: async () => {
      await client.end();
      for (const one of [...running, sandbox]) await one.stop();
    },
  };
};

/** Per order: from the recording of its import to the taking of the last message that it led to, anywhere. Both inside their transactions. */
const latencyQuery = `
  with logged as (
    select id, aggregate_id from gateway.event_log union all select id, aggregate_id from orders.event_log
    union all select id, aggregate_id from fulfillment.event_log union all select id, aggregate_id from billing.event_log),
  taken as (
    select message_id, received_at from orders.inbox union all select message_id, received_at from fulfillment.inbox
    union all select message_id, received_at from billing.inbox union all select message_id, received_at from notification.inbox),
  spans as (
    select extract(epoch from max(t.received_at) - min(i.recorded_at)) * 1000 as ms
    from gateway.event_log i join logged l on l.aggregate_id = i.aggregate_id join taken t on t.message_id = l.id
    where i.type = 'amazon.order.imported' and i.recorded_at >= $1 group by i.aggregate_id)
  select round(percentile_cont(0.5) within group (order by ms))::int as p50, round(percentile_cont(0.99) within group (order by ms))::int as p99,
    round(max(ms))::int as max from spans`;

const fillShelves = async (sandbox: Running, fulfillment: Running): Promise<void> => {
  const { products } = (await (await sandbox.ask('/sandbox/catalogue')).json()) as { products: { sku: string; title: string }[] };
  const put = async (path: string, body: object): Promise<void> => {
    await (await fulfillment.ask(path, { method: 'PUT', body: JSON.stringify(body) })).text();
  };
  await put(
    '/products',
    products.map(({ sku, title }) => ({ sku, title })),
  );
  await put(
    '/stock',
    products.map(({ sku }) => ({ sku, onHand: 10_000_000 })),
  );
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
