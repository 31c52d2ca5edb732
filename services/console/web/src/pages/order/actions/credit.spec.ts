import { describe, expect, test } from '@jest/globals';
import { balanceAfter, bodyOf, type CreditDraft, draftOf, excessOf, mistakesIn, type Preview, unreadable } from './credit.ts';
import { estimateOf, namedLines } from './invoice.ts';

const left = [
  { lineId: 'lamp', quantity: 2, totalMinor: 2000 },
  { lineId: 'rug', quantity: 1, totalMinor: 500 },
];
const orderId = '00000000-0000-4000-8000-000000000001';
const german = { decimals: 2, sign: ',' };
const begun = draftOf(left, false, true);
const asked = (fields: Partial<CreditDraft>) => bodyOf(orderId, { ...begun, ...fields }, left, german);

describe('a credit memo', () => {
  test('begins with all that is left, and its shipping', () => {
    expect(asked({})).toEqual({
      ...{ orderId, kind: 'refund', reason: 'customer-return' },
      lines: [
        { lineId: 'lamp', quantity: 2 },
        { lineId: 'rug', quantity: 1 },
      ],
    });
  });

  test('of what has not shipped is not taken for a return', () => {
    expect(draftOf(left, false, false).reason).toBe('could-not-ship');
  });

  test('of some units gives no shipping back, unless somebody says so', () => {
    expect(asked({ quantities: { lamp: 1, rug: 0 } })).toMatchObject({ lines: [{ lineId: 'lamp', quantity: 1 }], shippingMinor: 0 });
    expect(asked({ quantities: { lamp: 1, rug: 0 }, shipping: '4,99' })).toMatchObject({ shippingMinor: 499 });
    expect(asked({ shipping: '' })).toMatchObject({ shippingMinor: 0 });
  });

  test('begins within what can go back: what went back on top before is kept of it', () => {
    expect(excessOf({ toGiveBack: left, paidMinor: 3000, backMinor: 550 })).toBe(50);
    expect(excessOf({ toGiveBack: left, paidMinor: 3000, backMinor: 500 })).toBe(0);
    expect(bodyOf(orderId, draftOf(left, false, true, '0,50'), left, german)).toMatchObject({ adjustmentFeeMinor: 50 });
  });

  test('takes amounts and shares on top, and kept', () => {
    expect(asked({ onTop: '1.000,50', kept: '10 %' })).toMatchObject({ adjustmentRefundMinor: 100_050, adjustmentFeePercent: 10 });
    expect(asked({ onTop: '', kept: '0' })).not.toHaveProperty('adjustmentFeeMinor');
  });

  test('says which fields cannot be read', () => {
    expect(unreadable({ ...begun, shipping: 'free', kept: '4,999' }, german)).toEqual(['shipping', 'kept']);
    expect(unreadable(begun, german)).toEqual([]);
  });

  test('that corrects has no parts', () => {
    const correction = { ...draftOf(left, true, true), onTop: 'x', comment: ' billed twice ' };
    expect(unreadable(correction, german)).toEqual([]);
    expect(bodyOf(orderId, correction, left, german)).toEqual({
      ...{ orderId, kind: 'correction', reason: 'general-adjustment', comment: 'billed twice' },
    });
  });

  test('puts units on the shelf again where somebody says so', () => {
    expect(asked({ restocked: new Set(['rug']) }).lines).toEqual([
      { lineId: 'lamp', quantity: 2 },
      { lineId: 'rug', quantity: 1, restock: true },
    ]);
  });
});

describe('a preview', () => {
  const preview = (fields: Partial<Preview>): Preview => ({
    ...{ lines: [], tipMinor: 0, shippingMinor: 0, shippingLeftMinor: 0, adjustmentRefundMinor: 0, adjustmentFeeMinor: 0 },
    ...{ totalMinor: 3000, paidMinor: 2500, backMinor: 500, capMinor: 2000, asked: [], problems: [], warnings: [] },
    ...fields,
  });

  test('tells what is left of the money afterwards', () => {
    expect(balanceAfter(preview({ totalMinor: 1500 }))).toBe(500);
  });

  test('over the cap is a mistake of the total, and nothing at all another one', () => {
    const problems = [{ field: 'totalMinor', message: 'At most 20.00 USD' }];
    expect(mistakesIn(preview({ problems }))).toEqual([{ field: 'total', code: 'over-cap', problem: problems[0] }]);
    expect(mistakesIn(preview({ problems, totalMinor: 0 }))).toMatchObject([{ code: 'nothing' }]);
  });

  test('names the field that a mistake is in', () => {
    const fields = ['shippingMinor', 'adjustmentFeeMinor', 'lines.0.quantity', 'lines', 'orderId', 'kind'];
    const problems = fields.map((field) => ({ field, message: field }));
    expect(mistakesIn(preview({ problems })).map(({ field, code }) => [field, code])).toEqual([
      ['shipping', 'no-shipping'],
      ['kept', 'kept'],
      ['lines', 'too-many'],
      ['lines', 'other'],
      ['order', 'other'],
      ['kind', 'other'],
    ]);
  });
});

describe('an invoice', () => {
  const billing = { dueMinor: 2700, invoicedMinor: 0, toBill: { lines: left } };

  test('of all that is left is all that is due, and names no lines', () => {
    const all = { lamp: 2, rug: 1 };
    expect(estimateOf(billing, all)).toEqual({ minor: 2700, exact: true });
    expect(namedLines(all, left)).toBeUndefined();
  });

  test('of some units is about their part', () => {
    const some = { lamp: 1, rug: 0 };
    expect(estimateOf(billing, some)).toEqual({ minor: 1000, exact: false });
    expect(namedLines(some, left)).toEqual([{ lineId: 'lamp', quantity: 1 }]);
  });
});
