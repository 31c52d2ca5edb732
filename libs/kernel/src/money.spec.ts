import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMoney, decimalsOf, formatMoney, money, parseMoney, sumMinor } from './money.ts';

describe('money', () => {
  test.each([
    ['19.99', 'USD', 1999],
    ['0.05', 'EUR', 5],
    ['-3.1', 'GBP', -310],
    ['+7', 'CAD', 700],
    ['1500', 'JPY', 1500],
    ['1500.00', 'JPY', 1500],
    ['1.999', 'KWD', 1999],
    ['12.3400', 'USD', 1234],
    ['-0.00', 'USD', 0],
  ])('%s %s is %d in minor units', (amount, currency, minor) => {
    expect(parseMoney(amount, currency)).toEqual({ minor, currency });
  });

  test.each([
    ['19.995', 'USD', 'money.too-precise'],
    ['0.5', 'JPY', 'money.too-precise'],
    ['1.2345', 'KWD', 'money.too-precise'],
    ['1,50', 'EUR', 'money.not-a-decimal'],
    ['', 'EUR', 'money.not-a-decimal'],
    ['1e3', 'EUR', 'money.not-a-decimal'],
    ['NaN', 'EUR', 'money.not-a-decimal'],
    ['99999999999999999999', 'EUR', 'money.too-large'],
  ])('%p %s is refused: %s', (amount, currency, code) => {
    expect(() => parseMoney(amount, currency)).toThrow(expect.objectContaining({ kind: 'invalid', code }));
  });

  test('that is written and read again is the same, in every number of decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('USD', 'JPY', 'KWD'), (minor, currency) => {
        const text = formatMoney({ minor, currency });
        expect(parseMoney(text, currency).minor).toBe(minor);
        expect(text.split('.')[1]?.length ?? 0).toBe(decimalsOf(currency));
      }),
    );
  });

  test('of two currencies is never added, and a fraction of a minor unit does not exist', () => {
    expect(addMoney(money(1, 'USD'), money(2, 'USD'))).toEqual({ minor: 3, currency: 'USD' });
    expect(() => addMoney(money(1, 'USD'), money(1, 'EUR'))).toThrow(expect.objectContaining({ code: 'money.mixed-currencies' }));
    expect(() => money(0.5, 'USD')).toThrow(expect.objectContaining({ code: 'money.not-an-integer' }));
  });
});

describe('a sum of amounts', () => {
  test('is exact, or none', () => {
    expect([sumMinor([]), sumMinor([1999, -500, 1])]).toEqual([0, 1500]);
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow('money.not-an-integer');
  });
});
