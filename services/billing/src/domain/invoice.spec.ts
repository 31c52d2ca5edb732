import { describe, expect, test } from '@jest/globals';
import { aLine, amounts, anOrder, totals } from '../../test/orders.ts';
import { assess } from './invoice.ts';

const order = (changes: Parameters<typeof anOrder>[0] = {}) => assess(anOrder(changes));

describe('an invoice is issued', () => {
  test('when lines and tip are what Amazon says the buyer pays', () => {
    expect(order({ totals: totals(2_199, 200) })).toMatchObject({
      verdict: 'issue',
      content: { currency: 'EUR', totalMinor: 2_199, tipMinor: 200, lines: [{ amounts: { totalMinor: 1_999 } }] },
    });
  });

  test('for an order that Amazon ships', () => {
    expect(order({ fulfilledBy: 'amazon' })).toMatchObject({ verdict: 'issue' });
  });
});

describe('no invoice is needed', () => {
  test.each([
    ['Amazon issues it', { programs: ['prime', 'invoice-by-amazon'] }, 'invoice-by-amazon'],
    ['there is nothing to pay', { lines: [aLine({ amounts: amounts(0) })], totals: totals(0) }, 'zero-total'],
    ['a discount takes it all', { lines: [aLine({ amounts: amounts(500, { discountMinor: -500 }) })], totals: totals(0) }, 'zero-total'],
    [
      'it replaces another order for nothing',
      { replaces: '114-1', lines: [aLine({ amounts: amounts(0) })], totals: totals(0) },
      'replacement',
    ],
  ])('when %s', (_, changes, reason) => {
    expect(order(changes)).toEqual({ verdict: 'not-needed', reason });
  });

  test('when Amazon tells no totals, of a replacement or otherwise', () => {
    const { totals: _, ...bare } = anOrder();
    expect(assess(bare)).toEqual({ verdict: 'not-needed', reason: 'no-totals' });
    expect(assess({ ...bare, replaces: '114-1' })).toEqual({ verdict: 'not-needed', reason: 'replacement' });
  });
});

describe('a person looks first', () => {
  const { amounts: _, ...bareLine } = aLine();
  test.each([
    ['lines and tip are not the grand total', { totals: totals(2_000) }, 'order-does-not-add-up', 'lines 1999, tip 0, Amazon says 2000'],
    ['the tip is in no sum', { totals: totals(1_999, 1) }, 'order-does-not-add-up', 'lines 1999, tip 1, Amazon says 1999'],
    ['a total of nothing stands over lines of money', { totals: totals(0) }, 'order-does-not-add-up', 'lines 1999, tip 0, Amazon says 0'],
    [
      'the parts of a line are not its total',
      { lines: [aLine({ amounts: { ...amounts(1_899), totalMinor: 1_999 } })] },
      'line-does-not-add-up',
      'line 40000000000001: parts 1899, total 1999',
    ],
    ['a line has no amounts', { lines: [aLine(), { ...bareLine, lineId: '2' }] }, 'line-without-amounts', 'line 2'],
    ["Amazon's own parts did not add up", { balanced: false }, 'amazon-does-not-add-up', "Amazon's parts and its total of 1999 differ"],
    ['there are no lines', { lines: [], totals: totals(300, 300) }, 'no-lines', 'nothing to invoice, and Amazon says 300'],
    ['the total is negative', { lines: [aLine({ amounts: amounts(-5) })], totals: totals(-5) }, 'negative-total', 'Amazon says -5'],
    ['a replacement costs money', { replaces: '114-1' }, 'replacement-with-total', 'replaces 114-1, and Amazon says 1999'],
  ])('when %s', (_, changes, reason, detail) => {
    expect(order(changes)).toEqual({ verdict: 'review', reason, detail });
  });
});
