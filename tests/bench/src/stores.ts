import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSecondsOf, demoStore, pause, startGateway } from './gateway.ts';
import type { Running } from './processes.ts';

export interface StoresResult {
  /** From the start of the process until the last store was in step. */
  readonly inStepSeconds: number;
  /** Share of one core, between polls. */
  readonly idleCore: number;
  readonly peakMemory: number;
}

/** One gateway with that many stores, each of which has been polled once: what it costs while it waits for the next time. */
export const measureStores = async (adminUrl: string, amqpUrl: string, stores: number, seconds: number): Promise<StoresResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'orderbus-bench-'));
  // More than fits into a variable.
  const file = join(folder, 'stores.json');
  await writeFile(file, JSON.stringify(Array.from({ length: stores }, (_, n) => ({ ...demoStore, id: `store-${n}` }))));
  const started = performance.now();
  const { gateway, stop } = await startGateway(adminUrl, amqpUrl, { AMAZON_STORES_FILE: file });
  try {
    await inStep(gateway, stores);
    const inStepSeconds = (performance.now() - started) / 1_000;
    // What the start has left behind is collected.
    await pause(5_000);
    const before = await cpuSecondsOf(gateway);
    await pause(seconds * 1_000);
    const idleCore = ((await cpuSecondsOf(gateway)) - before) / seconds;
    return { inStepSeconds, idleCore, peakMemory: gateway.peakMemory() };
  } finally {
    await stop();
    await rm(folder, { recursive: true });
  }
};

const inStep = async (gateway: Running, stores: number): Promise<void> => {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const { items } = (await (await gateway.ask('/stores')).json()) as { items: { status: string }[] };
    const done = items.filter(({ status }) => status === 'ok').length;
    if (done === stores) return;
    if (performance.now() > deadline) throw new Error(`${done} of ${stores} stores are in step`);
    await pause(500);
  }
};
