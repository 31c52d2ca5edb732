import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import type { Overview } from './answers.ts';
import { CourseChart } from './CourseChart.tsx';
import { DayTable } from './DayTable.tsx';
import classes from './SalesCard.module.css';
import { SalesFigures } from './SalesFigures.tsx';
import { drawnCourses, figuresOf } from './sales.ts';

/** What was sold: in numbers by currency, and day by day, as lines or as a table. */
export const SalesCard = ({ sales, courses }: Pick<Overview, 'sales' | 'courses'>) => {
  const { t } = useTranslation('today');
  const navigate = useNavigate();
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  const figures = figuresOf(sales);
  const drawn = drawnCourses(courses, figures);
  const { currency: wanted }: { readonly currency?: unknown } = useSearch({ strict: false });
  const course = drawn.find(({ currency }) => currency === wanted) ?? drawn[0];
  const choose = (currency: string): void =>
    void navigate({ to: '.', search: ((kept: object) => ({ ...kept, currency })) as never, replace: true, resetScroll: false });
  return (
    <Card
      title={t('sales.title')}
      actions={
        course && (
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
      {figures.length > 0 && <SalesFigures currencies={figures} courses={drawn} chosen={course?.currency} onChoose={choose} />}
      {course === undefined && <Empty title={t('sales.nothing')} text={t('sales.nothingText')} />}
      {course && as === 'chart' && <CourseChart course={course} />}
      {course && as === 'table' && <DayTable courses={drawn} />}
      {course && <p className={classes.note}>{t('sales.note')}</p>}
    </Card>
  );
};
