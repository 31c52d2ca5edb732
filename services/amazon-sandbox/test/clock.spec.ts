import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AdjustableClock } from '../src/adjustable-clock.ts';
import { buildSandbox, type SandboxConfig } from '../src/app.ts';
import { clientOf, europe, manualClock, startSandbox } from './harness.ts';

const hourMs = 3_600_000;

interface State {
  readonly now: string;
  readonly speed: number | null;
}

/** A sandbox by its own clock, which runs on with real time. */
const withOwnClock = async (config: Partial<SandboxConfig>, use: (client: ReturnType<typeof clientOf>) => Promise<void>): Promise<void> => {
  const sandbox = buildSandbox({ port: 0, seed: 7, ordersPerMinute: 0, initialOrders: 0, limits: 'off', visibilityLagMs: 0, ...config });
  await sandbox.start();
  try {
    await use(clientOf(sandbox.url));
  } finally {
    await sandbox.stop();
  }
};

describe("the world's clock", () => {
  test('runs as many times faster than real time as it is told, from then on', () => {
    const real = manualClock();
    const clock = new AdjustableClock(real, 60);
    const begin = clock.now().getTime();
    const passed = () => clock.now().getTime() - begin;
    real.forward(1000);
    expect(passed()).toBe(60_000);
    clock.setSpeed(1);
    real.forward(1000);
    expect(passed()).toBe(61_000);
    clock.advance(hourMs);
    clock.setSpeed(0);
    real.forward(1000);
    expect(passed()).toBe(61_000 + hourMs);
  });

  test('carries the life of orders, the limits and the tokens with it', () =>
    withOwnClock({ speed: 0, limits: 'documented' }, async ({ call, create, search, accessToken }) => {
      const { now } = (await call<State>('GET', '/sandbox/stats')).body;
      await create({ count: 40, sellerId: europe.sellerId });
      const headers = { 'x-amz-access-token': await accessToken(europe) };
      for (let request = 0; request < 20; request++) await search({ lastUpdatedAfter: now });
      expect((await search({ lastUpdatedAfter: now })).status).toBe(429);

      const { body } = await call<State>('POST', '/sandbox/clock', { advanceMs: hourMs });
      expect(Date.parse(body.now) - Date.parse(now)).toBe(hourMs);
      expect((await search({ lastUpdatedAfter: now })).status).toBe(200);
      expect((await call('GET', `/orders/2026-01-01/orders?lastUpdatedAfter=${now}`, undefined, headers)).status).toBe(403);
      const stats = (await call<{ orders: { byStatus: Record<string, number> } }>('GET', '/sandbox/stats')).body;
      expect(stats.orders.byStatus.PENDING).toBe(0);
      expect(stats).toMatchObject({ now: body.now, speed: 0 });
    }));

  test('changes its pace on request', () =>
    withOwnClock({}, async ({ call }) => {
      expect((await call<State>('PUT', '/sandbox/clock', { speed: 3600 })).body.speed).toBe(3600);
      const begin = Date.parse((await call<State>('GET', '/sandbox/stats')).body.now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Date.parse((await call<State>('GET', '/sandbox/stats')).body.now) - begin).toBeGreaterThan(60_000);
      expect((await call('PUT', '/sandbox/clock', { speed: -1 })).status).toBe(400);
      expect((await call('POST', '/sandbox/clock', { advanceMs: -1 })).status).toBe(400);
    }));

  test('does not fall behind what has happened when the sandbox starts again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const file = join(folder, 'world.jsonl');
    let ahead = 0;
    await withOwnClock({ file }, async ({ call, create }) => {
      await call('POST', '/sandbox/clock', { advanceMs: 48 * hourMs });
      const [order] = await create({ fulfillmentStatus: 'UNSHIPPED' });
      ahead = Date.parse(String(order?.lastUpdatedTime));
    });
    await withOwnClock({ file }, async ({ call }) => {
      expect(Date.parse((await call<State>('GET', '/sandbox/stats')).body.now)).toBeGreaterThanOrEqual(ahead);
    });
    await rm(folder, { recursive: true });
  });

  test('belongs to the test that brings its own', async () => {
    const { call, clock } = await startSandbox({ speed: 60 });
    expect((await call('PUT', '/sandbox/clock', { speed: 2 })).status).toBe(409);
    expect((await call('POST', '/sandbox/clock', { advanceMs: 1 })).status).toBe(409);
    expect((await call<State>('GET', '/sandbox/stats')).body).toMatchObject({ now: clock.now().toISOString(), speed: null });
  });
});
