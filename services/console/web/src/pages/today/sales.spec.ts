import { describe, expect, test } from '@jest/globals';
import { drawnCourses, figuresOf } from './sales.ts';

const sold = (currency: string, orders: number) => ({ currency, orders, units: orders, revenueMinor: orders * 100 });
const sales = {
  today: [sold('USD', 1)],
  sevenDays: [sold('USD', 2), sold('EUR', 1)],
  thirtyDays: [sold('USD', 2), sold('EUR', 8), sold('', 1)],
  lifetime: [sold('', 50), sold('EUR', 20), sold('USD', 30)],
};

describe('what was sold, by currency', () => {
  test('begins with the currency of the most orders, and ends with what has no price', () => {
    expect(figuresOf(sales).map(({ currency }) => currency)).toEqual(['USD', 'EUR', '']);
  });

  test('is nothing where nothing was sold in that time', () => {
    const [, euros] = figuresOf(sales);
    expect(euros?.figures.today).toEqual({ orders: 0, units: 0, revenueMinor: 0 });
    expect(euros?.figures.thirtyDays).toMatchObject({ orders: 8, revenueMinor: 800 });
  });

  test('is drawn in that order, without what has no price', () => {
    const courses = ['', 'EUR', 'USD'].map((currency) => ({ currency, points: [] }));
    expect(drawnCourses(courses, figuresOf(sales)).map(({ currency }) => currency)).toEqual(['USD', 'EUR']);
  });
});
