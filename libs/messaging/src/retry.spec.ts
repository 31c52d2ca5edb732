import { expect, test } from '@jest/globals';
import { defaultRetryDelaysMs, delayAfter } from './retry.ts';

test('each attempt has its own delay, and after the last one there is none', () => {
  expect([1, 2, 3].map((attempt) => delayAfter(attempt, [10, 20]))).toEqual([10, 20, 'exhausted']);
});

test('a number that is no attempt counts as the first', () => {
  expect(delayAfter(0, [10, 20])).toBe(10);
});

test('without delays nothing is tried again', () => {
  expect(delayAfter(1, [])).toBe('exhausted');
});

test('by default five attempts follow the first, the last one an hour after the one before', () => {
  expect(defaultRetryDelaysMs).toEqual([5_000, 30_000, 120_000, 600_000, 3_600_000]);
});
