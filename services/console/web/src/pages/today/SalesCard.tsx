import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { money, number, shortDay, shortMoney } from '../../ui/format.ts';
import { LineChart } from '../../ui/LineChart.tsx';
import type { Overview } from './answers.ts';
import { DayTable } from './DayTable.tsx';
import classes from './SalesCard.module.css';
import { SalesFigures } from './SalesFigures.tsx';
import { type Course, drawnCourses, figuresOf } from './sales.ts';

const alone = 208;
const amongOthers = 128;

/** What was sold: in numbers by currency, and day by day as lines or as a table. */
export const SalesCard = ({ sales, courses }: Pick<Overview, 'sales' | 'courses'>) => {
  const { t } = useTranslation('today');
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  const figures = figuresOf(sales);
  const drawn = drawnCourses(courses, figures);
  return (
    <Card
      title={t('sales.title')}
      actions={
        drawn.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('sales.as')}
            value={as}
            onChange={setAs}
            data={[
              { value: 'chart', label: t('sales.chart') },
              { value: 'table', label: t('sales.table') },
            ]}
          />
        )
      }
    >
      {figures.length > 0 && <SalesFigures currencies={figures} />}
      {drawn.length === 0 && <Empty title={t('sales.nothing')} text={t('sales.nothingText')} />}
      {drawn.length > 0 && as === 'table' && <DayTable courses={drawn} />}
      {as === 'chart' &&
        drawn.map((course) => <CourseChart key={course.currency} course={course} height={drawn.length === 1 ? alone : amongOthers} />)}
      {drawn.length > 0 && <p className={classes.note}>{t('sales.note')}</p>}
    </Card>
  );
};

const CourseChart = ({ course: { currency, points }, height }: { readonly course: Course; readonly height: number }) => {
  const { t } = useTranslation('today');
  const days = points.map((point) => point.day);
  const sum = (of: 'orders' | 'revenueMinor'): number => points.reduce((all, point) => all + point[of], 0);
  return (
    <div className={classes.course}>
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
    </div>
  );
};
