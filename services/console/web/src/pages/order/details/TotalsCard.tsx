import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Money } from '../../../ui/Money.tsx';
import type { Order } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './DetailsTab.module.css';
import { includedTaxOf, partTotalsOf } from './totals.ts';

/** What the buyer pays, with every part, and where that money stands. */
export const TotalsCard = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  return (
    <Card title={t('totals.title')}>
      {order.totals ? (
        <div className={classes.stack}>
          {!order.balanced && (
            <Alert color="yellow" variant="light">
              {t('totals.unbalanced')}
            </Alert>
          )}
          <Parts order={order} currency={order.totals.currency} />
          <Standing money={order.money} currency={order.totals.currency} />
        </div>
      ) : (
        <Empty title={t('totals.none')} text={t('totals.noneText')} />
      )}
    </Card>
  );
};

const Parts = ({ order, currency }: { readonly order: Order; readonly currency: string }) => {
  const { t } = useTranslation('order');
  const includedTax = includedTaxOf(order);
  return (
    <dl className={classes.totals}>
      {partTotalsOf(order).map(({ part, minor }) => (
        <Row key={part} name={t(`totals.${part}`)} minor={minor} currency={currency} />
      ))}
      <Row strong name={t('totals.grand')} minor={order.totals?.grandTotalMinor} currency={currency} />
      {includedTax !== 0 && <Row name={t('totals.includedTax')} minor={includedTax} currency={currency} />}
    </dl>
  );
};

const standings = ['invoicedMinor', 'paidMinor', 'dueMinor', 'refundedMinor', 'refundableMinor', 'canceledMinor'] as const;

const Standing = ({ money, currency }: { readonly money: Order['money']; readonly currency: string }) => {
  const { t } = useTranslation('order');
  return (
    <dl className={classes.totals}>
      {standings.map((name) => (
        <Row key={name} name={t(`totals.${name}`)} minor={money[name]} currency={currency} />
      ))}
    </dl>
  );
};

interface RowProps {
  readonly name: string;
  readonly minor: number | undefined;
  readonly currency: string;
  readonly strong?: boolean;
}

const Row = ({ name, minor, currency, strong = false }: RowProps) => (
  <>
    <dt data-strong={strong || undefined}>{name}</dt>
    <dd data-strong={strong || undefined}>
      <Money minor={minor} currency={currency} />
    </dd>
  </>
);
