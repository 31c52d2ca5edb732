import { describe, expect, test } from '@jest/globals';
import type { Budget } from './answers.ts';
import { scarcest } from './store-health.ts';

const budget = (operation: string, left: number, pausedUntil?: string): Budget => ({
  ...{ operation, purpose: 'orders', rate: 1, burst: 21, left },
  ...{ nextCallAt: '2026-05-04T10:00:00Z', fullAt: '2026-05-04T10:00:00Z' },
  ...(pausedUntil === undefined ? {} : { pausedUntil }),
});

describe('the quota that is felt first', () => {
  test('is the one of which the least is left: one call of the burst is never used', () => {
    expect(scarcest([budget('getOrder', 20), budget('searchOrders', 5)])).toMatchObject({ operation: 'searchOrders', percent: 25 });
    expect(scarcest([budget('getOrder', 20)])).toMatchObject({ percent: 100 });
  });

  test('is before all others what Amazon brakes', () => {
    expect(scarcest([budget('getOrder', 1), budget('feeds', 20, '2026-05-04T10:05:00Z')])).toMatchObject({ operation: 'feeds' });
  });

  test('is none where none is known', () => {
    expect(scarcest([])).toBeUndefined();
  });
});
