import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Fate, fates, heardOf, lifeOf, numberOf } from '../../test/a-shop.ts';
import { heed, type OrderFacts, stateOf, unheardOf } from './order-facts.ts';
import { countChanges, salesChanges, salesOf } from './sales.ts';

const anOrder = (fate: Fate) =>
  lifeOf({
    ...{ fate, tenant: 'store-1', country: 'US', currency: 'USD', totalMinor: 1_990, units: 2, purchasedAt: '2026-05-04T05:30:00.000Z' },
  });
type Life = ReturnType<typeof anOrder>;

const after = (told: Life['told'], { orderId }: Life): OrderFacts =>
  told.map((one) => heardOf(one).event).reduce(heed, unheardOf(orderId, 'store-1'));

const ended: Record<Fate, string | undefined> = {
  ...{ open: 'processing', shipped: 'complete', canceled: 'canceled', blocked: 'blocked', held: 'held', refunded: 'complete' },
  ...{ pending: 'pending', dismissed: undefined, 'buyer-cancels': 'complete', closed: 'closed' },
};

describe('an order, as the dashboard knows it', () => {
  test.each(fates)('that is %s stands where the order service says', (fate) => {
    const life = anOrder(fate);
    expect(stateOf(after(life.told, life))).toBe(ended[fate]);
  });

  test.each(fates)('that is %s comes out the same in whatever order, and however often, it is told of', (fate) => {
    const life = anOrder(fate);
    const expected = after(life.told, life);
    fc.assert(
      fc.property(
        fc.tuple(fc.shuffledSubarray([...life.told], { minLength: life.told.length }), fc.subarray([...life.told])),
        ([all, twice]) => expect(after([...all, ...twice], life)).toEqual(expected),
      ),
    );
  });

  test('is sold on the day that the calendar of its marketplace shows', () => {
    const life = anOrder('shipped');
    expect(salesOf(after(life.told, life))).toEqual({
      ...{ tenant: 'store-1', marketplaceId: 'M-US', timeZone: 'America/Los_Angeles', day: '2026-05-03' },
      ...{ currency: 'USD', orders: 1, units: 2, revenueMinor: 1_990 },
    });
  });

  test('bears the number that it was called by last', () => {
    const life = anOrder('open');
    expect(after(life.told, life).number).toBe(numberOf(life.orderId));
  });

  test.each(['pending', 'dismissed', 'canceled'] as const)('that is %s is not sold', (fate) => {
    const life = anOrder(fate);
    expect(salesOf(after(life.told, life))).toBeUndefined();
  });
});

describe('what has to be added to the sums', () => {
  test('is, step by step, what the order adds in the end', () => {
    const life = anOrder('canceled');
    let facts: OrderFacts | undefined;
    const orders = new Map<string, number>();
    let sold = 0;
    for (const { event } of life.told) {
      const next = heed(facts ?? unheardOf(life.orderId, 'store-1'), event);
      const change = { before: facts, after: next };
      for (const { state, orders: more } of countChanges([change])) orders.set(state, (orders.get(state) ?? 0) + more);
      for (const { orders: more } of salesChanges([change])) sold += more;
      facts = next;
    }
    expect([[...orders].filter(([, count]) => count !== 0), sold]).toEqual([[['canceled', 1]], 0]);
  });

  test('is nothing where nothing has changed', () => {
    const life = anOrder('shipped');
    const facts = after(life.told, life);
    expect([salesChanges([{ before: facts, after: facts }]), countChanges([{ before: facts, after: facts }])]).toEqual([[], []]);
  });
});
