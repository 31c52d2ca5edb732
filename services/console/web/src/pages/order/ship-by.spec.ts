import { describe, expect, test } from '@jest/globals';
import type { OrderFacts } from './facts.ts';
import { nearnessOf, shipByOf, timeBetween } from './ship-by.ts';

const at = '2026-05-04T18:00:00.000Z';
const now = Date.parse('2026-05-04T14:48:30.000Z');
const facts = (order: object, toShip?: number) =>
  ({
    order: { state: 'processing', fulfilledBy: 'merchant', shipBy: { to: at }, ...order },
    ...(toShip === undefined ? {} : { shipping: { toShip } }),
  }) as unknown as OrderFacts;

describe('the deadline of an order', () => {
  test('is shown as long as the seller has something left to ship', () => {
    expect(shipByOf(facts({}))).toBe(at);
    expect(shipByOf(facts({}, 2))).toBe(at);
    expect(shipByOf(facts({}, 0))).toBeUndefined();
    expect(shipByOf(facts({ fulfilledBy: 'amazon' }))).toBeUndefined();
    for (const state of ['complete', 'closed', 'canceled']) expect(shipByOf(facts({ state }))).toBeUndefined();
  });

  test('is near on its last day, and missed from its moment on', () => {
    expect(nearnessOf(at, now)).toBe('soon');
    expect(nearnessOf(at, now - 86_400_000)).toBe('later');
    expect(nearnessOf(at, Date.parse(at))).toBe('missed');
  });

  test('says how long that is, in both directions', () => {
    expect(timeBetween(at, now)).toEqual({ days: 0, hours: 3, minutes: 11 });
    expect(timeBetween(at, Date.parse(at) + 90_000_000)).toEqual({ days: 1, hours: 1, minutes: 0 });
  });
});
