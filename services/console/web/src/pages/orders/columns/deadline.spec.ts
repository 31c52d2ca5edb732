import { describe, expect, test } from '@jest/globals';
import { isToBeShipped, nearnessOf } from './deadline.ts';

const now = Date.parse('2026-11-29T12:00:00Z');

describe('the last moment to ship', () => {
  test.each([
    ['2026-11-29T11:59:59Z', 'stopped'],
    ['2026-11-29T12:00:01Z', 'attention'],
    ['2026-11-30T11:59:59Z', 'attention'],
    ['2026-11-30T12:00:00Z', 'quiet'],
  ])('%s is %s at noon', (at, nearness) => {
    expect(nearnessOf(at, now)).toBe(nearness);
  });

  const open = { state: 'processing', amazonStatus: 'unshipped', fulfilledBy: 'merchant' } as const;

  test('matters as long as something of it has to leave', () => {
    expect(isToBeShipped(open)).toBe(true);
    expect(isToBeShipped({ ...open, amazonStatus: 'partially-shipped' })).toBe(true);
    expect(isToBeShipped({ ...open, amazonStatus: 'shipped' })).toBe(false);
    expect(isToBeShipped({ ...open, state: 'canceled' })).toBe(false);
  });

  test('is Amazon’s where Amazon ships', () => {
    expect(isToBeShipped({ ...open, fulfilledBy: 'amazon' })).toBe(false);
  });
});
