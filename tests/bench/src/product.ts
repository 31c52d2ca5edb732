import { firstIdAt } from '@orderbus/kernel';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import pg from 'pg';
import { cpuSecondsOf } from './gateway.ts';
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

export const schemas = services.map(({ schema }) => schema);

/** What each service finds in the database. */
export const tenancy = { secret: 'bench', tenancies: schemas.map((schema) => ({ schema, role: `orderbus_${schema}` })) };

const owners = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access'];
const publishers = ['orders', 'fulfillment', 'billing', 'notification', 'gateway'];

/** Where the logs stood when orders began to come. */
type Beginning = Record<string, string>;

const beginningQuery = `select clock_timestamp()::text as at, ${publishers
  .map((schema) => `(select coalesce(max(seq), 0) from ${schema}.event_log) as ${schema}`)
  .join(', ')}`;

/**
 * What orders must have led to before they count as done, and what is still on its way. Only what has been written since they began to come
 * is looked at, so that it costs the same whatever lies there already.
 */
const doneQuery = ({ at, ...positions }: Beginning): string => {
  const published = (schema: string) => `(select count(*) from ${schema}.event_log where seq > ${positions[schema]})`;
  const taken = (schema: string) => `(select count(*) from ${schema}.inbox where received_at >= '${at}')`;
  return `select
    (select count(*) from orders.event_log where seq > ${positions.orders} and type = 'order.processing_started')::int as orders,
    ${taken('notification')}::int as notified, ${taken('fulfillment')}::int as packable, ${taken('billing')}::int as billed,
    ${published('billing')}::int as invoices,
    (${publishers.map(published).join(' + ')})::int - (select count(*) from console.timeline_entry where id >= '${firstIdAt(new Date(at as string))}')::int as untold,
    ${published('billing')}::int
      - (select count(*) from orders.inbox where consumer = 'order.note-invoice' and received_at >= '${at}')::int as owed`;
};

export interface Product {
  /** All effects of that many new orders, from a standing start; orders per second. */
  throughput(orders: number): Promise<number>;
  /** Orders at a steady rate for a while; milliseconds from import to last effect, and the rate that was reached. */
  latency(perSecond: number, seconds: number): Promise<{ p50: number; p99: number; max: number; perSecond: number }>;
  /** Asks a service as somebody who may do everything. */
  ask(service: string, path: string, init?: RequestInit): Promise<Response>;
  memory(): { name: string; bytes: number }[];
  /** From now on each process of a service has so much of a core, and no more; not the sandbox. */
  limitCpu(cores: number): void;
  /** Of all services' processes since they started. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

export const store = {
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
  /** Another one is another Amazon, with other orders. Default 1. */
  readonly seed?: number;
}

/** The services as a process each, or as several, and the sandbox as one more, all as they ship. */
export const startProduct = async (
  adminUrl: string,
  amqpUrl: string,
  settings: Record<string, string> = {},
  { replicas = 1, partitions = 1, seed = 1 }: Instances = {},
): Promise<Product> => {
  const urls = await provision({ adminUrl, ...tenancy });
  await declareAll(amqpUrl, [partitions]);
  const sandbox = await startProcess('amazon-sandbox', 'services/amazon-sandbox/src/main.ts', '/health', {
    SANDBOX_SEED: String(seed),
    SANDBOX_LIMITS: 'off',
    SANDBOX_VISIBILITY_LAG_MS: '0',
    SANDBOX_ORDERS_PER_MINUTE: '0',
    SANDBOX_INITIAL_ORDERS: '0',
  });
  const keys = `bench:${generateKey()}`;
  const running: Running[] = [];
  // Those of one kind first, so that one of each migrates while nobody else wants to.
  for (let replica = 0; replica < replicas; replica++) {
    const started = services.map(({ name, schema }) =>
      startProcess(name, `services/${name}/src/main.ts`, '/ready', {
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
    running.push(...(await Promise.all(started)));
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
  // What is counted here is not to be taken for what the product reads.
  await client.query('set enable_seqscan = off');
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
  const beginning = async (): Promise<Beginning> => (await client.query(beginningQuery)).rows[0];
  const finished = async (wanted: number, since: Beginning, deadline: number) => {
    for (;;) {
      const { rows } = await client.query(doneQuery(since));
      const { orders, notified, invoices, packable, billed, owed, untold } = rows[0];
      // Two alerts considered, and four events heard, besides the invoice where there is one. A few need no invoice; every invoice must be known to its order.
      const all = orders >= wanted && notified >= wanted * 6 + invoices && packable >= wanted * 3 && billed >= wanted;
      if (all && owed === 0 && untold === 0) return;
      if (performance.now() > deadline) throw new Error(`not finished: ${JSON.stringify(rows[0])} of ${wanted}`);
      // Counting takes its share of the machine: not too often.
      await pause(250);
    }
  };

  return {
    throughput: async (orders) => {
      const since = await beginning();
      await create(orders);
      const started = performance.now();
      await sync();
      await finished(orders, since, started + 900_000);
      return (orders / (performance.now() - started)) * 1_000;
    },
    latency: async (perSecond, seconds) => {
      const before = total;
      const since = await beginning();
      const started = performance.now();
      for (let turn = 1; turn <= seconds * 10; turn++) {
        const due = Math.round((perSecond * turn) / 10) - (total - before);
        if (due > 0) await create(due);
        await sync();
        await pause(Math.max(0, started + turn * 100 - performance.now()));
      }
      const reached = ((total - before) / (performance.now() - started)) * 1_000;
      await sync();
      await finished(total - before, since, performance.now() + 300_000);
      const { rows } = await client.query(latencyQuery, [since.at]);
      return { ...rows[0], perSecond: reached };
    },
    limitCpu: (cores) => {
      for (const one of running) one.limitCpu(cores);
    },
    cpuSeconds: async () => (await Promise.all(running.map(cpuSecondsOf))).reduce((sum, seconds) => sum + seconds, 0),
    ask: (service, path, init) => known(service).ask(path, init),
    memory: () => running.map((one) => ({ name: one.name, bytes: one.peakMemory() })),
    stop: async () => {
      await client.end();
      await Promise.all([...running, sandbox].map((one) => one.stop()));
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
