import { describe, expect, test } from '@jest/globals';
import type { LineTaxes } from '@orderbus/contracts';
import { about, ada, at, billing, crediting, hearing, type Life, lifeOf, sending, updating } from '../../test/life.ts';
import { aLine, amounts, anOrder, totals } from '../../test/orders.ts';
import type { CreditWish } from './order-billing.ts';
import { planCredit } from './plan-credit.ts';

const lamp = '40000000000001';
const cup = '40000000000002';

/** Three lamps for 30.01 with 4.99 of shipping, and a cup for 9.00. */
const lines = [
  aLine({ quantity: 3, quantityShipped: 3, amounts: amounts(3_001, { shippingMinor: 499 }) }),
  aLine({ lineId: cup, sku: 'SKU-CUP', title: 'Cup', quantityShipped: 1, amounts: amounts(900) }),
];
const paid = { lines, totals: totals(4_400) };
const units = (...all: readonly (readonly [string, number])[]) => all.map(([lineId, quantity]) => ({ lineId, quantity }));
const plan = (life: Life, wish: Partial<CreditWish> = {}) =>
  planCredit(life.order(), { kind: 'refund', reason: 'customer-return', ...wish });
const problem = (life: Life, wish: Partial<CreditWish>) => plan(life, wish).problems.map(({ field, message }) => `${field}: ${message}`);

describe('a credit memo', () => {
  test('gives everything back that is left, unless it names units', () => {
    expect(plan(lifeOf(paid))).toMatchObject({ totalMinor: 4_400, shippingMinor: 499, capMinor: 4_400, problems: [], warnings: [] });
    expect(plan(lifeOf(paid), { lines: units([lamp, 1]), shippingMinor: 0 })).toMatchObject({ totalMinor: 1_000, shippingLeftMinor: 499 });
  });

  test('takes the part of the units, and the last one what is left', () => {
    const life = lifeOf(paid);
    const given = [1, 1, 1].map(() => {
      life.tell(crediting({ lines: units([lamp, 1]), shippingMinor: 0 }));
      return life.order().memos.at(-1)?.totalMinor;
    });
    expect(given).toEqual([1_000, 1_000, 1_001]);
    expect(problem(life, { lines: units([lamp, 1]) })).toEqual([`lines.0.quantity: Line ${lamp}: 0 can be given back, not 1`]);
  });

  test('gives the shipping back that is left where it says nothing of it, and none without units', () => {
    const life = lifeOf(paid);
    expect(plan(life, { lines: units([cup, 1]) })).toMatchObject({ totalMinor: 1_399, shippingMinor: 499 });
    expect(plan(life, { lines: [], adjustmentRefundMinor: 100 })).toMatchObject({ totalMinor: 100, shippingMinor: 0 });
    expect(problem(life, { lines: [], shippingMinor: 500 })).toEqual(['shippingMinor: At most 4.99 EUR of the shipping can be given back']);
    life.tell(crediting({ lines: [], shippingMinor: 499 }));
    expect(problem(life, { lines: [], shippingMinor: 1 })[0]).toBe('shippingMinor: No shipping is left to be given back');
  });

  test('gives on top and keeps, in money or in percent of what the order costs', () => {
    const life = lifeOf(paid);
    expect(plan(life, { lines: units([cup, 1]), shippingMinor: 0, adjustmentRefundMinor: 200, adjustmentFeeMinor: 50 })).toMatchObject({
      totalMinor: 1_050,
      problems: [],
    });
    expect(plan(life, { lines: [], adjustmentRefundPercent: 10 })).toMatchObject({ adjustmentRefundMinor: 440, totalMinor: 440 });
    expect(plan(life, { lines: units([cup, 1]), shippingMinor: 0, adjustmentFeePercent: 2.5 })).toMatchObject({ adjustmentFeeMinor: 110 });
    expect(problem(life, { lines: units([cup, 1]), shippingMinor: 0, adjustmentFeeMinor: 901 })).toEqual([
      'adjustmentFeeMinor: At most 9.00 EUR can be kept: no more goes back',
    ]);
  });

  test('is not for nothing, and not for more than is left', () => {
    const life = lifeOf(paid);
    expect(problem(life, { lines: [] })).toEqual(['totalMinor: 0.00 EUR would go back: it has to be more than nothing']);
    life.tell(crediting({ lines: [], adjustmentRefundMinor: 1_000 }));
    expect(problem(life, {})).toEqual([
      'totalMinor: At most 34.00 EUR can be given back, not 44.00 EUR: 44.00 EUR was paid, 10.00 EUR has gone back or is on its way',
    ]);
    expect(plan(life, { adjustmentFeeMinor: 1_000 })).toMatchObject({ totalMinor: 3_400, problems: [] });
  });

  test('is not for a line that is unknown, or named twice', () => {
    expect(problem(lifeOf(paid), { lines: units(['7', 1], [cup, 1], [cup, 1]) })).toEqual([
      'lines.0.lineId: Line 7: not a line of this order',
      `lines.2.lineId: Line ${cup}: named twice`,
    ]);
  });

  test('is not for what Amazon fulfills, for what is not billed, or for a currency of three decimals', () => {
    expect(problem(lifeOf({ ...paid, fulfilledBy: 'amazon' }), {})).toContain(
      'orderId: Amazon fulfills this order: only Amazon pays it back',
    );
    expect(problem(lifeOf(paid, { invoicing: 'manual' }), {})[0]).toBe(
      'orderId: Nothing of this order was billed: there is nothing to give back',
    );
    expect(problem(lifeOf({ ...paid, totals: totals(4_400, 0, 'KWD') }), {})).toContain(
      'orderId: Amazon takes two decimals at most, KWD has 3',
    );
  });

  test('warns that Amazon pays nothing back before something has left', () => {
    const life = lifeOf();
    expect(plan(life).warnings).toHaveLength(1);
    life.tell(sending('p-1', 1, [[lamp, 1]]));
    expect(plan(life).warnings).toEqual([]);
  });
});

