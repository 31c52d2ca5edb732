import { describe, expect, test } from '@jest/globals';
import { courses, type SoldOnDay, soldInDays } from './windows.ts';

const sold = (currency: string, timeZone: string, day: string): SoldOnDay => ({
  ...{ currency, timeZone, day },
  ...{ orders: 1, units: 1, revenueMinor: 100 },
});

describe('what was sold, when today is not the same date everywhere', () => {
  /** In Tokyo, the fifth has begun. */
  const now = new Date('2026-05-04T20:00:00Z');
  const days = [sold('JPY', 'Asia/Tokyo', '2026-05-05'), sold('USD', 'America/Los_Angeles', '2026-05-04')];

  test('is of today by the calendar of each marketplace', () => {
    expect(soldInDays(days, now, 1).map(({ currency, orders }) => [currency, orders])).toEqual([
      ['JPY', 1],
      ['USD', 1],
    ]);
  });

  test('is drawn until the today of each currency: what was sold today stands there', () => {
    expect(courses(days, now).map(({ currency, points }) => [currency, points.length, points.at(-1)])).toEqual([
      ['JPY', 30, expect.objectContaining({ day: '2026-05-05', orders: 1 })],
      ['USD', 30, expect.objectContaining({ day: '2026-05-04', orders: 1 })],
    ]);
  });

  test('ends with the later today, where a currency has two', () => {
    const dollars = [...days, sold('USD', 'Asia/Tokyo', '2026-05-05')];
    expect(courses(dollars, now).at(-1)?.points.at(-1)).toMatchObject({ day: '2026-05-05', orders: 1 });
  });
});
