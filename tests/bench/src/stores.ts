import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { startProcess } from './processes.ts';

export interface StoresResult {
  /** From the start of the process until the last store was in step. */
  readonly inStepSeconds: number;
  /** Share of one core, between polls. */
  readonly idleCore: number;
  readonly peakMemory: number;
}

/** One gateway with that many stores, each of which has been polled once: what it costs while it waits for the next time. */
export const measureStores = async (adminUrl: string, amqpUrl: string, stores: number, seconds: number): Promise<StoresResult> => {
  const urls = await provision({ adminUrl, secret: 'bench', tenancies: [{ schema: 'gateway', role: 'orderbus_gateway' }] });
  const sandbox = await startProcess('amazon-sandbox', 'services/amazon-sandbox/src/main.ts', '/health', {
    SANDBOX_LIMITS: 'off',
    SANDBOX_VISIBILITY_LAG_MS: '0',
    SANDBOX_ORDERS_PER_MINUTE: '0',
    SANDBOX_INITIAL_ORDERS: '0',
  });
  const folder = await mkdtemp(join(tmpdir(), 'orderbus-bench-'));
  try {
    // More than fits into a variable.
    const file = join(folder, 'stores.json');
    await writeFile(file, JSON.stringify(Array.from({ length: stores }, (_, n) => ({ ...store, id: `store-${n}` }))));
    const started = performance.now();
    const gateway = await startProcess('amazon-gateway', 'services/amazon-gateway/src/main.ts', '/ready', {
      DATABASE_URL: urls.gateway as string,
      BROKER_URL: amqpUrl,
      ORDERBUS_KEYS: `bench:${generateKey()}`,
      AMAZON_STORES_FILE: file,
      AMAZON_ENDPOINT: sandbox.url,
      AMAZON_LWA_ENDPOINT: `${sandbox.url}/auth/o2/token`,
      // Far away: between polls is what is measured.
      AMAZON_POLL_CRON: '0 0 1 1 *',
    });
    await inStep(gateway.url, stores);
    const inStepSeconds = (performance.now() - started) / 1_000;
    // What the start has left behind is collected.
    await pause(5_000);
    const before = await cpuSeconds(gateway.url);
    await pause(seconds * 1_000);
    const idleCore = ((await cpuSeconds(gateway.url)) - before) / seconds;
    const result = { inStepSeconds, idleCore, peakMemory: gateway.peakMemory() };
    await gateway.stop();
    return result;
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  }
};

const store = {
  region: 'na',
  clientId: 'amzn1.application-oa2-client.demo-na',
  clientSecret: 'amzn1.oa2-cs.v1.demo-na-not-a-secret',
  refreshToken: 'Atzr|demo-na-not-a-secret',
};

const inStep = async (url: string, stores: number): Promise<void> => {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const { items } = (await (await fetch(`${url}/stores`)).json()) as { items: { status: string }[] };
    const done = items.filter(({ status }) => status === 'ok').length;
    if (done === stores) return;
    if (performance.now() > deadline) throw new Error(`${done} of ${stores} stores are in step`);
    await pause(500);
  }
};

const cpuSeconds = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, value] = /^process_cpu_seconds_total(?:\{[^}]*\})? ([\d.e+-]+)$/m.exec(text) ?? [];
  if (value === undefined) throw new Error('the gateway does not tell its CPU time');
  return Number(value);
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