describe('Amazon is asked', () => {
  const asked = (changes: Parameters<typeof amounts>[1], taxes?: LineTaxes) => {
    const all = amounts(1_000, changes);
    return plan(
      lifeOf({ lines: [aLine({ quantityShipped: 1, amounts: all, ...(taxes ? { taxes } : {}) })], totals: totals(all.totalMinor) }),
    ).asked;
  };
  const told = { included: false, itemMinor: 80, shippingMinor: 10, giftWrapMinor: 5, discountMinor: -15, otherMinor: 0 };

  test('by line and kind, the tax apart where it is on top', () => {
    expect(asked({ shippingMinor: 100, giftWrapMinor: 50, discountMinor: -150, taxMinor: 80 }, told)).toEqual([
      {
        lineId: lamp,
        quantity: 1,
        components: [
          { kind: 'item', amountMinor: 850 },
          { kind: 'item-tax', amountMinor: 65 },
          { kind: 'shipping', amountMinor: 100 },
          { kind: 'shipping-tax', amountMinor: 10 },
          { kind: 'gift-wrap', amountMinor: 50 },
          { kind: 'gift-wrap-tax', amountMinor: 5 },
        ],
      },
    ]);
  });

  test('without a tax where the price contains it', () => {
    const components = [
      { kind: 'item', amountMinor: 1_000 },
      { kind: 'shipping', amountMinor: 100 },
    ];
    expect(asked({ shippingMinor: 100 }, { ...told, included: true })).toMatchObject([{ components }]);
  });

  test('for nothing negative but the fee: a discount beyond the price lowers the next kind', () => {
    expect(asked({ shippingMinor: 500, discountMinor: -1_200 })).toMatchObject([{ components: [{ kind: 'shipping', amountMinor: 300 }] }]);
    const life = lifeOf(paid);
    expect(plan(life, { lines: units([cup, 1]), shippingMinor: 0, adjustmentFeeMinor: 100 }).asked).toEqual([
      {
        lineId: cup,
        quantity: 1,
        components: [
          { kind: 'item', amountMinor: 900 },
          { kind: 'restocking-fee', amountMinor: -100 },
        ],
      },
    ]);
  });

  test('for what is given on top on lines that have room for it', () => {
    const life = lifeOf(paid);
    expect(plan(life, { lines: units([cup, 1]), shippingMinor: 0, adjustmentRefundMinor: 350 }).asked).toEqual([
      { lineId: lamp, components: [{ kind: 'goodwill', amountMinor: 350 }] },
      { lineId: cup, quantity: 1, components: [{ kind: 'item', amountMinor: 900 }] },
    ]);
  });
});

