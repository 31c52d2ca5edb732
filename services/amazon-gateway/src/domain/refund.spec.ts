import { describe, expect, test } from '@jest/globals';
import { aCommand, aPicture, aShipment } from '../../test/a-command.ts';
import type { Command } from './command.ts';
import { planRefund, type Refund } from './refund.ts';
import type { Picture } from './write-kind.ts';

const lineId = '10000000000001';
const [us, jp, de] = ['ATVPDKIKX0DER', 'A1VC38T7YXB528', 'A1PA6795UKMFR9'];
const components = (...list: readonly (readonly [string, number])[]) => list.map(([kind, amountMinor]) => ({ kind, amountMinor }));
const aRefund = (amounts = components(['item', 500]), changes: Partial<Refund> = {}): Refund =>
  ({ refundId: 'r-1', reason: 'customer-return', currency: 'USD', lines: [{ lineId, components: amounts }], ...changes }) as Refund;

/** An order that is shipped, 20.00 of whatever it was paid in. */
const shipped = (changes: Partial<Picture> = {}, currency = 'USD'): Picture => {
  const picture = aPicture({ status: 'shipped', marketplaceId: us, ...changes });
  const facts = picture.facts && {
    ...picture.facts,
    currency,
    lines: picture.facts.lines.map((line) => ({ ...line, quantityShipped: 2 })),
  };
  return { ...picture, facts };
};
const refunded = (amountMinor: number, state: Command['state'], refundId: string): Command =>
  aCommand({
    kind: 'refund',
    state,
    request: { kind: 'refund', orderId: aShipment().orderId, ...aRefund(components(['item', amountMinor]), { refundId }) } as never,
  });
const obstacleOf = (...[refund, picture]: Parameters<typeof planRefund>) => {
  const check = planRefund(refund, picture);
  return 'obstacle' in check ? check.obstacle.code : check;
};

describe('a refund', () => {
  test('names each line, with one amount for each kind, under a name of ours', () => {
    const amounts = components(['item', 500], ['item-tax', 50], ['restocking-fee', -100], ['item', 20]);
    expect(planRefund(aRefund(amounts), shipped())).toEqual({
      plan: [{ lineId, adjustmentId: 'r-1-1', components: components(['item', 520], ['item-tax', 50], ['restocking-fee', -100]) }],
    });
  });

  test.each([
    [jp, 'JPY'],
    [de, 'EUR'],
  ])('pitfall 12: in %s the tax is inside the price, and is not told apart', (marketplaceId, currency) => {
    const amounts = components(['item', 500], ['item-tax', 50], ['shipping', 90], ['shipping-tax', 9], ['gift-wrap-tax', 1]);
    expect(planRefund(aRefund(amounts, { currency }), shipped({ marketplaceId }, currency))).toMatchObject({
      plan: [{ components: components(['item', 550], ['shipping', 99], ['gift-wrap', 1]) }],
    });
  });

  test('pitfall 12: of a line whose price contains the tax does not tell it apart, wherever it was sold', () => {
    const picture = shipped();
    const facts = picture.facts && { ...picture.facts, lines: picture.facts.lines.map((line) => ({ ...line, taxIncluded: true })) };
    expect(planRefund(aRefund(components(['item', 500], ['item-tax', 50])), { ...picture, facts })).toMatchObject({
      plan: [{ components: components(['item', 550]) }],
    });
  });

  test('gives back at most what was paid', () => {
    expect(planRefund(aRefund(components(['item', 2_000])), shipped())).toHaveProperty('plan');
    expect(obstacleOf(aRefund(components(['item', 2_001])), shipped())).toBe('refund.too-much');
  });

  test.each(['pending', 'sending', 'unknown', 'done'] as const)('pitfall 26: counts another one that is %s as given back', (state) => {
    const picture = shipped({ earlier: [refunded(1_500, state, 'r-0')] });
    expect(planRefund(aRefund(components(['item', 500])), picture)).toHaveProperty('plan');
    expect(obstacleOf(aRefund(components(['item', 501])), picture)).toBe('refund.too-much');
  });

  test('counts another attempt at it that has not failed', () => {
    const first = refunded(1_500, 'unknown', 'r-1');
    expect(obstacleOf(aRefund(components(['item', 501]), { attempt: 2 }), shipped({ earlier: [first] }))).toBe('refund.too-much');
    const failed = refunded(1_500, 'failed', 'r-1');
    expect(planRefund(aRefund(components(['item', 2_000]), { attempt: 2 }), shipped({ earlier: [failed] }))).toHaveProperty('plan');
  });

  test('does not count one that failed, nor itself', () => {
    const picture = shipped({ earlier: [refunded(2_000, 'failed', 'r-0'), refunded(2_000, 'pending', 'r-1')] });
    expect(planRefund(aRefund(components(['item', 2_000])), picture)).toHaveProperty('plan');
  });

  test.each([
    ['that gives nothing', components(['item', 500], ['restocking-fee', -500]), 'refund.no-credit'],
    ['that takes', components(['item', -1]), 'refund.wrong-sign'],
    ['with a fee that is given', components(['item', 500], ['restocking-fee', 1]), 'refund.wrong-sign'],
  ])('%s is refused', (_, amounts, code) => {
    expect(obstacleOf(aRefund(amounts), shipped())).toBe(code);
  });

  test('in another currency, of another line, or of one line twice, is refused', () => {
    const [line] = aRefund().lines as [Refund['lines'][number]];
    expect(obstacleOf(aRefund(undefined, { currency: 'EUR' }), shipped())).toBe('refund.other-currency');
    expect(obstacleOf(aRefund(undefined, { lines: [{ ...line, lineId: '9' }] }), shipped())).toBe('line.unknown');
    expect(obstacleOf(aRefund(undefined, { lines: [line, line] }), shipped())).toBe('line.twice');
  });

  test('of an order that was canceled, or that Amazon fulfills, is refused', () => {
    expect(obstacleOf(aRefund(), shipped({ status: 'canceled' }))).toBe('order.canceled');
    expect(obstacleOf(aRefund(), shipped({ fulfilledBy: 'amazon' }))).toBe('order.fulfilled-by-amazon');
  });
});

describe('before it was shipped', () => {
  test('an order is not refunded, but canceled', () => {
    expect(obstacleOf(aRefund(), aPicture())).toBe('refund.too-early');
    expect(obstacleOf(aRefund(), aPicture({ status: 'partially-shipped' }))).toBe('refund.too-early');
    expect(obstacleOf(aRefund(), aPicture({ status: 'pending' }))).toBe('refund.too-early');
  });

  test('but with a parcel of which Amazon has not said yes, it waits', () => {
    for (const state of ['pending', 'sending', 'unknown'] as const)
      expect(planRefund(aRefund(), aPicture({ earlier: [aCommand({ state })] }))).toHaveProperty('wait');
  });

  test('but with a parcel that Amazon has just taken, it goes', () => {
    expect(planRefund(aRefund(), aPicture({ earlier: [aCommand({ state: 'done' })] }))).toHaveProperty('plan');
  });
});
