import { cpuSecondsOf, demoStore, metricOf, pause, startGateway } from './gateway.ts';
import type { Running } from './processes.ts';

export interface PassesResult {
  /** Milliseconds of CPU for a page of 100 orders that are new: read, stored and published. */
  readonly pageCpuMs: number;
  /** Memory that the process holds, after so many passes. */
  readonly memory: readonly { readonly passes: number; readonly residentBytes: number; readonly heapBytes: number }[];
  readonly passCpuMs: number;
}

const pages = 50;
const samples = 10;

/** One store: what a full page costs, and what thousands of passes leave behind. Each pass reads 50 orders again; now and then one is new. */
export const measurePasses = async (adminUrl: string, amqpUrl: string, passes: number): Promise<PassesResult> => {
  const { gateway, sandbox, stop } = await startGateway(adminUrl, amqpUrl, {
    AMAZON_REGION: demoStore.region,
    AMAZON_CLIENT_ID: demoStore.clientId,
    AMAZON_CLIENT_SECRET: demoStore.clientSecret,
    AMAZON_REFRESH_TOKEN: demoStore.refreshToken,
    AMAZON_OVERLAP: '10s',
  });
  try {
    await create(sandbox, pages * 100);
    await pause(2_000);
    const before = await cpuSecondsOf(gateway);
    await imported(gateway, pages * 100);
    const pageCpuMs = (((await cpuSecondsOf(gateway)) - before) / pages) * 1_000;
    // What was read again and again until now lies before the overlap.
    await pause(12_000);
    return { pageCpuMs, ...(await manyPasses(gateway, sandbox, passes)) };
  } finally {
    await stop();
  }
};

const manyPasses = async (gateway: Running, sandbox: Running, passes: number): Promise<Pick<PassesResult, 'memory' | 'passCpuMs'>> => {
  const first = await passesOf(gateway);
  const startedAt = await cpuSecondsOf(gateway);
  const memory: PassesResult['memory'][number][] = [];
  for (let sample = 1; sample <= samples; sample++) {
    await create(sandbox, 50);
    const wanted = first + (passes * sample) / samples;
    while ((await passesOf(gateway)) < wanted) await Promise.all(Array.from({ length: 40 }, () => sync(gateway)));
    memory.push({
      passes: (passes * sample) / samples,
      residentBytes: await metricOf(gateway, 'process_resident_memory_bytes'),
      heapBytes: await metricOf(gateway, 'nodejs_heap_size_used_bytes'),
    });
  }
  const passCpuMs = (((await cpuSecondsOf(gateway)) - startedAt) / ((await passesOf(gateway)) - first)) * 1_000;
  return { memory, passCpuMs };
};

const create = async (sandbox: Running, count: number): Promise<void> => {
  const order = { count, sellerId: 'ADEMOSELLERNA1', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', live: false, answer: 'ids' };
  const response = await fetch(`${sandbox.url}/sandbox/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (!response.ok) throw new Error(`the sandbox has no orders for us: ${await response.text()}`);
};

const sync = async (gateway: Running): Promise<void> => void (await (await gateway.ask('/stores/main/sync', { method: 'POST' })).text());

const passesOf = (gateway: Running): Promise<number> => metricOf(gateway, 'spapi_requests_total', 'op="searchOrders",status="200"');

const imported = async (gateway: Running, orders: number): Promise<void> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    await sync(gateway);
    const published = await metricOf(gateway, 'outbox_published_total');
    if (published >= orders) return;
    if (performance.now() > deadline) throw new Error(`${published} of ${orders} orders were published`);
    await pause(250);
  }
};
