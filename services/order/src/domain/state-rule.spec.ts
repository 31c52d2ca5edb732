import { describe, expect, test } from '@jest/globals';
import type { State } from './lifecycle.ts';
import { moneyOf } from './money.ts';
import { type LineStatus, lineStatusOf, noUnits, toCancel, toInvoice, toRefund, toShip, type Units } from './quantities.ts';
import { automaticState } from './state-rule.ts';

const five = (units: Partial<Units> = {}): Units => ({ ...noUnits, ordered: 5, ...units });

const invoiceOf = (totalMinor: number) => ({ kind: 'invoice', number: '000000007', totalMinor, lines: null, canceled: false }) as const;

/** An order of five units at 10.00 each, of which the invoice has so much and so much went back. */
const money = (invoicedMinor: number, refundedMinor = 0) =>
  moneyOf({
    ...{ grandTotalMinor: 5_000, billed: { i: invoiceOf(invoicedMinor) }, state: 'processing' },
    refunds: { r: { totalMinor: refundedMinor, lines: [], unshipped: false, accepted: true } },
  });

describe('the rule of where an order goes by itself', () => {
  const cases: readonly [situation: string, from: State, units: Partial<Units>, money: ReturnType<typeof money>, to: State][] = [
    ['fully invoiced, nothing shipped', 'processing', { invoiced: 5 }, money(5_000), 'processing'],
    ['partly invoiced, fully shipped', 'processing', { invoiced: 3, shipped: 5 }, money(3_000), 'processing'],
    ['fully shipped, not invoiced', 'processing', { shipped: 5 }, money(0), 'processing'],
    ['fully shipped, invoiced at last', 'processing', { invoiced: 5, shipped: 5 }, money(5_000), 'complete'],
    ['fully shipped while stock is said to be missing', 'blocked', { invoiced: 5, shipped: 5 }, money(5_000), 'complete'],
    ['complete, a partial refund', 'complete', { invoiced: 5, shipped: 5, refunded: 1 }, money(5_000, 1_000), 'complete'],
    ['complete, refunded to the last cent', 'complete', { invoiced: 5, shipped: 5, refunded: 5 }, money(5_000, 5_000), 'closed'],
    [
      'fully invoiced, unshipped, fully refunded',
      'processing',
      { invoiced: 5, refunded: 5, refundedUnshipped: 5 },
      money(5_000, 5_000),
      'closed',
    ],
    [
      'invoiced 5, shipped 2, refunded the other 3',
      'processing',
      { invoiced: 5, shipped: 2, refunded: 3, refundedUnshipped: 3 },
      money(5_000, 3_000),
      'complete',
    ],
    [
      'partially refunded, the rest not shipped',
      'processing',
      { invoiced: 5, refunded: 2, refundedUnshipped: 2 },
      money(5_000, 2_000),
      'processing',
    ],
    [
      'shipped units refunded, the others still to be shipped',
      'processing',
      { invoiced: 5, shipped: 2, refunded: 2 },
      money(5_000, 2_000),
      'processing',
    ],
    ['amounts refunded equal to all that was paid, shipped', 'complete', { invoiced: 5, shipped: 5 }, money(5_000, 5_000), 'closed'],
    ['amounts refunded equal to all that was paid, unshipped', 'processing', { invoiced: 5 }, money(5_000, 5_000), 'processing'],
    ['units canceled, the others shipped', 'processing', { invoiced: 3, shipped: 3, canceled: 2 }, money(5_000), 'complete'],
    ['nothing to ship, nothing shipped', 'processing', { invoiced: 0, canceled: 5 }, money(0), 'processing'],
    ['held, fully invoiced and shipped', 'held', { invoiced: 5, shipped: 5 }, money(5_000), 'held'],
    ['canceled, fully refunded', 'canceled', { invoiced: 5, shipped: 5, refunded: 5 }, money(5_000, 5_000), 'canceled'],
  ];

  test.each(cases)('%s: from %s', (_, from, units, paid, to) => {
    expect(automaticState(from, [five(units)], paid)).toBe(to);
  });

  test('an order without a price is complete without an invoice, and not closed for having no money to give back', () => {
    const free = moneyOf({ grandTotalMinor: 0, billed: {}, refunds: {}, state: 'processing' });
    expect(automaticState('processing', [five({ shipped: 5 })], free)).toBe('complete');
  });
});

describe('the units of a line', () => {
  test('are to be invoiced, shipped, refunded and canceled as far as they have not been', () => {
    const all = (units: Units) => [toInvoice(units), toShip(units), toRefund(units), toCancel(units)];
    expect(all(five())).toEqual([5, 5, 0, 5]);
    expect(all(five({ invoiced: 5, shipped: 2 }))).toEqual([0, 3, 5, 3]);
    expect(all(five({ canceled: 1, invoiced: 4, shipped: 4, refunded: 1 }))).toEqual([0, 0, 3, 0]);
  });

  test('that were refunded without having been shipped are not to be shipped; refunded ones that came back change nothing', () => {
    expect(toShip(five({ shipped: 2, refunded: 3, refundedUnshipped: 3 }))).toBe(0);
    expect(toShip(five({ shipped: 2, refunded: 2 }))).toBe(3);
    expect(toShip(five({ shipped: 4, refundedUnshipped: 3 }))).toBe(0);
  });

  test.each<[LineStatus, Partial<Units>]>([
    ['ordered', {}],
    ['shipped', { shipped: 5, invoiced: 5 }],
    ['shipped', { shipped: 4, invoiced: 4, canceled: 1 }],
    ['invoiced', { invoiced: 5 }],
    ['refunded', { invoiced: 5, shipped: 5, refunded: 5 }],
    ['canceled', { canceled: 5 }],
    ['partial', { invoiced: 2, shipped: 1 }],
    ['mixed', { invoiced: 5, shipped: 2 }],
  ])('are %s in one word', (status, units) => {
    expect(lineStatusOf(five(units))).toBe(status);
  });
});

describe("an order's money", () => {
  const order = { grandTotalMinor: 5_000, billed: { i: invoiceOf(3_000) }, refunds: {}, state: 'processing' } as const;
  const refunds = {
    paid: { totalMinor: 1_000, lines: [], unshipped: false, accepted: true },
    asked: { totalMinor: 500, lines: [], unshipped: false, accepted: false },
  };

  test('is due as far as it is not invoiced, and can go back as far as it was paid', () => {
    expect(moneyOf(order)).toMatchObject({ paidMinor: 3_000, dueMinor: 2_000, refundableMinor: 3_000, canceledMinor: 0 });
    expect(moneyOf({ ...order, refunds })).toMatchObject({ refundedMinor: 1_000, refundableMinor: 2_000 });
  });

  test('is what all invoices say, less what was billed by mistake', () => {
    const billed = { i: invoiceOf(3_000), j: invoiceOf(2_000), k: { ...invoiceOf(500), kind: 'correction' } } as const;
    expect(moneyOf({ ...order, billed })).toMatchObject({ invoicedMinor: 4_500, refundableMinor: 4_500, dueMinor: 500 });
  });

  test('that is no longer due was canceled', () => {
    expect(moneyOf({ ...order, billed: { i: { ...invoiceOf(3_000), canceled: true } }, state: 'canceled' })).toMatchObject({
      dueMinor: 0,
      canceledMinor: 5_000,
      paidMinor: 0,
    });
  });
});
