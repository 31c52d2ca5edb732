import { describe, expect, test } from '@jest/globals';
import type { LineTaxes, OrderLine } from '@orderbus/contracts';
import { aLine, amounts } from '../../test/orders.ts';
import { selfCheck } from './self-check.ts';

const none: LineTaxes = { included: false, itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 0 };
const check = (changes: Partial<OrderLine>) =>
  selfCheck(aLine({ lineId: '7', ...changes })).map(({ code, detail }) => `${code}: ${detail}`);

describe('a line', () => {
  test('whose figures fit together has no problem', () => {
    const discounted = amounts(1_000, { shippingMinor: 100, discountMinor: -100, taxMinor: 80 });
    expect(check({ amounts: discounted })).toEqual([]);
    expect(check({ amounts: discounted, taxes: { ...none, itemMinor: 80, shippingMinor: 8, discountMinor: -8 } })).toEqual([]);
    expect(check({ taxes: { ...none, included: true, itemMinor: 319 } })).toEqual([]);
  });

  test('without amounts cannot be wrong', () => {
    const { amounts: _, ...bare } = aLine();
    expect(selfCheck(bare)).toEqual([]);
  });

  test('whose discount raises the price was misread', () => {
    expect(check({ amounts: amounts(1_000, { discountMinor: 100 }) })).toEqual(['discount-raises: line 7: discount 100']);
    const raised = { ...none, included: true, itemMinor: 160, discountMinor: 16 };
    expect(check({ amounts: amounts(1_000, { discountMinor: -100 }), taxes: raised })).toEqual([
      'discount-raises: line 7: tax of the discount 16',
    ]);
  });

  test('whose parts are not its total names both', () => {
    expect(check({ amounts: { ...amounts(1_899), totalMinor: 1_999 } })).toEqual(['line-does-not-add-up: line 7: parts 1899, total 1999']);
  });

  test('whose taxes by kind are not its tax names both', () => {
    const taxed = amounts(1_000, { taxMinor: 80 });
    expect(check({ amounts: taxed, taxes: { ...none, itemMinor: 79 } })).toEqual(['tax-does-not-add-up: line 7: by kind 79, tax 80']);
  });

  test('whose prices contain the tax cannot have it on top as well', () => {
    const taxed = amounts(1_000, { taxMinor: 80 });
    expect(check({ amounts: taxed, taxes: { ...none, included: true, itemMinor: 80 } })).toEqual([
      'tax-does-not-add-up: line 7: by kind 0, tax 80',
    ]);
  });
});
