import { describe, expect, test } from '@jest/globals';
import type { Amounts, LineTaxes, RefundRequested, Totals } from '@orderbus/contracts';
import fc from 'fast-check';
import type { z } from 'zod';
import { leftToBill, leftToGiveBack, roomOf } from '../src/domain/remaining.ts';
import { generatedOrder } from './generated-orders.ts';
import { billing, crediting, hearing, type Life, lifeOf, sending } from './life.ts';
import type { Created } from './orders.ts';

type Asked = z.infer<typeof RefundRequested.schema>;
type Doc = {
  readonly lines: readonly {
    readonly lineId: string;
    readonly quantity: number;
    readonly amounts: Amounts;
    readonly taxes?: LineTaxes | undefined;
  }[];
};

/** Taxes by kind, told for some of the lines, in the price or on top of it. */
const taxed = fc.tuple(generatedOrder, fc.array(fc.constantFrom('on-top', 'included', 'untold'), { minLength: 8, maxLength: 8 })).map(
  ([order, told]): Created => ({
    ...order,
    lines: order.lines.map((line, n) => {
      if (told[n] === 'untold') return line;
      const taxMinor = line.amounts?.taxMinor ?? 0;
      const [shippingMinor, giftWrapMinor] = [Math.floor(taxMinor / 5), Math.floor(taxMinor / 7)];
      const taxes = {
        included: told[n] === 'included',
        itemMinor: taxMinor - shippingMinor - giftWrapMinor,
        shippingMinor,
        giftWrapMinor,
        discountMinor: 0,
        otherMinor: 0,
      };
      if (told[n] === 'on-top') return { ...line, taxes };
      const amounts = { ...(line.amounts as Amounts), itemMinor: (line.amounts?.itemMinor ?? 0) + taxMinor, taxMinor: 0 };
      return { ...line, taxes, amounts };
    }),
  }),
);

/** Which line, and how much of what is left of it in percent. */
const cuts = fc.array(fc.array(fc.record({ line: fc.nat(7), share: fc.integer({ min: 1, max: 100 }) }), { minLength: 1, maxLength: 4 }), {
  maxLength: 5,
});

const kindsOf = (documents: readonly Doc[], lineId: string): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const line of documents.flatMap(({ lines }) => lines).filter((one) => one.lineId === lineId)) {
    for (const [kind, minor] of Object.entries(line.amounts)) sums[kind] = (sums[kind] ?? 0) + minor;
    for (const [kind, minor] of Object.entries(line.taxes ?? {}))
      if (kind !== 'included') sums[`tax.${kind}`] = (sums[`tax.${kind}`] ?? 0) + Number(minor);
  }
  return sums;
};

const cutOf = (
  left: readonly { readonly line: { readonly lineId: string }; readonly quantity: number }[],
  cut: readonly { line: number; share: number }[],
) => {
  const units = new Map<string, number>();
  for (const { line, share } of cut) {
    const one = left[line % left.length];
    if (one && one.quantity > 0) units.set(one.line.lineId, Math.ceil((one.quantity * share) / 100));
  }
  return [...units];
};

const sum = (minors: readonly number[]): number => minors.reduce((all, minor) => all + minor, 0);

/** What every document says of itself holds: parts are totals. */
const addsUp = ({ lines, tipMinor, totalMinor }: Doc & { readonly tipMinor: number; readonly totalMinor: number }): boolean =>
  lines.every(({ amounts: { totalMinor: total, ...parts } }) => sum(Object.values(parts)) === total) &&
  sum(lines.map(({ amounts }) => amounts.totalMinor)) + tipMinor === totalMinor;

const billedOnce = (documents: readonly Doc[], line: Created['lines'][number]): void => {
  expect(kindsOf(documents, line.lineId)).toEqual(kindsOf([{ lines: [line as never] }], line.lineId));
  const billed = documents.flatMap(({ lines }) => lines.filter(({ lineId }) => lineId === line.lineId));
  expect(sum(billed.map(({ quantity }) => quantity))).toBe(line.quantity);
  expect(billed.filter(({ amounts }) => amounts.shippingMinor !== 0).length).toBe(line.amounts?.shippingMinor ? 1 : 0);
};

