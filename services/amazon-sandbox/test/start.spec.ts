import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';

/** It takes well under a second on an idle machine; this one is shared with other tests. */
const patienceMs = 8000;

const running: ChildProcess[] = [];

afterEach(() => {
  for (const sandbox of running.splice(0)) sandbox.kill('SIGKILL');
});

const start = (environment: Record<string, string>) => {
  const beganAt = performance.now();
  const sandbox = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: { SANDBOX_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(sandbox);
  const firstLine = async (output: 'stdout' | 'stderr'): Promise<string> =>
    String((await once(createInterface({ input: sandbox[output] }), 'line'))[0]);
  return { sandbox, firstLine, elapsedMs: () => performance.now() - beganAt };
};

describe('the sandbox alone', () => {
  test('starts with 100 orders at once, says where it is, and stops when told', async () => {
    const { sandbox, firstLine, elapsedMs } = start({ SANDBOX_ORDERS_PER_MINUTE: '0' });
    const url = /http:\/\/\S+?:\d+/.exec(await firstLine('stdout'))?.[0];
    const stats = (await (await fetch(`${url}/sandbox/stats`)).json()) as { orders: { total: number }; speed: number };
    expect(elapsedMs()).toBeLessThan(patienceMs);
    expect([stats.orders.total, stats.speed]).toEqual([100, 1]);
    sandbox.kill('SIGTERM');
    expect(await once(sandbox, 'exit')).toEqual([0, null]);
  });

  test('says what is wrong with its environment, and does not start', async () => {
    const { sandbox, firstLine } = start({ SANDBOX_SPEED: 'fast' });
    const complaint = firstLine('stderr');
    expect(await once(sandbox, 'exit')).toEqual([1, null]);
    expect(await complaint).toBe('Cannot start, the environment is wrong:');
  });
});
