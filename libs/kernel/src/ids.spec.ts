import { describe, expect, test } from '@jest/globals';
import { newId, orderIdOf } from './ids.ts';

describe('an id', () => {
  test('of an order follows from the store and the Amazon number, and from nothing else', () => {
    expect(orderIdOf('main', '113-0482231-9911402')).toBe(orderIdOf('main', '113-0482231-9911402'));
    expect(orderIdOf('main', '113-0482231-9911402')).not.toBe(orderIdOf('other', '113-0482231-9911402'));
    // Written down: another value would give every known order a second id.
    expect(orderIdOf('main', '113-0482231-9911402')).toBe('e7cb5575-9865-5805-9f2a-7a67da4a8b5e');
  });

  test('that is new sorts behind those before it', () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
  });
});
