import { describe, expect, test } from '@jest/globals';
import { formatMoney } from '@orderbus/kernel';
import fc from 'fast-check';
import { lineAmounts } from './amounts.ts';

const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
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
    expect(lineAmounts({ proceedsTotal: usd('29.67'), breakdowns }, 'USD')).toEqual({
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
    expect(lineAmounts({ proceedsTotal: usd('17.00'), breakdowns }, 'USD')).toMatchObject({
      balanced: true,
      amounts: { itemMinor: 2000, discountMinor: -300, otherMinor: 0, totalMinor: 1700 },
    });
  });

  test('count a discount that raises the total among the other parts', () => {
    const breakdowns = [part('ITEM', '20.00'), part('DISCOUNT', '3.00')];
    expect(lineAmounts({ proceedsTotal: usd('23.00'), breakdowns }, 'USD')).toMatchObject({
      balanced: true,
      amounts: { discountMinor: 0, otherMinor: 300, totalMinor: 2300 },
    });
  });

  test("believe Amazon's total when neither sign fits, keep the difference in sight, and are not balanced", () => {
    const breakdowns = [part('ITEM', '20.00'), part('DISCOUNT', '3.00')];
    expect(lineAmounts({ proceedsTotal: usd('16.50'), breakdowns }, 'USD')).toMatchObject({
      balanced: false,
      amounts: { itemMinor: 2000, discountMinor: -300, otherMinor: -50, totalMinor: 1650 },
    });
  });

  test('keep parts of a kind that Amazon has introduced after us', () => {
    expect(lineAmounts({ proceedsTotal: usd('7.00'), breakdowns: [part('ITEM', '5.00'), part('ROUNDING', '2.00')] }, 'USD')).toMatchObject({
      balanced: true,
      amounts: { itemMinor: 500, otherMinor: 200, totalMinor: 700 },
    });
  });

  test('are nothing but a total when Amazon shows nothing but a total', () => {
    expect(lineAmounts({ proceedsTotal: usd('0.00') }, 'USD')).toMatchObject({ balanced: true, amounts: { totalMinor: 0 } });
    expect(lineAmounts({ proceedsTotal: usd('7.00') }, 'USD')).toMatchObject({
      balanced: false,
      amounts: { otherMinor: 700, totalMinor: 700 },
    });
  });

  test.each([
    ['another currency', { amount: '1.00', currencyCode: 'EUR' }, 'money.mixed-currencies'],
    ['more digits than the currency has', usd('1.005'), 'money.too-precise'],
    ['words', usd('a lot'), 'money.not-a-decimal'],
  ])('cannot be in %s', (_, subtotal, code) => {
    expect(() => lineAmounts({ breakdowns: [{ type: 'ITEM', subtotal }] }, 'USD')).toThrow(code);
  });

  test('add up to the total, to the smallest coin, in every currency', () => {
    const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
    const type = fc.constantFrom('ITEM', 'SHIPPING', 'GIFT_WRAP', 'TAX', 'DISCOUNT', 'COD_FEE', 'OTHER', 'NEW_ONE');
    const minor = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(currency, fc.array(fc.tuple(type, minor), { maxLength: 12 }), fc.option(minor), (code, parts, total) => {
        const moneyOf = (amount: number) => ({ amount: formatMoney({ minor: amount, currency: code }), currencyCode: code });
        const { amounts, balanced } = lineAmounts(
          {
            breakdowns: parts.map(([kind, amount]) => ({ type: kind, subtotal: moneyOf(amount) })),
            proceedsTotal: total === null ? undefined : moneyOf(total),
          },
          code,
        );
        const { totalMinor, ...rest } = amounts;
        expect(Object.values(rest).reduce((sum, amount) => sum + amount, 0)).toBe(totalMinor);
        expect(amounts.discountMinor).toBeLessThanOrEqual(0);
        if (total === null) expect(balanced).toBe(true);
        else expect(totalMinor).toBe(total);
      }),
    );
  });
});
