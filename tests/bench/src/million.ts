import { generateKey } from '@orderbus/service-kit';
import pg from 'pg';
import { fillUp } from './million-data.ts';
import { type Forgetting, measureForgetting } from './million-forgetting.ts';
import { lookAround, readWhole, timelineByIndex } from './million-looks.ts';
import { completeOrders, shipAll } from './million-seeds.ts';
import { type SchemaSize, sizesOf } from './million-size.ts';
import { type Product, startProduct } from './product.ts';

export interface Servers {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
}

export interface MillionResult {
  readonly kept: number;
  readonly fillSeconds: number;
  /** Orders per second, of each turn. */
  readonly empty: readonly number[];
  readonly full: readonly number[];
  readonly memory: readonly { readonly name: string; readonly empty: number; readonly full: number }[];
  readonly schemas: readonly SchemaSize[];
  readonly largest: readonly { readonly table: string; readonly bytes: number; readonly forgets: boolean }[];
  readonly looks: readonly { readonly question: string; readonly ms: number }[];
  /** Tables of more than 10,000 rows that were read from end to end while the product worked, and how often. */
  readonly readWhole: readonly { readonly table: string; readonly times: number }[];
  readonly timeline: string;
  readonly forgetting: readonly Forgetting[];
}

const seeds = 500;
/** Pairs of turns that are measured. */
const turns = 8;

/** The pipeline on an empty database and on one with three years of orders, in turns on the same servers: what they are slowed by meets both. */
export const measureMillion = async (empty: Servers, full: Servers, kept: number, orders: number): Promise<MillionResult> => {
  // Twice six processes stay below the hundred connections that a PostgreSQL takes by default.
  const settings = { ORDERBUS_KEYS: `bench:${generateKey()}`, DATABASE_CONNECTIONS: '4' };
  const seeding = await startProduct(full.databaseUrl, full.amqpUrl, settings, { seed: 2 });
  await completeOrders(seeding, full.databaseUrl, seeds).finally(() => seeding.stop());
  const started = performance.now();
  const made = await fillUp(full.databaseUrl, kept);
  const fillSeconds = (performance.now() - started) / 1_000;

  const client = new pg.Client({ connectionString: full.databaseUrl });
  await client.connect();
  const running: Product[] = [];
  const start = async ({ databaseUrl, amqpUrl }: Servers): Promise<Product> => {
    const product = await startProduct(databaseUrl, amqpUrl, settings);
    running.push(product);
    return product;
  };
  try {
    const sizes = await sizesOf(client, made);
    const [small, large] = [await start(empty), await start(full)];
    const before = await readWhole(client);
    const speeds = await inTurns(small, large, orders);
    const memory = memoryOf(small, large);
    await shipAll(large, client, 100);
    const looks = await lookAround(large, client);
    const timeline = await timelineByIndex(client);
    const after = await readWhole(client);
    const whole = [...after].map(([table, times]) => ({ table, times: times - (before.get(table) ?? 0) })).filter(({ times }) => times > 0);
    const forgetting = await measureForgetting(client, 300_000);
    return { kept: made, fillSeconds, ...speeds, memory, ...sizes, looks, readWhole: whole, timeline, forgetting };
  } finally {
    for (const product of running) await product.stop();
    await client.end();
  }
};

const inTurns = async (small: Product, large: Product, orders: number): Promise<{ empty: number[]; full: number[] }> => {
  const [empty, full]: [number[], number[]] = [[], []];
  const measured = [
    { product: small, speeds: empty },
    { product: large, speeds: full },
  ];
  // The first orders of a process are slower, and so are the first that touch what lies in a database.
  for (const { product } of measured) await product.throughput(orders * 2);
  for (let turn = 0; turn < turns; turn++) {
    for (const { product, speeds } of measured) speeds.push(await product.throughput(orders));
    // Who was second is first next: a machine that becomes slower or faster does it to both.
    measured.reverse();
  }
  return { empty, full };
};

const memoryOf = (small: Product, large: Product): MillionResult['memory'] => {
  const peaks = new Map(large.memory().map(({ name, bytes }) => [name, bytes]));
  return small.memory().map(({ name, bytes }) => ({ name, empty: bytes, full: peaks.get(name) ?? 0 }));
};
