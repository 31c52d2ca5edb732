import { describe, expect, test } from '@jest/globals';
import { aCommand, aPicture } from '../../test/a-command.ts';
import { planCancellation } from './cancellation.ts';
import type { Picture } from './write-kind.ts';

const lineId = '10000000000001';
const whole = { reason: 'no-inventory' } as const;
const units = (quantity: number, line = lineId) => ({ ...whole, lines: [{ lineId: line, quantity }] });
const facts = aPicture().facts as NonNullable<Picture['facts']>;
const withShipped = (quantityShipped: number): Picture =>
  aPicture({
    status: quantityShipped === 0 ? 'unshipped' : 'partially-shipped',
    facts: { ...facts, lines: facts.lines.map((line) => ({ ...line, quantityShipped })) },
  });
const obstacleOf = (...[wish, picture]: Parameters<typeof planCancellation>) => {
  const check = planCancellation(wish, picture);
  return 'obstacle' in check ? [check.obstacle.code, check.obstacle.maybeStale] : check;
};

describe('an order of which nothing has been shipped', () => {
  test('is canceled as a whole, with all of its lines', () => {
    expect(planCancellation(whole, aPicture())).toEqual({ plan: { way: 'order', lineIds: [lineId] } });
  });

  test('is canceled as a whole, too, when the units that are named are all there is', () => {
    expect(planCancellation(units(2), aPicture())).toEqual({ plan: { way: 'order', lineIds: [lineId] } });
  });

  test('loses single units in the other way', () => {
    expect(planCancellation(units(1), aPicture())).toEqual({ plan: { way: 'units', lines: [{ lineId, quantity: 1 }] } });
  });

  test.each(['pending', 'sending', 'unknown', 'done'] as const)('but of which a parcel is %s counts as shipped', (state) => {
    const picture = aPicture({ earlier: [aCommand({ state })] });
    expect(obstacleOf(whole, picture)).toEqual(['cancellation.partly-shipped', true]);
    expect(planCancellation(units(2), picture)).toEqual({ plan: { way: 'units', lines: [{ lineId, quantity: 2 }] } });
  });

  test('and whose parcel Amazon refused still is one', () => {
    expect(planCancellation(whole, aPicture({ earlier: [aCommand({ state: 'failed' })] }))).toHaveProperty('plan.way', 'order');
  });
});

describe('an order of which a unit has been shipped', () => {
  test('is never canceled as a whole: Amazon would pay everything back', () => {
    expect(obstacleOf(whole, withShipped(1))).toEqual(['cancellation.partly-shipped', true]);
  });

  test('loses what remains of it unit by unit', () => {
    expect(planCancellation(units(1), withShipped(1))).toEqual({ plan: { way: 'units', lines: [{ lineId, quantity: 1 }] } });
    expect(obstacleOf(units(2), withShipped(1))).toEqual(['cancellation.too-many', true]);
  });
});

describe('nothing is asked of Amazon', () => {
  test('about an order that is canceled already', () => {
    expect(planCancellation(whole, aPicture({ status: 'canceled' }))).toEqual({
      done: { code: 'order.canceled-already', words: 'The order is canceled already.' },
    });
  });

  test.each([
    ['that Amazon fulfills', aPicture({ fulfilledBy: 'amazon' }), 'order.fulfilled-by-amazon', false],
    ['that was sold elsewhere', aPicture({ facts: { ...facts, programs: ['non-amazon'] } }), 'order.not-sold-on-amazon', false],
    ['that is pending', aPicture({ status: 'pending' }), 'order.pending', true],
    ['that is shipped', aPicture({ status: 'shipped' }), 'order.shipped', true],
    ['that cannot be fulfilled', aPicture({ status: 'unfulfillable' }), 'order.not-cancelable', true],
    ['whose content is not known', aPicture({ facts: null }), 'order.content-unknown', true],
  ])('about an order %s', (_, picture, code, maybeStale) => {
    expect(obstacleOf(whole, picture)).toEqual([code, maybeStale]);
  });

  test('about a line that is not there, or is named twice', () => {
    expect(obstacleOf(units(1, '9'), aPicture())).toEqual(['line.unknown', true]);
    expect(obstacleOf({ ...whole, lines: [...units(1).lines, ...units(1).lines] }, aPicture())).toEqual(['line.twice', false]);
  });
});
