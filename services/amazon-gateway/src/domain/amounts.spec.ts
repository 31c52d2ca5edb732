import { describe, expect, test } from '@jest/globals';
import type { LineTaxes } from '@orderbus/contracts';
import { formatMoney } from '@orderbus/kernel';
import fc from 'fast-check';
import { lineAmounts } from './amounts.ts';

const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
const inUs = { currency: 'USD', taxInside: false };
const part = (type: string, amount: string) => ({ type, subtotal: usd(amount) });

describe("a line's amounts", () => {
  test('are its parts in minor units, by kind', () => {
    const breakdowns = [
      part('ITEM', '20.00'),
      part('SHIPPING', '4.99'),
      part('GIFT_WRAP', '1.50'),
      part('TAX', '2.18'),
      part('COD_FEE', '1.00'),
    ];
    expect(lineAmounts({ proceedsTotal: usd('29.67'), breakdowns }, inUs)).toEqual({
      balanced: true,
      amounts: {
        itemMinor: 2000,
        shippingMinor: 499,
        giftWrapMinor: 150,
        taxMinor: 218,
        discountMinor: 0,
        otherMinor: 100,
        totalMinor: 2967,
      },
    });
  });

  test.each(['3.00', '-3.00'])('pitfall 12: take a discount off whatever its sign is: %s', (discount) => {
    const breakdowns = [part('ITEM', '20.00'), part('DISCOUNT', discount)];
    expect(lineAmounts({ proceedsTotal: usd('17.00'), breakdowns }, inUs)).toMatchObject({
      balanced: true,
      amounts: { itemMinor: 2000, discountMinor: -300, otherMinor: 0, totalMinor: 1700 },
    });
  });

  test('count a discount that raises the total among the other parts', () => {
    const breakdowns = [part('ITEM', '20.00'), part('DISCOUNT', '3.00')];
    expect(lineAmounts({ proceedsTotal: usd('23.00'), breakdowns }, inUs)).toMatchObject({
      balanced: true,
      amounts: { discountMinor: 0, otherMinor: 300, totalMinor: 2300 },
    });
  });

  test("believe Amazon's total when neither sign fits, keep the difference in sight, and are not balanced", () => {
    const breakdowns = [part('ITEM', '20.00'), part('DISCOUNT', '3.00')];
    expect(lineAmounts({ proceedsTotal: usd('16.50'), breakdowns }, inUs)).toMatchObject({
      balanced: false,
      amounts: { itemMinor: 2000, discountMinor: -300, otherMinor: -50, totalMinor: 1650 },
    });
  });

  test('keep parts of a kind that Amazon has introduced after us', () => {
    expect(lineAmounts({ proceedsTotal: usd('7.00'), breakdowns: [part('ITEM', '5.00'), part('ROUNDING', '2.00')] }, inUs)).toMatchObject({
      balanced: true,
      amounts: { itemMinor: 500, otherMinor: 200, totalMinor: 700 },
    });
  });

  test('are nothing but a total when Amazon shows nothing but a total', () => {
    expect(lineAmounts({ proceedsTotal: usd('0.00') }, inUs)).toMatchObject({ balanced: true, amounts: { totalMinor: 0 } });
    expect(lineAmounts({ proceedsTotal: usd('7.00') }, inUs)).toMatchObject({
      balanced: false,
      amounts: { otherMinor: 700, totalMinor: 700 },
    });
  });

  test.each([
    ['another currency', { amount: '1.00', currencyCode: 'EUR' }, 'money.mixed-currencies'],
    ['more digits than the currency has', usd('1.005'), 'money.too-precise'],
    ['words', usd('a lot'), 'money.not-a-decimal'],
  ])('cannot be in %s', (_, subtotal, code) => {
    expect(() => lineAmounts({ breakdowns: [{ type: 'ITEM', subtotal }] }, inUs)).toThrow(code);
  });

  test('add up to the total, to the smallest coin, in every currency', () => {
    const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
    const type = fc.constantFrom('ITEM', 'SHIPPING', 'GIFT_WRAP', 'TAX', 'DISCOUNT', 'COD_FEE', 'OTHER', 'NEW_ONE');
    const minor = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(
        currency,
        fc.array(fc.tuple(type, minor), { maxLength: 12 }),
        fc.option(minor),
        fc.boolean(),
        (code, parts, total, taxInside) => {
          const moneyOf = (amount: number) => ({ amount: formatMoney({ minor: amount, currency: code }), currencyCode: code });
          const { amounts, taxes, balanced } = lineAmounts(
            {
              breakdowns: parts.map(([kind, amount]) => ({ type: kind, subtotal: moneyOf(amount) })),
              proceedsTotal: total === null ? undefined : moneyOf(total),
            },
            { currency: code, taxInside },
          );
          const { totalMinor, ...rest } = amounts;
          expect(Object.values(rest).reduce((sum, amount) => sum + amount, 0)).toBe(totalMinor);
          expect(amounts.discountMinor).toBeLessThanOrEqual(0);
          if (taxes) expect(amounts.taxMinor).toBe(taxes.included ? 0 : taxOf(taxes));
          if (total === null) expect(balanced).toBe(true);
          else expect(totalMinor).toBe(total);
        },
      ),
    );
  });
});

