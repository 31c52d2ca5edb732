import { describe, expect, test } from '@jest/globals';
import { findingsOfWrites } from './writes.ts';

const parcel = { kind: 'shipment', order: '302-1', asked: 1, done: 1, open: 0 };
const made = { operation: 'confirmShipment', orderId: '302-1', effect: 'created' };
const harms = (...given: Parameters<typeof findingsOfWrites>) => findingsOfWrites(...given).map(({ invariant, harm }) => [invariant, harm]);

describe('a write', () => {
  test('that was asked for once, and had its effect once, is right', () => {
    expect(harms([parcel], [made])).toEqual([]);
  });

  test.each([
    ['had its effect twice', [parcel], [made, made], 'written-twice'],
    ['was told again, and changed nothing', [parcel], [made, { ...made, effect: 'unchanged' }], 'written-twice'],
    ['is said to be done, and is unknown at Amazon', [parcel], [], 'lost'],
    ['is not settled', [{ ...parcel, done: 0, open: 1 }], [made], 'unfinished'],
    ['was wished for by nobody', [], [made], 'wrong'],
    [
      'has paid twice',
      [{ ...parcel, kind: 'refund' }],
      Array(2).fill({ ...made, operation: 'POST_PAYMENT_ADJUSTMENT_DATA', effect: 'refunded' }),
      'written-twice',
    ],
  ])('that %s is complained about', (_, wishes, entries, harm) => {
    expect(harms(wishes, entries)).toEqual([['I6', harm]]);
  });

  test('that Amazon refused has had no effect', () => {
    expect(harms([{ ...parcel, done: 0 }], [{ ...made, effect: 'refused' }])).toEqual([]);
  });
});