describe('a refund', () => {
  const memoId = '1f0f5d0c-7d1d-5b7a-a5ad-0f6a5f0a1f0a';
  const asked = (life: Life, wish: Partial<CreditWish> = {}) => {
    life.tell(crediting(wish, { memoId }));
    return life;
  };
  const memo = (life: Life) => life.order().memos.find(({ id }) => id === memoId);

  test('has its number when Amazon accepts it; one that is refused leaves no gap', () => {
    const life = asked(lifeOf(paid), { lines: units([cup, 1]), shippingMinor: 0 });
    const other = crediting({ lines: units([lamp, 1]), shippingMinor: 0 });
    life.tell(other);
    expect(life.tell(hearing(memoId, 'refuse'))).toEqual([]);
    expect(life.tell(hearing(other.memoId, 'accept'))).toEqual(['credit_memo.issued']);
    expect(life.order().memos.map(({ number, state }) => [number, state])).toEqual([
      [null, 'refused'],
      ['000000001', 'accepted'],
    ]);
    expect(life.order().refusedRefunds).toBe(1);
  });

  test('that was refused frees its money, and is asked for once more with the next attempt', () => {
    const life = asked(lifeOf(paid));
    life.tell(hearing(memoId, 'refuse'));
    expect(plan(life).capMinor).toBe(4_400);
    expect(life.tell({ type: 'retry', memoId, actor: ada })).toEqual(['refund.requested']);
    expect(life.events.at(-1)).toMatchObject({ data: { refundId: memoId, attempt: 2 } });
    expect(plan(life).capMinor).toBe(0);
    expect(memo(life)).toMatchObject({ state: 'requested', refusal: null });
  });

  test('is not asked for once more while it may be done, nor when its money has gone back otherwise', () => {
    const life = asked(lifeOf(paid));
    expect(life.tell({ type: 'retry', memoId, actor: ada })).toEqual([
      'not-allowed',
      'it is requested: only what was refused is asked for again',
    ]);
    life.tell(hearing(memoId, 'refuse'));
    life.tell(crediting({ lines: units([cup, 1]), shippingMinor: 0 }));
    expect(life.tell({ type: 'retry', memoId, actor: ada })).toEqual([
      'not-allowed',
      `line ${cup}: its money has gone back otherwise, or is on its way`,
    ]);
  });

  test('of which nobody knows shows it, and stays as it is', () => {
    const life = asked(lifeOf(paid));
    const doubt = { type: 'doubt', doubt: { commandId: memoId, since: at, words: 'No answer' } } as const;
    life.tell(doubt);
    expect(memo(life)).toMatchObject({ state: 'requested', uncertain: { words: 'No answer' } });
    expect(life.tell(doubt)).toEqual(['already-done']);
    expect(life.tell({ type: 'retry', memoId, actor: ada })[0]).toBe('not-allowed');
    life.tell(hearing(memoId, 'accept'));
    expect(memo(life)?.uncertain).toBeNull();
  });

  test('is asked for once, however often the same request comes', () => {
    const life = asked(lifeOf(paid));
    expect(life.tell(crediting({}, { memoId }))).toEqual(['already-done']);
  });

  test('with the same content within a minute is taken for a second click, unless somebody confirms it', () => {
    const life = lifeOf(paid);
    const wish = { lines: units([lamp, 1]), shippingMinor: 0 };
    const once = crediting(wish, { confirm: false });
    life.tell(once);
    const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();
    expect(life.tell(crediting(wish, { confirm: false, at: later(59) }))).toEqual([
      'not-allowed',
      `the same was asked for a moment ago: ${once.memoId}`,
    ]);
    expect(life.tell(crediting({ ...wish, reason: 'exchange' }, { confirm: false, at: later(59) }))).toEqual(['refund.requested']);
    expect(life.tell(crediting(wish, { confirm: false, at: later(60) }))).toEqual(['refund.requested']);
  });
});

describe('a return', () => {
  const returned = (...all: readonly (readonly [string, number])[]) => crediting({ lines: units(...all) }, { returnId: about.id });

  test('is paid back as far as it was not before, and takes the shipping along when nothing else is left', () => {
    const life = lifeOf(paid);
    life.tell(crediting({ lines: units([lamp, 2]), shippingMinor: 0 }));
    expect(life.tell(returned([lamp, 3]))).toEqual(['refund.requested']);
    expect(life.order().memos[1]).toMatchObject({ totalMinor: 1_001, lines: [{ quantity: 1 }] });
    expect(life.tell(returned([lamp, 3]))).toEqual(['already-done']);
    life.tell(returned([cup, 1]));
    expect(life.order().memos[2]).toMatchObject({ totalMinor: 1_399 });
  });

  test('of something that the order does not have is for a person to see', () => {
    expect(lifeOf(paid).tell(returned(['7', 1]))).toEqual(['not-allowed', 'Line 7: not a line of this order']);
  });
});

