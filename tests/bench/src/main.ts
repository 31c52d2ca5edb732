/**
 * `npm run bench`: the pipeline against its floor, in one run, because this machine's speed drifts between runs.
 * `npm run bench -- stores`: one gateway with a thousand stores.
 * `npm run bench -- finding`: lists, searches and files of a million orders.
 * `npm run bench -- passes`: a page of orders at the gateway, and ten thousand passes.
 * `npm run bench -- replicas`: one and two processes of each service in turn on the same servers, on one queue and on four;
 * `--cores 0.05`: each of them with so much of a core.
 * `npm run bench -- million`: the pipeline with a million orders in the database, and with none, in turns.
 * `npm run bench -- webhooks`: events that three integrators are told of.
 * `npm run bench -- console`: the pages in a browser, before a million orders.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { testDatabase, testVhost } from '@orderbus/testkit';
import { prepareServers, stopServers } from '@orderbus/testkit/prepare';
import { measureConsole } from './console/measure.ts';
import { reportOf } from './console/report.ts';
import { measureFinding } from './finding.ts';
import { measureFloor } from './floor.ts';
import { measureMillion } from './million.ts';
import { tellMillion } from './million-told.ts';
import { measurePasses } from './passes.ts';
import { startProduct } from './product.ts';
import { measureReplicas, shareOfOne } from './replicas.ts';
import { asInstalled } from './servers.ts';
import { measureStores } from './stores.ts';
import { measureWebhooks } from './webhooks.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stores: { type: 'string', default: '1000' },
    passes: { type: 'string', default: '10000' },
    orders: { type: 'string' },
    cores: { type: 'string' },
    'one-by-one': { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '20' },
    'orders-kept': { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '20' },
    looks: { type: 'string', default: '5' },
    events: { type: 'string', default: '1000' },
  },
});
const orders = Number(values.orders ?? 10_000);

const { rabbit } = await prepareServers();
if (!rabbit) throw new Error('The bench needs RabbitMQ: at TEST_AMQP_URL, on this machine, or as a container');

/** What the last database promises. */
let settings = '';

const onFreshServers = async <T>(work: (databaseUrl: string, amqpUrl: string) => Promise<T>): Promise<T> => {
  const [database, vhost] = [await testDatabase(), await testVhost()];
  try {
    settings = await asInstalled(database.url);
    return await work(database.url, vhost.url);
  } finally {
    await vhost.drop();
    await database.drop();
  }
};

const say = (label: string, value: string) => console.log(`${label.padEnd(44)}${value}`);
const perSecond = (value: number) => `${Math.round(value)} orders/s`;
const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

if (positionals.includes('stores')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) =>
    measureStores(databaseUrl, amqpUrl, Number(values.stores), Number(values.seconds)),
  );
  say(`${values.stores} stores in step after the start`, `${result.inStepSeconds.toFixed(1)} s`);
  say('idle between polls', `${(result.idleCore * 100).toFixed(1)} % of a core`);
  say('peak memory of the gateway', mb(result.peakMemory));
  await stopServers();
  process.exit(0);
}

if (positionals.includes('passes')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) => measurePasses(databaseUrl, amqpUrl, Number(values.passes)));
  say('a page of 100 new orders, stored and published', `${result.pageCpuMs.toFixed(0)} ms of CPU`);
  say('a pass', `${result.passCpuMs.toFixed(1)} ms of CPU`);
  for (const { passes, residentBytes, heapBytes } of result.memory)
    say(`memory after ${passes} passes`, `${mb(residentBytes)}, heap ${mb(heapBytes)}`);
  await stopServers();
  process.exit(0);
}

if (positionals.includes('finding')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) =>
    measureFinding(databaseUrl, amqpUrl, Number(values['orders-kept']), Number(values.rounds)),
  );
  say(`${values['orders-kept']} orders made`, `${result.fillSeconds.toFixed(1)} s`);
  for (const { what, p50, p95, longest, slowest } of result.timings)
    say(what, `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, longest ${longest.toFixed(0)} ms (${slowest})`);
  for (const { format, perSecond } of result.exports) say(`export, ${format}`, `${Math.round(perSecond)} rows/s`);
  say('peak memory of the order service', mb(result.peakMemory));
  await stopServers();
  process.exit(0);
}

