import { describe, expect, test } from '@jest/globals';
import type { Order, OrderLine } from '../facts.ts';
import { taxFactsOf } from './tax-facts.ts';
import { includedTaxOf, partTotalsOf } from './totals.ts';

const nothing = { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 0, discountMinor: 0, otherMinor: 0, totalMinor: 0 };
const taxes = { included: true, itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 0 };
const line = (parts: object): OrderLine => ({ taxCollectedBy: 'seller', ...parts }) as OrderLine;
const order = (...lines: readonly OrderLine[]) =>
  ({ lines: [...lines], totals: { currency: 'EUR', grandTotalMinor: 0, tipMinor: 0 } }) as unknown as Order;

describe('the totals of an order', () => {
  test('are the sums of its lines by kind; what is zero is left out, but for the goods', () => {
    const lines = [
      line({ amounts: { ...nothing, itemMinor: 1_000, shippingMinor: 400 } }),
      line({ amounts: { ...nothing, itemMinor: 500, discountMinor: -100 } }),
    ];
    expect(partTotalsOf(order(...lines))).toEqual([
      { part: 'itemMinor', minor: 1_500 },
      { part: 'shippingMinor', minor: 400 },
      { part: 'discountMinor', minor: -100 },
    ]);
    expect(partTotalsOf(order())).toEqual([{ part: 'itemMinor', minor: 0 }]);
  });

  test('hold the tax that prices contain beside them', () => {
    const contained = line({ taxes: { ...taxes, itemMinor: 160, shippingMinor: 64, discountMinor: -16 } });
    const added = line({ taxes: { ...taxes, included: false, itemMinor: 99 } });
    expect(includedTaxOf(order(contained, added, line({})))).toBe(208);
  });
});

describe('what an order says about tax', () => {
  test('is said once for all lines', () => {
    const ioss = line({ iossNumber: 'IM1', taxScheme: 'ioss', taxCollectedBy: 'marketplace', taxes });
    expect(taxFactsOf([ioss, ioss])).toEqual({ collectedBy: 'marketplace', iossNumbers: ['IM1'], schemes: ['ioss'], included: true });
    expect(taxFactsOf([ioss, line({})]).collectedBy).toBe('both');
    expect(taxFactsOf([])).toEqual({ collectedBy: undefined, iossNumbers: [], schemes: [], included: undefined });
  });
});
