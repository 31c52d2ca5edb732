import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { day, money, number } from '../../ui/format.ts';
import classes from './DayTable.module.css';
import type { Course } from './sales.ts';

/** The chart's numbers, the latest day first. */
export const DayTable = ({ courses }: { readonly courses: readonly Course[] }) => {
  const { t } = useTranslation('today');
  const days = courses[0]?.points.map((point) => point.day).toReversed() ?? [];
  const pointOf = (course: Course, of: string) => course.points.find((point) => point.day === of) ?? { orders: 0, revenueMinor: 0 };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.days} tabIndex={0} aria-label={t('sales.days')}>
      <Table withTableBorder={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('sales.day')}</Table.Th>
            {courses.flatMap(({ currency }) => [
              <Table.Th key={`${currency} revenue`} scope="col">
                {t('sales.revenueIn', { currency })}
              </Table.Th>,
              <Table.Th key={`${currency} orders`} scope="col">
                {t('sales.ordersIn', { currency })}
              </Table.Th>,
            ])}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((one) => (
            <Table.Tr key={one}>
              <Table.Th scope="row">{day(one, 'UTC')}</Table.Th>
              {courses.flatMap((course) => [
                <Table.Td key={`${course.currency} revenue`}>{money(pointOf(course, one).revenueMinor, course.currency)}</Table.Td>,
                <Table.Td key={`${course.currency} orders`}>{number(pointOf(course, one).orders)}</Table.Td>,
              ])}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
};
