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

const changesOf = ({ lines, packages }: WorldOrder): readonly Change[] => {
  const items = lines.map(({ orderItemId, quantity, shipped }) => ({ orderItemId, quantity: quantity - shipped }));
  const parcel = { referenceId: '9', shippedAt: 5, carrier: 'UPS', trackingNumber: '1Z-EXAMPLE', items };
  return [
    { type: 'become-available' },
    { type: 'release' },
    { type: 'ship', part: 'rest' },
    { type: 'pack', package: parcel },
    { type: 'move-package', referenceId: packages[0]?.referenceId ?? '1', to: 'DELIVERED' },
    { type: 'make-ready' },
    { type: 'hand-over', items },
    { type: 'cancel', by: 'BUYER', reason: 'CHANGED_MIND' },
    { type: 'cancel-pieces', by: 'MERCHANT', reason: 'NO_INVENTORY', items },
    { type: 'declare-unfulfillable' },
    { type: 'request-cancellation', reason: 'CHANGED_MIND' },
    { type: 'refund', refunds: [{ at: 5, orderItemId: '1', reason: 'Other', components: [{ type: 'Goodwill', amount: 1 }] }] },
    { type: 'acknowledge', sellerOrderId: 'OB-1' },
    { type: 'lay-over', raw: {} },
  ];
};
const types = changesOf(anOrder('SHIPPED')).map(({ type }) => type);
const cells = fulfillmentStatuses.flatMap((status) => types.map((type) => [status, type] as const));

describe('the lifecycle', () => {
  test.each(cells)('keeps its promise for %s and %s', (status, type) => {
    const outcome = lifecycle[status][type];
    const order = anOrder(status);
    const change = changesOf(order).find((each) => each.type === type) as Change;
    if (outcome === 'no') {
      expect(() => evolve(order, change, 5)).toThrow(AppError);
      return;
    }
    const counted = type === 'cancel-pieces' && status === 'UNSHIPPED' ? 'CANCELLED' : 'SHIPPED';
    const expected = outcome === 'same' ? status : outcome === 'counted' ? counted : outcome;
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

describe('what a line costs', () => {
  test('shrinks with its quantity, and is nothing when all of it is cancelled', () => {
    const order = anOrder('UNSHIPPED');
    const [line] = order.lines;
    const without = (quantity: number) =>
      evolve(
        order,
        { type: 'cancel-pieces', by: 'MERCHANT', reason: 'NO_INVENTORY', items: [{ orderItemId: String(line?.orderItemId), quantity }] },
        5,
      ).lines[0];
    expect(without(1)).toMatchObject({ quantity: 2, amounts: { item: 2 * Number(line?.unitPrice) } });
    expect(without(3)).toMatchObject({ amounts: { item: 0, shipping: 0, itemTax: 0 }, cancelled: { by: 'MERCHANT' } });
  });
});
