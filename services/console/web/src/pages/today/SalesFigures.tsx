import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import classes from './SalesCard.module.css';
import { Sparkline } from './Sparkline.tsx';
import { type Course, type CurrencyFigures, type Span, spans } from './sales.ts';

const heads = { today: 'today', sevenDays: 'week', thirtyDays: 'month', lifetime: 'lifetime' } as const satisfies Record<Span, string>;

export interface SalesFiguresProps {
  readonly currencies: readonly CurrencyFigures[];
  readonly courses: readonly Course[];
  /** The currency that is drawn large. */
  readonly chosen: string | undefined;
  readonly onChoose: (currency: string) => void;
}

/** Revenue and orders of each currency: for today, 7 and 30 days, and since the beginning; and the shape of its last 30 days. */
export const SalesFigures = ({ currencies, courses, chosen, onChoose }: SalesFiguresProps) => {
  const { t } = useTranslation('today');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a narrow screen has to be reached by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={t('sales.figures')}>
      <Table className={classes.figures} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('sales.currency')}</Table.Th>
            {spans.map((span) => (
              <Table.Th key={span} scope="col">
                {t(`sales.${heads[span]}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {currencies.map((one) => (
            <Table.Tr key={one.currency} data-chosen={(courses.length > 1 && one.currency === chosen) || undefined}>
              <Table.Th scope="row">
                <Currency
                  currency={one.currency}
                  course={courses.find(({ currency }) => currency === one.currency)}
                  choose={courses.length > 1 ? onChoose : undefined}
                  chosen={one.currency === chosen}
                />
              </Table.Th>
              {spans.map((span) => (
                <Table.Td key={span}>
                  {one.currency !== '' && <span className={classes.amount}>{money(one.figures[span].revenueMinor, one.currency)}</span>}
                  <span className={classes.orders}>{t('sales.ordersCount', { count: one.figures[span].orders })}</span>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
};

interface CurrencyProps {
  readonly currency: string;
  readonly course: Course | undefined;
  /** Absent: there is no other to choose. */
  readonly choose: ((currency: string) => void) | undefined;
  readonly chosen: boolean;
}

const Currency = ({ currency, course, choose, chosen }: CurrencyProps) => {
  const { t } = useTranslation('today');
  if (course === undefined) return currency === '' ? t('sales.unpriced') : currency;
  if (choose === undefined) return currency;
  return (
    <button type="button" className={classes.currency} aria-pressed={chosen} onClick={() => choose(currency)}>
      <span className={classes.code}>{currency}</span>
      <Sparkline values={course.points.map(({ revenueMinor }) => revenueMinor)} />
    </button>
  );
};
