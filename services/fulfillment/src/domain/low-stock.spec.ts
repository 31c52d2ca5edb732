import { describe, expect, test } from '@jest/globals';
import { decideLowStock } from './low-stock.ts';

const mug = { sku: 'MUG', title: 'Mug', available: 6, lowAt: 5, counted: true };
const told = (said: boolean | undefined, left: object) => {
  const decision = decideLowStock(said === undefined ? undefined : { low: said }, { ...mug, ...left });
  return 'refused' in decision ? decision.refused : decision.events.map(({ definition, data }) => [definition.type, data]);
};
const { sku, title } = mug;

describe('a product', () => {
  test.each([
    ['that has enough is no news', undefined, { available: 6 }, 'already-done'],
    [
      'runs low when as many are left as count as few',
      undefined,
      { available: 5 },
      [['stock.low', { sku, title, available: 5, lowAt: 5 }]],
    ],
    ['that was told of is not told again while it falls', true, { available: 0 }, 'already-done'],
    ['is replenished above that', true, { available: 6 }, [['stock.replenished', { sku, title, available: 6, reason: 'replenished' }]]],
    ['can run low again', false, { available: 1 }, [['stock.low', { sku, title, available: 1, lowAt: 5 }]]],
    [
      'that counts as low when sold out is told with its last unit',
      undefined,
      { available: 0, lowAt: 0 },
      [['stock.low', { sku, title, available: 0, lowAt: 0 }]],
    ],
    ['without a threshold is never low', undefined, { available: 0, lowAt: null }, 'already-done'],
    ['whose stock is not counted is never low', undefined, { available: 0, counted: false }, 'already-done'],
  ])('%s', (_, said, left, expected) => {
    expect(told(said, left)).toEqual(expected);
  });

  test.each([{ lowAt: null }, { counted: false }])('of which nobody wants to know any more settles what was said: %j', (change) => {
    expect(told(true, { available: 1, ...change })).toEqual([['stock.replenished', { sku, title, available: 1, reason: 'not-watched' }]]);
  });
});
