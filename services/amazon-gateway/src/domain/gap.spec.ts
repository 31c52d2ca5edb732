import { describe, expect, test } from '@jest/globals';
import { evidenceOf } from './gap.ts';

const passedUntil = '2026-03-01T12:00:00.000Z';
const order = (purchasedAt: string, updatedAt: string) => ({ amazonOrderId: '111-0000001-0000001', purchasedAt, updatedAt });

describe('an order that a sweep finds', () => {
  test.each([
    ['new, and passed by the list of changes', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:00.000Z', 'new', 'never-listed'],
    ['new, changed lately, but created long ago', '2026-03-01T10:30:00.000Z', '2026-03-01T12:01:00.000Z', 'new', 'late'],
    ['new, and on its way', '2026-03-01T11:30:00.000Z', '2026-03-01T12:01:00.000Z', 'new', undefined],
    ['different, and passed by the list of changes', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:00.000Z', 'changed', 'stale'],
    ['different, with a change that is on its way', '2026-03-01T09:00:00.000Z', '2026-03-01T12:01:00.000Z', 'changed', undefined],
  ] as const)('%s: evidence %s', (_, createdAt, updatedAt, result, why) => {
    expect(evidenceOf(order(createdAt, updatedAt), result, passedUntil)?.why).toBe(why);
  });
});
