import { dayOf, daysFrom } from './marketplace-days.ts';

/** What was sold in some time, in one currency. */
export interface Sold {
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly revenueMinor: number;
}

export interface SoldOnDay extends Sold {
  readonly timeZone: string;
  readonly day: string;
}

/** Of one currency, day by day: the last is today. */
export interface Course {
  readonly currency: string;
  readonly points: readonly { readonly day: string; readonly orders: number; readonly units: number; readonly revenueMinor: number }[];
}

export const shownDays = 30;

/** The first day that is needed for the last thirty, wherever today has not begun yet. */
export const firstDay = (now: Date): string => daysFrom(dayOf(now, 'UTC'), -shownDays - 1);

/** This many days, today among them. Each marketplace's today is its own: it is the day that its calendar shows. */
export const soldInDays = (days: readonly SoldOnDay[], now: Date, count: number): Sold[] =>
  sumsOf(days.filter(({ day, timeZone }) => isWithin(day, dayOf(now, timeZone), count)));

/**
 * The same days as points of a chart. A currency ends with the today of its own marketplaces; where it is not the same date in all of these,
 * with the latest.
 */
export const courses = (days: readonly SoldOnDay[], now: Date): Course[] =>
  [...Map.groupBy(days, ({ currency }) => currency)]
    .filter(([currency]) => currency !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => {
      const today =
        own
          .map(({ timeZone }) => dayOf(now, timeZone))
          .toSorted()
          .at(-1) ?? '';
      const dates = Array.from({ length: shownDays }, (_, n) => daysFrom(today, n + 1 - shownDays));
      const byDay = Map.groupBy(own, ({ day }) => day);
      return { currency, points: dates.map((day) => ({ day, ...totalOf(byDay.get(day) ?? []) })) };
    });

const isWithin = (day: string, today: string, count: number): boolean => day <= today && day > daysFrom(today, -count);

const sumsOf = (sold: readonly Sold[]): Sold[] =>
  [...Map.groupBy(sold, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({ currency, ...totalOf(own) }));

const totalOf = (sold: readonly Sold[]): Omit<Sold, 'currency'> => ({
  orders: sold.reduce((sum, { orders }) => sum + orders, 0),
  units: sold.reduce((sum, { units }) => sum + units, 0),
  revenueMinor: sold.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
});