if (positionals.includes('console')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) =>
    measureConsole(databaseUrl, amqpUrl, Number(values['orders-kept']), Number(values.looks)),
  );
  console.log(`${values['orders-kept']} orders, seven services as processes, ${cpus().length} x ${cpus()[0]?.model}, ${mb(totalmem())}`);
  for (const line of reportOf(result)) console.log(line);
  await stopServers();
  process.exit(0);
}

if (positionals.includes('replicas')) {
  const cores = values.cores === undefined ? undefined : Number(values.cores);
  const each = cores === undefined ? '' : `, ${cores} of a core for each process of a service`;
  console.log(`${orders} orders after a warm-up, ${cpus().length} x ${cpus()[0]?.model}${each}\n`);
  const row = (...cells: string[]) =>
    console.log(
      cells
        .map((cell) => cell.padEnd(20))
        .join('')
        .trimEnd(),
    );
  row('processes of each', 'queues of each', 'throughput', 'CPU of services', 'CPU of the machine');
  const ms = (value: number | undefined) => (value === undefined ? '?' : `${value.toFixed(1)} ms/order`);
  const runs = await measureReplicas(onFreshServers, { orders, cores }, (run) =>
    row(String(run.replicas), String(run.partitions), perSecond(run.perSecond), ms(run.servicesCpuMs), ms(run.machineCpuMs)),
  );
  for (const queues of new Set(runs.map(({ partitions }) => partitions)))
    say(`two of each, ${queues} ${queues === 1 ? 'queue' : 'queues'}`, `${Math.round(shareOfOne(runs, queues) * 100)} % of one`);
  await stopServers();
  process.exit(0);
}

if (positionals.includes('million')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) =>
    onFreshServers((fullDatabaseUrl, fullAmqpUrl) =>
      measureMillion(
        { databaseUrl, amqpUrl },
        { databaseUrl: fullDatabaseUrl, amqpUrl: fullAmqpUrl },
        Number(values['orders-kept']),
        values.orders === undefined ? 2_000 : orders,
      ),
    ),
  );
  say('PostgreSQL', settings);
  tellMillion(result, say);
  await stopServers();
  process.exit(0);
}

if (positionals.includes('webhooks')) {
  const result = await onFreshServers((databaseUrl, amqpUrl) => measureWebhooks(databaseUrl, amqpUrl, Number(values.events)));
  say('events heard and kept', `${Math.round(result.keptPerSecond)}/s, ${result.keptCpuMs.toFixed(1)} ms of CPU each`);
  say('calls of three webhooks', `${Math.round(result.callsPerSecond)}/s, ${result.callCpuMs.toFixed(1)} ms of CPU each`);
  say('peak memory of notification', mb(result.peakMemory));
  await stopServers();
  process.exit(0);
}

console.log(
  `${orders} orders, six services as six processes, ${cpus().length} x ${cpus()[0]?.model}, ${mb(totalmem())}, Node ${process.version}\n`,
);

const floor = await onFreshServers((databaseUrl, amqpUrl) => measureFloor(databaseUrl, amqpUrl, orders));
say('floor, the same work without library code', perSecond(floor));

const single = await onFreshServers(async (databaseUrl, amqpUrl) => {
  const product = await startProduct(databaseUrl, amqpUrl, { BATCH_SIZE: '1' });
  try {
    return await product.throughput(Number(values['one-by-one']));
  } finally {
    await product.stop();
  }
});
say('one message per transaction', perSecond(single));

await onFreshServers(async (databaseUrl, amqpUrl) => {
  const product = await startProduct(databaseUrl, amqpUrl);
  try {
    const batched = await product.throughput(orders);
    say('batches of 100', perSecond(batched));
    say('PostgreSQL', settings);
    const latency = await product.latency(batched / 2, Number(values.seconds));
    say(
      `import to last effect at ${perSecond(latency.perSecond)}`,
      `p50 ${latency.p50} ms, p99 ${latency.p99} ms, longest ${latency.max} ms`,
    );
    for (const { name, bytes } of product.memory()) say(`peak memory of ${name}`, mb(bytes));
    say('share of the floor', `${Math.round((batched / floor) * 100)} %`);
    say('times one message per transaction', (batched / single).toFixed(1));
  } finally {
    await product.stop();
  }
});
await stopServers();
process.exit(0);
