import type { Overview } from './answers.ts';

type Sales = Overview['sales'];
type Amounts = Omit<Sales['lifetime'][number], 'currency'>;
export type Course = Overview['courses'][number];

export const spans = ['today', 'sevenDays', 'thirtyDays', 'lifetime'] as const;
export type Span = (typeof spans)[number];

export interface CurrencyFigures {
  /** Empty: orders that have no price. */
  readonly currency: string;
  readonly figures: Readonly<Record<Span, Amounts>>;
}

const none: Amounts = { orders: 0, units: 0, revenueMinor: 0 };

const amountsOf = (sales: Sales, span: Span, currency: string): Amounts => sales[span].find((sold) => sold.currency === currency) ?? none;

/** Each currency that anything was ever sold in: the one with the most orders first, and what has no price last. */
export const figuresOf = (sales: Sales): CurrencyFigures[] =>
  sales.lifetime
    .toSorted((a, b) => Number(a.currency === '') - Number(b.currency === '') || b.orders - a.orders)
    .map(({ currency }) => ({
      currency,
      figures: {
        today: amountsOf(sales, 'today', currency),
        sevenDays: amountsOf(sales, 'sevenDays', currency),
        thirtyDays: amountsOf(sales, 'thirtyDays', currency),
        lifetime: amountsOf(sales, 'lifetime', currency),
      },
    }));

/** The courses that are drawn: what has no price has no revenue. In the order of the figures. */
export const drawnCourses = (courses: readonly Course[], figures: readonly CurrencyFigures[]): Course[] =>
  figures.flatMap(({ currency }) => courses.filter((course) => course.currency === currency && currency !== ''));
