import { describe, expect, test } from '@jest/globals';
import { retryAfterMs, verdictOn } from './attempt.ts';

const now = new Date('2026-03-01T10:00:00Z');
const minutes = (count: number): number => count * 60_000;
const schedule = (chance = 0.5) => ({ delaysMs: [10_000, minutes(1), minutes(60)], chance: () => chance });
const failed = { taken: false, status: 500 };
const waitAfter = (answered: object, attempts: number, chance?: number): number | string => {
  const verdict = verdictOn({ ...failed, ...answered }, attempts, now, schedule(chance));
  return verdict.state === 'pending' ? Date.parse(verdict.nextAttemptAt) - now.getTime() : verdict.state;
};

describe('a delivery', () => {
  test('that was taken is over', () => {
    expect(verdictOn({ taken: true, status: 204 }, 1, now, schedule())).toEqual({ state: 'delivered' });
  });

  test('is tried again, each time later, until its delays are used up', () => {
    expect([1, 2, 3, 4].map((attempts) => waitAfter({}, attempts))).toEqual([10_000, minutes(1), minutes(60), 'failed']);
  });

  test('is tried a fifth sooner or later than that, so that what failed together does not come back together', () => {
    expect(waitAfter({}, 3, 0)).toBe(minutes(48));
    expect(waitAfter({}, 3, 1)).toBe(minutes(72));
  });

  test('is not tried before the target wants it, and not sooner because the target wants it', () => {
    expect(waitAfter({ status: 429, retryAfter: '120' }, 1)).toBe(minutes(2));
    expect(waitAfter({ status: 503, retryAfter: '120' }, 3)).toBe(minutes(60));
    expect(waitAfter({ retryAfter: '1' }, 4)).toBe('failed');
  });
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    ['Sun, 01 Mar 2026 10:05:00 GMT', minutes(5)],
    ['999999999', minutes(1_440)],
    ['0', undefined],
    ['Sun, 01 Mar 2026 09:00:00 GMT', undefined],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
