import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { type Breaker, type BreakerOptions, breaker } from './breaker.ts';
import { createCircuits } from './circuits.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}

const stops: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

const aBreaker = <A extends unknown[], R>(
  fn: (signal: AbortSignal, ...args: A) => Promise<R>,
  { timeoutMs = 1_000, resetMs = 30_000, ...rest }: Partial<BreakerOptions> = {},
) => {
  const lines: string[] = [];
  const metrics = createMetrics('gateway');
  const log = createLog({ service: 'gateway', destination: { write: (line) => lines.push(line) } });
  const isFailure = (error: unknown) => !(error instanceof Refused && error.status < 500);
  const call = breaker({ name: 'spapi.orders', timeoutMs, resetMs, log, metrics, watch: undefined, isFailure, ...rest }, fn);
  stops.push(call.stop);
  const gauge = async () => (await metrics.registry.getSingleMetric('circuit_state')?.get())?.values[0]?.value;
  return { call, lines, gauge };
};

const failTimes = async (call: Breaker<[], unknown>, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await call().catch(() => undefined);
};

const until = async (what: () => boolean): Promise<void> => {
  const deadline = Date.now() + 5_000;
  while (!what()) {
    if (Date.now() > deadline) throw new Error('it did not happen in 5 s');
    await new Promise(setImmediate);
  }
};

describe('a breaker', () => {
  test('passes arguments and answer through', async () => {
    const { call } = aBreaker(async (_signal, a: number, b: number) => a + b);
    expect(await call(2, 3)).toBe(5);
  });

  test('passes the error of the call through as it is', async () => {
    const error = new Refused(503);
    const { call } = aBreaker(() => Promise.reject(error));
    await expect(call()).rejects.toBe(error);
  });

  test('opens when the other side fails, and then does not call it', async () => {
    let calls = 0;
    const { call, gauge, lines } = aBreaker(() => {
      calls++;
      return Promise.reject(new Refused(500));
    });
    expect(await gauge()).toBe(0);
    await failTimes(call, 10);
    expect(call.state).toBe('open');
    await expect(call()).rejects.toMatchObject({ kind: 'unavailable', code: 'circuit.open', details: { name: 'spapi.orders' } });
    expect(() => call.throwIfOpen()).toThrow('circuit.open');
    expect(calls).toBe(10);
    expect(await gauge()).toBe(2);
    expect(lines.join('')).toContain('circuit opened');
  });

  test('needs ten calls before it judges', async () => {
    const { call } = aBreaker(() => Promise.reject(new Refused(500)));
    await failTimes(call, 9);
    expect(call.state).toBe('closed');
  });

  test('of a system that is seldom called judges by few calls over a long time', async () => {
    const { call } = aBreaker(() => Promise.reject(new Refused(500)), { minimumCalls: 3, windowMs: 1_800_000 });
    await failTimes(call, 2);
    expect(call.state).toBe('closed');
    expect(() => call.throwIfOpen()).not.toThrow();
    await failTimes(call, 1);
    expect(call.state).toBe('open');
  });

  test('forgets the failures that are older than its window', async () => {
    jest.useFakeTimers();
    try {
      const { call } = aBreaker(() => Promise.reject(new Refused(500)), { minimumCalls: 3, windowMs: 1_800_000 });
      await failTimes(call, 2);
      jest.advanceTimersByTime(1_800_001);
      await failTimes(call, 2);
      expect(call.state).toBe('closed');
      await failTimes(call, 1);
      expect(call.state).toBe('open');
    } finally {
      jest.useRealTimers();
    }
  });

  test('that is open says when it lets a call through', async () => {
    const { call } = aBreaker(() => Promise.reject(new Refused(500)), { resetMs: 60_000 });
    await failTimes(call, 10);
    const error: AppError = await call().then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error.details.retryAfterMs).toBeGreaterThan(55_000);
    expect(error.details.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test.each([400, 404, 429])('does not hold an answer of %d against the other side', async (status) => {
    const { call } = aBreaker(() => Promise.reject(new Refused(status)));
    await failTimes(call, 30);
    expect(call.state).toBe('closed');
    await expect(call()).rejects.toMatchObject({ status });
  });

  test('lets one call try after a while, and closes when it succeeds', async () => {
    let ill = true;
    const { call, gauge, lines } = aBreaker(
      async () => {
        if (ill) throw new Refused(500);
      },
      { resetMs: 20 },
    );
    await failTimes(call, 10);
    await until(() => call.state === 'half-open');
    expect(await gauge()).toBe(1);
    ill = false;
    await call();
    expect(call.state).toBe('closed');
    expect(await gauge()).toBe(0);
    expect(lines.join('')).toMatch(/circuit half-open.*circuit closed/s);
  });

  test('opens again when the try fails', async () => {
    const { call } = aBreaker(() => Promise.reject(new Refused(500)), { resetMs: 20 });
    await failTimes(call, 10);
    await until(() => call.state === 'half-open');
    await failTimes(call, 1);
    expect(call.state).toBe('open');
  });

  test('ends a call that takes too long, and tells it', async () => {
    let seen: AbortSignal | undefined;
    const { call } = aBreaker(
      (signal) => {
        seen = signal;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted by signal'))));
      },
      { timeoutMs: 20 },
    );
    await expect(call()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'call.timeout',
      details: { name: 'spapi.orders', timeoutMs: 20 },
    });
    expect(seen?.aborted).toBe(true);
  });

  test('aborts only the call that was late', async () => {
    const signals: AbortSignal[] = [];
    const { call } = aBreaker(
      async (signal, late: boolean) => {
        signals.push(signal);
        if (late) await new Promise(() => undefined);
      },
      { timeoutMs: 20 },
    );
    await Promise.allSettled([call(true), call(false)]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  test('counts timeouts as failures, whatever isFailure says', async () => {
    const metrics = createMetrics('gateway');
    const log = createLog({ service: 'gateway', level: 'silent' });
    const call = breaker(
      { name: 'x', timeoutMs: 1, log, metrics, watch: undefined, isFailure: () => false },
      () => new Promise(() => undefined),
    );
    stops.push(call.stop);
    await failTimes(call, 10);
    expect(call.state).toBe('open');
  });

  test('is watched with its state from the first moment on, until it is stopped', async () => {
    const circuits = createCircuits();
    const { call } = aBreaker(() => Promise.reject(new Refused(500)), { watch: circuits.to('amazon.main', 'main'), minimumCalls: 2 });
    const circuit = { system: 'amazon.main', tenant: 'main', name: 'spapi.orders' };
    expect(circuits.all).toEqual([{ ...circuit, state: 'closed' }]);
    await failTimes(call, 2);
    expect(circuits.all).toEqual([{ ...circuit, state: 'open' }]);
    await call.stop();
    expect(circuits.all).toEqual([]);
  });

  test('that is stopped refuses calls, and is no longer measured', async () => {
    const { call, gauge } = aBreaker(async () => 1);
    await call.stop();
    await expect(call()).rejects.toBeInstanceOf(AppError);
    expect(await gauge()).toBeUndefined();
  });
});