describe('units that Amazon has canceled', () => {
  const cancelUnits = (quantity: number) =>
    ({ type: 'cancel-units', cancellationId: about.id, reason: 'no-inventory', lines: units([lamp, quantity]), at }) as const;
  const unshipped = { ...paid, lines: lines.map((line) => ({ ...line, quantityShipped: 0 })) };
  const lowered = anOrder({
    lines: [aLine({ quantity: 2, amounts: amounts(2_001, { shippingMinor: 499 }) }), lines[1] as never],
    totals: totals(3_400),
  });

  test('are credited by a correction: it has its number at once, and nobody is paid', () => {
    const life = lifeOf(unshipped);
    expect(life.tell(cancelUnits(1))).toEqual(['credit_memo.issued']);
    expect(life.events.at(-1)).toMatchObject({
      data: { kind: 'correction', totalMinor: 1_000, reason: 'no-inventory', lines: units([lamp, 1]) },
    });
    expect(life.order()).toMatchObject({ invoicedMinor: 3_400, status: 'invoiced', memos: [{ state: 'settled', asked: [] }] });
    life.tell(updating(lowered, 2));
    expect(life.order()).toMatchObject({ dueMinor: 3_400, invoicedMinor: 3_400 });
  });

  test('are credited once, also when somebody has corrected the difference before', () => {
    const life = lifeOf(unshipped);
    life.tell(updating(lowered, 2));
    expect(life.tell(crediting({ kind: 'correction', reason: 'other' }))).toEqual(['credit_memo.issued']);
    expect(life.order()).toMatchObject({ dueMinor: 3_400, invoicedMinor: 3_400 });
    expect(life.tell(cancelUnits(1))).toEqual([]);
    expect(life.order().memos).toHaveLength(1);
  });

  test('are not billed any more where they were not yet', () => {
    const life = lifeOf(unshipped, { invoicing: 'manual' });
    life.tell(cancelUnits(1));
    expect(life.tell(billing([[lamp, 3]]))[1]).toBe(`line ${lamp}: 2 can be billed, not 3`);
    life.tell(updating(lowered, 2));
    expect(life.tell(billing())).toEqual(['invoice.issued']);
    expect(life.order()).toMatchObject({ status: 'invoiced', invoicedMinor: 3_400, dueMinor: 3_400 });
  });

  test('take the shipping along with the last unit of the line', () => {
    const life = lifeOf(unshipped);
    life.tell(cancelUnits(3));
    expect(life.order()).toMatchObject({ invoicedMinor: 900, memos: [{ totalMinor: 3_500 }] });
  });

  test('leave nothing to be given back for them', () => {
    const life = lifeOf(unshipped);
    life.tell(cancelUnits(3));
    expect(plan(life)).toMatchObject({ totalMinor: 900, capMinor: 900 });
  });
});

describe('an order that Amazon cancels', () => {
  const cancel = { type: 'cancel', orderVersion: 5, reason: undefined, at } as const;

  test('after something was shipped has its invoice corrected, not canceled', () => {
    const life = lifeOf(paid);
    expect(life.tell(cancel)).toEqual(['credit_memo.issued']);
    expect(life.order()).toMatchObject({ status: 'canceled', invoicedMinor: 0, dueMinor: 0, invoices: [{ status: 'issued' }] });
    expect(life.events.at(-1)).toMatchObject({ data: { kind: 'correction', totalMinor: 4_400 } });
  });

  test('while money goes back has the rest corrected, and the refund too once Amazon refuses it', () => {
    const life = lifeOf(paid);
    const refund = crediting({ lines: units([cup, 1]), shippingMinor: 0, adjustmentRefundMinor: 100 });
    life.tell(refund);
    expect(life.tell(cancel)).toEqual(['credit_memo.issued']);
    expect(life.order()).toMatchObject({ invoicedMinor: 0, memos: [{ totalMinor: 1_000 }, { totalMinor: 3_400 }] });
    expect(life.tell(hearing(refund.memoId, 'refuse'))).toEqual(['credit_memo.issued']);
    expect(life.order()).toMatchObject({ invoicedMinor: 0, memos: [{}, {}, { kind: 'correction', totalMinor: 1_000 }] });
  });

  test('with several invoices has each of them canceled', () => {
    const life = lifeOf({ ...paid, lines: lines.map((line) => ({ ...line, quantityShipped: 0 })) }, { invoicing: 'manual' });
    life.tell(billing([[lamp, 1]]));
    life.tell(billing());
    expect(life.tell(cancel)).toEqual(['invoice.canceled', 'invoice.canceled']);
    expect(life.book.canceled).toHaveLength(2);
  });
});

describe('a correction by hand', () => {
  test('credits what was billed beyond what is due, and has no parts to choose', () => {
    const life = lifeOf(paid);
    expect(problem(life, { kind: 'correction' })).toEqual(['kind: No more was billed than is due']);
    life.tell(
      updating(
        anOrder({
          lines: [aLine({ quantity: 3, amounts: amounts(2_901, { shippingMinor: 499 }) }), lines[1] as never],
          totals: totals(4_300),
        }),
        2,
      ),
    );
    expect(problem(life, { kind: 'correction', shippingMinor: 1 })).toEqual([
      'shippingMinor: A correction credits the difference to what is due: it has no parts to choose',
    ]);
    expect(life.tell(crediting({ kind: 'correction', reason: 'pricing-error' }))).toEqual(['credit_memo.issued']);
    expect(life.order()).toMatchObject({ invoicedMinor: 4_300, memos: [{ totalMinor: 100, lines: [{ quantity: 0 }] }] });
  });
});
