import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import classes from './SalesCard.module.css';
import { type CurrencyFigures, type Span, spans } from './sales.ts';

const heads = { today: 'today', sevenDays: 'week', thirtyDays: 'month', lifetime: 'lifetime' } as const satisfies Record<Span, string>;

/** Revenue and orders of each currency, for today, 7 and 30 days, and since the beginning. */
export const SalesFigures = ({ currencies }: { readonly currencies: readonly CurrencyFigures[] }) => {
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
          {currencies.map(({ currency, figures }) => (
            <Table.Tr key={currency}>
              <Table.Th scope="row">{currency === '' ? t('sales.unpriced') : currency}</Table.Th>
              {spans.map((span) => (
                <Table.Td key={span}>
                  {currency !== '' && <span className={classes.amount}>{money(figures[span].revenueMinor, currency)}</span>}
                  <span className={classes.orders}>{t('sales.ordersCount', { count: figures[span].orders })}</span>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
};
