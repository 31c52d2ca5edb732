import { describe, expect, test } from '@jest/globals';
import { aPickup, aPicture, inPrograms } from '../../test/a-command.ts';
import { pickupKind } from './pickup.ts';

const inStore = inPrograms(['in-store-pickup']);
const refusedFor = (code: string) => ({ verdict: 'refused', refusal: { code, words: expect.any(String) } });

describe('a pickup', () => {
  test('is told of an order that the buyer fetches at the shop, and of no other', () => {
    expect(pickupKind.check(aPickup(), inStore)).toEqual({ verdict: 'send' });
    expect(pickupKind.check(aPickup(), aPicture())).toEqual(refusedFor('pickup.not-in-store'));
    expect(pickupKind.check(aPickup(), { ...inStore, fulfilledBy: 'amazon' })).toEqual(refusedFor('order.fulfilled-by-amazon'));
    expect(pickupKind.check(aPickup({ lines: [{ lineId: '9', quantity: 1 }] }), inStore)).toMatchObject(refusedFor('line.unknown'));
  });

  test('of an order that was pending when we last looked is told after another look', () => {
    expect(pickupKind.check(aPickup(), { ...inStore, status: 'pending' })).toMatchObject({
      verdict: 'send',
      obstacle: { code: 'order.pending' },
    });
  });
});
