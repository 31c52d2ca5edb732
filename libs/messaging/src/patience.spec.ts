import { describe, expect, test } from '@jest/globals';
import { growingPause, pause, persist, unlessAborted, within } from './patience.ts';

test('a pause grows to its limit, and half of it is chance', () => {
  for (const [attempt, full] of [
    [0, 100],
    [3, 800],
    [50, 10_000],
  ] as const) {
    const drawn = growingPause(attempt, 100, 10_000);
    expect(drawn).toBeGreaterThanOrEqual(full / 2);
    expect(drawn).toBeLessThanOrEqual(full);
  }
});

test('a pause ends with the signal', async () => {
  const stopping = new AbortController();
  const paused = pause(60_000, stopping.signal);
  stopping.abort();
  await paused;
});

describe('persistence', () => {
  test('tries until it succeeds', async () => {
    let calls = 0;
    const failures: unknown[] = [];
    const work = async () => {
      if (++calls === 1) throw new Error('not yet');
      return calls;
    };
    const result = await persist(work, { signal: new AbortController().signal, failed: (error, ms) => failures.push([error, ms]) });
    expect([result, failures]).toEqual([2, [[new Error('not yet'), 1000]]]);
  });

  test('tries once even when it is told to stop, so that a running batch is settled', async () => {
    expect(await persist(async () => 'done', { signal: AbortSignal.abort(), failed: () => {} })).toBe('done');
  });

  test('gives up when it is told to stop', async () => {
    const stopping = new AbortController();
    const failed = () => stopping.abort();
    expect(await persist(() => Promise.reject(new Error('never')), { signal: stopping.signal, failed })).toBeUndefined();
  });
});

test('a promise is waited for unless the signal comes', async () => {
  const stopping = new AbortController();
  expect(await unlessAborted(Promise.resolve(1), stopping.signal)).toBe(1);
  const never = unlessAborted(new Promise(() => {}), stopping.signal);
  stopping.abort();
  expect(await never).toBeUndefined();
});

test('a promise comes in time or late, and neither throws', async () => {
  expect(await within(1000, Promise.reject(new Error('failed')))).toBe(true);
  expect(await within(1, new Promise(() => {}))).toBe(false);
});