const taxOf = ({ included: _, ...kinds }: LineTaxes): number => Object.values(kinds).reduce((sum, amount) => sum + amount, 0);

describe('a tax and a discount', () => {
  // 20.00, shipping 5.00, 3.00 off, a tax of 2.10.
  const kinds = { ITEM: '1.80', SHIPPING: '0.50', DISCOUNT: '-0.20' };
  const detailed = (values: Readonly<Record<string, string>>) => ({
    ...part('TAX', '2.10'),
    detailedBreakdowns: Object.entries(values).map(([subtype, amount]) => ({ subtype, value: usd(amount) })),
  });
  const line = (total: string | undefined, discount: string, taxInside: boolean, tax: ReturnType<typeof detailed> = detailed(kinds)) =>
    lineAmounts(
      {
        ...(total !== undefined && { proceedsTotal: usd(total) }),
        breakdowns: [part('ITEM', '20.00'), part('SHIPPING', '5.00'), part('DISCOUNT', discount), tax],
      },
      { currency: 'USD', taxInside },
    );

  const readings = [
    ['lowers, is added', '24.10', { discountMinor: -300, taxMinor: 210, otherMinor: 0, totalMinor: 2410 }, false],
    ['lowers, is inside', '22.00', { discountMinor: -300, taxMinor: 0, otherMinor: 0, totalMinor: 2200 }, true],
    ['raises, is added', '30.10', { discountMinor: 0, taxMinor: 210, otherMinor: 300, totalMinor: 3010 }, false],
    ['raises, is inside', '28.00', { discountMinor: 0, taxMinor: 0, otherMinor: 300, totalMinor: 2800 }, true],
  ] as const;
  const combinations = readings.flatMap(([name, total, amounts, included]) =>
    ['3.00', '-3.00'].flatMap((discount) =>
      [true, false].map((taxInside) => [name, total, discount, taxInside, amounts, included] as const),
    ),
  );

  test.each(combinations)('pitfall 12: the one %s, as the total %s says (discount %s, prices with tax: %s)', (...combination) => {
    const [, total, discount, taxInside, amounts, included] = combination;
    expect(line(total, discount, taxInside)).toMatchObject({
      balanced: true,
      amounts: { itemMinor: 2000, shippingMinor: 500, ...amounts },
      taxes: { included, itemMinor: 180, shippingMinor: 50, giftWrapMinor: 0, discountMinor: -20, otherMinor: 0 },
    });
  });

  test.each([
    [true, { taxMinor: 0, totalMinor: 2200 }],
    [false, { taxMinor: 210, totalMinor: 2410 }],
  ])('are read as is usual where it was sold when Amazon shows no total (prices with tax: %s)', (taxInside, amounts) => {
    expect(line(undefined, '-3.00', taxInside)).toMatchObject({ balanced: true, amounts, taxes: { included: taxInside } });
  });

  test.each([
    [true, { discountMinor: -300, taxMinor: 0, otherMinor: 799 }],
    [false, { discountMinor: -300, taxMinor: 210, otherMinor: 589 }],
  ])('are read so, too, when nothing adds up, which is told (prices with tax: %s)', (taxInside, amounts) => {
    expect(line('29.99', '3.00', taxInside)).toMatchObject({ balanced: false, amounts, taxes: { included: taxInside } });
  });

  test.each([
    [true, { discountMinor: 0, taxMinor: 0, otherMinor: 105 }],
    [false, { discountMinor: -105, taxMinor: 210, otherMinor: 0 }],
  ])('are read so when two readings add up (prices with tax: %s)', (taxInside, amounts) => {
    expect(line('26.05', '-1.05', taxInside)).toMatchObject({ balanced: true, amounts, taxes: { included: taxInside } });
  });

  test('by kind add up to the tax that Amazon lists, whatever the details say', () => {
    expect(line('24.10', '-3.00', false, detailed({ ITEM: '1.00', CUSTOMS: '0.30' })).taxes).toEqual({
      ...{ included: false, itemMinor: 100, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 110 },
    });
    expect(line('24.10', '-3.00', false, detailed({ ITEM: '2.30', DISCOUNT: '0.20' })).taxes).toMatchObject({
      ...{ itemMinor: 230, discountMinor: -20, otherMinor: 0 },
    });
    expect(line('24.10', '-3.00', false, detailed({ ITEM: '1.90', DISCOUNT: '0.20' })).taxes).toMatchObject({
      ...{ itemMinor: 190, discountMinor: 0, otherMinor: 20 },
    });
  });

  test('without its kinds is not told by kind, unless it would be lost in the price', () => {
    expect(line('24.10', '-3.00', false, detailed({}))).not.toHaveProperty('taxes');
    expect(line('22.00', '-3.00', true, detailed({})).taxes).toMatchObject({ included: true, itemMinor: 0, otherMinor: 210 });
    expect(lineAmounts({ proceedsTotal: usd('20.00'), breakdowns: [part('ITEM', '20.00')] }, inUs)).not.toHaveProperty('taxes');
  });
});
