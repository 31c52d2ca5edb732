import { describe, expect, test } from '@jest/globals';
import { type Bucket, type Marketplace, marketplacesOf, shownBuckets, sumOf } from './ship-board.ts';

const none = { orders: 0, blocked: 0 };
const marketplace = (tenant: string, marketplaceId: string, counts: Partial<Record<Bucket, number>>): Marketplace => ({
  ...{ tenant, marketplaceId, timeZone: 'UTC' },
  buckets: {
    ...{ overdue: none, 'due-today': none, 'at-risk': none, 'in-time': none, 'no-deadline': none },
    ...Object.fromEntries(Object.entries(counts).map(([bucket, orders]) => [bucket, { orders, blocked: 1 }])),
  },
  blockedBy: {},
});
const board = {
  at: '2026-05-04T10:00:00Z',
  alertHours: 12,
  marketplaces: [
    marketplace('eu', 'FR', { 'in-time': 90 }),
    marketplace('eu', 'DE', { 'due-today': 2 }),
    marketplace('na', 'US', { overdue: 1, 'due-today': 3 }),
    marketplace('na', 'MX', {}),
  ],
};
const places = (store?: string) => marketplacesOf(board, store).map(({ marketplaceId }) => marketplaceId);

describe('the ship-by board in short', () => {
  test('has first what is late, then what is due, and nothing where nothing has to leave', () => {
    expect(places()).toEqual(['US', 'DE', 'FR']);
  });

  test('is of one store when the page is', () => {
    expect(places('na')).toEqual(['US']);
  });

  test('adds up', () => {
    expect(sumOf(marketplacesOf(board, undefined), 'due-today')).toEqual({ orders: 5, blocked: 2 });
  });

  test('shows orders without a deadline only when there are some', () => {
    expect(shownBuckets(board.marketplaces)).not.toContain('no-deadline');
    expect(shownBuckets([marketplace('eu', 'SE', { 'no-deadline': 1 })])).toContain('no-deadline');
  });
});
