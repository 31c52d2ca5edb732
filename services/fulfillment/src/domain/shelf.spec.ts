import { describe, expect, test } from '@jest/globals';
import { aShelf, counts } from '../../test/world.ts';
import { applyStockCommand } from './stock-command.ts';

describe('a shelf', () => {
  test.each([
    ['below nothing on hand', -3, 0],
    ['below what is set aside', -2, 0],
    ['to more set aside than on hand', 0, 2],
    ['to less than nothing set aside', 0, -2],
  ])('refuses to go %s', (_, deltaOnHand, deltaReserved) => {
    const shelf = aShelf({ LAMP: { onHand: 2, reserved: 1 } });
    expect(() => shelf.move({ sku: 'LAMP', location: 'main', deltaOnHand, deltaReserved, reason: 'adjusted' })).toThrow('stock.impossible');
    expect(counts(shelf, 'LAMP')).toBe('2 / 1');
    expect(shelf.movements).toEqual([]);
  });

  test('keeps every movement, and knows what has changed', () => {
    const shelf = aShelf({ LAMP: 2, CUP: 1 });
    shelf.move({ sku: 'LAMP', location: 'main', deltaOnHand: 0, deltaReserved: 1, reason: 'reserved' });
    shelf.move({ sku: 'CUP', location: 'main', deltaOnHand: 0, deltaReserved: 0, reason: 'shipped' });
    expect(shelf.movements).toEqual([{ sku: 'LAMP', location: 'main', deltaOnHand: 0, deltaReserved: 1, reason: 'reserved' }]);
    expect(shelf.changed()).toMatchObject([{ sku: 'LAMP', onHand: 2, reserved: 1 }]);
  });
});

describe('a count', () => {
  test('sets what is on hand, as a movement', () => {
    const shelf = aShelf({ LAMP: { onHand: 7, reserved: 2 }, CUP: 3 });
    const counted = [
      { sku: 'LAMP', onHand: 5 },
      { sku: 'CUP', onHand: 3 },
    ];
    applyStockCommand({ type: 'count', counts: counted, actor: 'Ada' }, shelf);
    expect(shelf.movements).toEqual([
      { sku: 'LAMP', location: 'main', deltaOnHand: -2, deltaReserved: 0, reason: 'counted', actor: 'Ada' },
    ]);
  });

  test('with one wrong entry changes nothing', () => {
    const shelf = aShelf({ LAMP: { onHand: 7, reserved: 2 }, CUP: 3 });
    const counted = [
      { sku: 'CUP', onHand: 9 },
      { sku: 'LAMP', onHand: 1 },
    ];
    expect(() => applyStockCommand({ type: 'count', counts: counted, actor: 'Ada' }, shelf)).toThrow('stock.below-reserved');
    expect(shelf.movements).toEqual([]);
  });
});
