import { describe, expect, test } from '@jest/globals';
import type { OrderLine, Totals } from '@orderbus/contracts';
import fc from 'fast-check';
import { assess } from '../src/domain/invoice.ts';
import { generatedOrder } from './generated-orders.ts';

const sum = (minors: readonly number[]): number => minors.reduce((total, minor) => total + minor, 0);

describe('10,000 orders in currencies of 0, 2 and 3 decimals', () => {
  test('the lines and the tip of an invoice are its total, and that is what the buyer pays', () => {
    fc.assert(
      fc.property(generatedOrder, (order) => {
        const assessment = assess(order);
        const { grandTotalMinor, currency, tipMinor } = order.totals as Totals;
        if (grandTotalMinor === 0) return expect(assessment).toEqual({ verdict: 'not-needed', reason: 'zero-total' });
        if (assessment.verdict !== 'issue') throw new Error(JSON.stringify(assessment));
        const { content } = assessment;
        const parts = content.lines.map(({ amounts: { totalMinor: _, ...kinds } }) => sum(Object.values(kinds)));
        expect(content).toMatchObject({ currency, tipMinor, totalMinor: grandTotalMinor });
        expect(sum(parts) + content.tipMinor).toBe(content.totalMinor);
        expect(parts).toEqual(content.lines.map(({ amounts }) => amounts.totalMinor));
        expect(content.lines).toEqual(order.lines.map(({ quantityShipped: _, ...line }) => line));
      }),
      { numRuns: 10_000 },
    );
  });

  test('no invoice is issued when any figure is off, be it by the smallest unit', () => {
    const kinds = ['itemMinor', 'shippingMinor', 'giftWrapMinor', 'taxMinor', 'discountMinor', 'otherMinor', 'totalMinor'] as const;
    const figure = fc.oneof(fc.constantFrom('grandTotalMinor', 'tipMinor'), fc.constantFrom(...kinds));
    const off = fc.oneof(fc.constantFrom(-1, 1), fc.integer({ min: 2, max: 1_000_000 }));
    fc.assert(
      fc.property(generatedOrder, figure, off, (order, where, by) => {
        const totals = { ...(order.totals as Totals) };
        const [first, ...rest] = order.lines as [OrderLine, ...OrderLine[]];
        const amounts = { ...(first.amounts as NonNullable<OrderLine['amounts']>) };
        if (where === 'grandTotalMinor' || where === 'tipMinor') totals[where] += by;
        else amounts[where] += by;
        expect(assess({ ...order, totals, lines: [{ ...first, amounts }, ...rest] }).verdict).toBe('review');
      }),
      { numRuns: 10_000 },
    );
  });
});
