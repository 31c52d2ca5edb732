import { useTranslation } from 'react-i18next';
import { money, number, shortDay, shortMoney } from '../../ui/format.ts';
import { LineChart } from '../../ui/LineChart.tsx';
import type { Course } from './sales.ts';

const height = 208;

/** The last thirty days in one currency: revenue with its axis on the left, orders with theirs on the right. */
export const CourseChart = ({ course: { currency, points } }: { readonly course: Course }) => {
  const { t } = useTranslation('today');
  const days = points.map((point) => point.day);
  const sum = (of: 'orders' | 'revenueMinor'): number => points.reduce((all, point) => all + point[of], 0);
  return (
    <LineChart
      label={t('sales.chartOf', {
        currency,
        from: shortDay(days[0] ?? ''),
        to: shortDay(days.at(-1) ?? ''),
        revenue: money(sum('revenueMinor'), currency),
        orders: t('sales.ordersCount', { count: sum('orders') }),
      })}
      days={days}
      dayTick={shortDay}
      lastMark={t('sales.today')}
      height={height}
      lines={[
        {
          name: t('sales.revenueIn', { currency }),
          values: points.map(({ revenueMinor }) => revenueMinor),
          color: '--accent',
          tick: (minor) => shortMoney(minor, currency),
          words: (minor) => money(minor, currency),
        },
        {
          name: t('sales.ordersIn', { currency }),
          values: points.map(({ orders }) => orders),
          color: '--soft',
          dashed: true,
          whole: true,
          tick: (orders) => number(orders),
          words: (orders) => number(orders),
        },
      ]}
    />
  );
};
