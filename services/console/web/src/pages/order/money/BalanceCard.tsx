import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { wordsFor } from '../../../ui/codes.ts';
import { money } from '../../../ui/format.ts';
import { Money } from '../../../ui/Money.tsx';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { ActionButton } from '../ActionButton.tsx';
import { actions } from '../actions/index.ts';
import type { Billing } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './Money.module.css';

const tones: Readonly<Record<Billing['status'], Tone>> = {
  open: 'waiting',
  invoiced: 'ok',
  'not-needed': 'quiet',
  review: 'attention',
  canceled: 'quiet',
};

const figures = ['grandTotalMinor', 'invoicedMinor', 'paidMinor', 'dueMinor', 'refundedMinor', 'refundableMinor'] as const;

/** How the order's money stands in six figures, and what billing makes of it. */
export const BalanceCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { order, billing } = facts;
  const reasons: Readonly<Record<string, string>> = t('billing.reason', { returnObjects: true });
  const currency = order.totals?.currency ?? billing?.currency;
  return (
    <Card
      title={t('balance.title')}
      actions={['invoice', 'credit-memo'].flatMap((id) =>
        actions
          .filter((action) => action.id === id)
          .map((action) => <ActionButton key={id} action={action} facts={facts} size="compact-sm" variant="default" />),
      )}
    >
      <dl className={classes.figures}>
        {figures.map((name) => (
          <div key={name}>
            <dt>{t(name === 'grandTotalMinor' ? 'totals.grand' : `totals.${name}`)}</dt>
            <dd>{currency ? <Money minor={order.money[name]} currency={currency} /> : '–'}</dd>
          </div>
        ))}
      </dl>
      {billing && (
        <div className={classes.note}>
          <Status tone={tones[billing.status]}>{t(`billing.status.${billing.status}`)}</Status>
          {billing.reason && ` · ${wordsFor(reasons, billing.reason)}`}
          {billing.detail && ` · ${billing.detail}`}
        </div>
      )}
      {billing?.totalsDiffer && billing.currency && (
        <Alert color="yellow" variant="light" mt="sm">
          {t('balance.differ', {
            due: money(billing.dueMinor, billing.currency),
            invoiced: money(billing.invoicedMinor, billing.currency),
          })}
        </Alert>
      )}
    </Card>
  );
};
