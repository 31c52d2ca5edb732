import { expect, test } from '@jest/globals';
import { adjustmentOf, amountOf, fieldText } from './amounts.ts';

test.each([
  ['12.50', '.', 1250],
  ['12,50', ',', 1250],
  ['12,50', '.', 1250],
  ['12.5', ',', 1250],
  ['12', ',', 1200],
  ['.5', '.', 50],
  ['1,234', '.', 123400],
  ['1.234', ',', 123400],
  ['1.234,56', ',', 123456],
  ['1,234.56', ',', 123456],
  ['1.234.567', ',', 123456700],
  ['€ 12,50', ',', 1250],
  ['12,50\u00a0€', ',', 1250],
  ['0', ',', 0],
])('%s, where the decimal sign is %s, is %d cents', (text, sign, minor) => {
  expect(amountOf(text, 2, sign)).toBe(minor);
});

test.each(['', ' ', 'ten', '12,505', '-3', '1,2.3.4x', '.', '12 %'])('%s is no amount', (text) => {
  expect(amountOf(text, 2, ',')).toBeUndefined();
});

test('yen have no decimals, so a part of a yen is no amount, and a point stands between thousands', () => {
  expect(amountOf('1500', 0, '.')).toBe(1500);
  expect(amountOf('1,500', 0, '.')).toBe(1500);
  expect(amountOf('15.5', 0, '.')).toBeUndefined();
});

test('an adjustment is an amount or a share of what the order costs', () => {
  expect(adjustmentOf('', 2, ',')).toEqual({ minor: 0 });
  expect(adjustmentOf('3,5', 2, ',')).toEqual({ minor: 350 });
  expect(adjustmentOf('10 %', 2, ',')).toEqual({ percent: 10 });
  expect(adjustmentOf('12,5%', 2, ',')).toEqual({ percent: 12.5 });
  expect(adjustmentOf('101%', 2, ',')).toBeUndefined();
  expect(adjustmentOf('some', 2, ',')).toBeUndefined();
});

test('what stands in a field is read as what it was', () => {
  expect(fieldText(123450, 2, ',')).toBe('1234,50');
  expect(amountOf(fieldText(123450, 2, ','), 2, ',')).toBe(123450);
  expect(fieldText(1500, 0, ',')).toBe('1500');
});
