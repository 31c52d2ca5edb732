import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { allows, evolve, lifecycle } from './lifecycle.ts';
import { type Change, fulfillmentStatuses, type WorldOrder } from './order.ts';
import { World } from './world.ts';

const world = new World(
  { seed: 1, ordersPerMinute: 0, initialOrders: 0 },
  { now: () => new Date(0) },
  { saved: () => undefined, reset: () => undefined },
);
const anOrder = (status: WorldOrder['status']): WorldOrder => {
  const lines = [{ sku: 'SKU-MUG-BLUE', quantity: 3 }];
  return world.create({ fulfillmentStatus: status, fulfilledBy: 'MERCHANT', lines }, 1)[0] as WorldOrder;
};

const changes: readonly Change[] = [
  { type: 'become-available' },
  { type: 'release' },
  { type: 'ship', part: 'rest' },
  { type: 'cancel', by: 'BUYER', reason: 'CHANGED_MIND' },
  { type: 'declare-unfulfillable' },
  { type: 'request-cancellation', reason: 'CHANGED_MIND' },
  { type: 'lay-over', raw: {} },
];
const cells = fulfillmentStatuses.flatMap((status) => changes.map((change) => [status, change.type, change] as const));

describe('the lifecycle', () => {
  test.each(cells)('keeps its promise for %s and %s', (status, type, change) => {
    const outcome = lifecycle[status][type];
    const order = anOrder(status);
    if (outcome === 'no') {
      expect(() => evolve(order, change, 5)).toThrow(AppError);
      return;
    }
    const expected = outcome === 'same' ? status : outcome === 'counted' ? 'SHIPPED' : outcome;
    expect(evolve(order, change, 5)).toMatchObject({ status: expected, lastUpdatedTime: 5 });
  });

  test('bumps the time by a millisecond when the clock has not moved', () => {
    const order = anOrder('PENDING');
    expect(evolve(order, { type: 'release' }, order.lastUpdatedTime).lastUpdatedTime).toBe(order.lastUpdatedTime + 1);
  });

  test('ships in part only what has more than one piece left', () => {
    const some = { type: 'ship', part: 'some' } as const;
    const first = evolve(anOrder('UNSHIPPED'), some, 5);
    expect(first).toMatchObject({ status: 'PARTIALLY_SHIPPED', lines: [{ shipped: 2 }], packages: [{ referenceId: '1' }] });
    expect(allows(first, some)).toBe(false);
    expect(evolve(first, { type: 'ship', part: 'rest' }, 6)).toMatchObject({ status: 'SHIPPED', packages: [{}, { referenceId: '2' }] });
  });
});