describe('any order, billed in any parts', () => {
  test("has on its invoices exactly Amazon's money, by line and kind, and shipping once", () => {
    fc.assert(
      fc.property(taxed, cuts, (order, parts) => {
        const life = lifeOf({ ...order, orderId: undefined as never }, { invoicing: 'manual' });
        if (life.order().status !== 'open') return;
        for (const cut of parts) {
          const wanted = cutOf(leftToBill(life.order()), cut);
          if (wanted.length > 0) life.tell(billing(wanted));
        }
        life.tell(billing());
        const { entered } = life.book;
        expect(life.order()).toMatchObject({ status: 'invoiced', invoicedMinor: order.totals?.grandTotalMinor });
        expect(entered.every(addsUp)).toBe(true);
        expect(sum(entered.map(({ tipMinor }) => tipMinor))).toBe(order.totals?.tipMinor);
        for (const line of order.lines) billedOnce(entered, line);
      }),
      { numRuns: 700 },
    );
  });

  test('is billed as it ships in the same way, whatever is voided, corrected or told twice', () => {
    const step = fc.record({
      parcel: fc.nat(3),
      revision: fc.integer({ min: 1, max: 4 }),
      cut: fc.array(fc.record({ line: fc.nat(7), quantity: fc.nat(40) }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(generatedOrder, fc.array(step, { maxLength: 8 }), (order, steps) => {
        const life = lifeOf(order, { invoicing: 'on-shipment' });
        if (life.order().status !== 'open') return;
        for (const { parcel, revision, cut } of steps)
          life.tell(
            sending(
              `p-${parcel}`,
              revision,
              cut.map(({ line, quantity }) => [order.lines[line % order.lines.length]?.lineId as string, quantity] as const),
            ),
          );
        life.tell(billing());
        expect(life.order()).toMatchObject({ status: 'invoiced', invoicedMinor: order.totals?.grandTotalMinor });
        expect(life.book.entered.every(addsUp)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** Something somebody wants back, and what Amazon says. */
const wish = fc.record({
  cut: fc.array(fc.record({ line: fc.nat(7), share: fc.integer({ min: 1, max: 100 }) }), { maxLength: 3 }),
  shippingShare: fc.option(fc.nat(100), { nil: undefined }),
  adjustmentRefundMinor: fc.oneof(fc.constant(0), fc.nat(5_000)),
  adjustmentFeeMinor: fc.oneof(fc.constant(0), fc.nat(500)),
  answer: fc.constantFrom('accept', 'refuse', undefined),
});

const netOf = ({ lines }: Asked): number => sum(lines.flatMap(({ components }) => components.map(({ amountMinor }) => amountMinor)));

const wishes = (life: Life, { cut, shippingShare, answer, ...adjustments }: typeof wish extends fc.Arbitrary<infer W> ? W : never) => {
  const left = leftToGiveBack(life.order());
  const shippingLeft = sum(left.map(({ money }) => money.amounts.shippingMinor));
  const command = crediting({
    lines: cutOf(left, cut).map(([lineId, quantity]) => ({ lineId, quantity })),
    ...(shippingShare === undefined ? {} : { shippingMinor: Math.floor((shippingLeft * shippingShare) / 100) }),
    ...adjustments,
  });
  if (life.tell(command)[0] === 'refund.requested' && answer) life.tell(hearing(command.memoId, answer));
};

const takenByAmazon = (request: Asked, totalMinor: number | undefined): void => {
  expect(netOf(request)).toBe(totalMinor);
  for (const { components } of request.lines) {
    expect(components.every(({ kind, amountMinor }) => (kind === 'restocking-fee' ? amountMinor < 0 : amountMinor > 0))).toBe(true);
    expect(sum(components.map(({ amountMinor }) => amountMinor))).toBeGreaterThan(0);
    expect(new Set(components.map(({ kind }) => kind)).size).toBe(components.length);
  }
};

describe('any order, given back in any parts', () => {
  test('never gives back more than was paid, by line and altogether, and asks Amazon only for what it takes', () => {
    fc.assert(
      fc.property(taxed, fc.array(wish, { maxLength: 8 }), (order, all) => {
        const life = lifeOf({ ...order, totals: { ...(order.totals as Totals), currency: 'EUR' } });
        if (life.order().status !== 'invoiced') return;
        for (const one of all) wishes(life, one);
        const asked = life.events.filter(({ definition }) => definition.type === 'refund.requested').map(({ data }) => data as Asked);
        for (const request of asked) takenByAmazon(request, life.order().memos.find(({ id }) => id === request.refundId)?.totalMinor);
        for (const { lineId } of order.lines) expect(roomOf(life.order(), lineId)).toBeGreaterThanOrEqual(0);
        for (const { quantity, money } of leftToGiveBack(life.order())) {
          expect(quantity).toBeGreaterThanOrEqual(0);
          expect(money.amounts.shippingMinor).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 700 },
    );
  });

  test('unit by unit ends at exactly what was billed, by line and kind', () => {
    fc.assert(
      fc.property(taxed, cuts, (order, parts) => {
        const life = lifeOf({ ...order, totals: { ...(order.totals as Totals), currency: 'EUR' } });
        if (life.order().status !== 'invoiced') return;
        for (const cut of parts)
          life.tell(
            crediting({
              lines: cutOf(leftToGiveBack(life.order()), cut).map(([lineId, quantity]) => ({ lineId, quantity })),
              shippingMinor: 0,
            }),
          );
        const [told] = life.tell(crediting());
        if (told === 'not-allowed') return;
        for (const line of order.lines)
          expect(kindsOf(life.order().memos, line.lineId)).toEqual(kindsOf(life.order().invoices, line.lineId));
      }),
      { numRuns: 500 },
    );
  });
});
