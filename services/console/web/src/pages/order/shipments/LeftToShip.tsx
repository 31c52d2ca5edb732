import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { ActionButton } from '../ActionButton.tsx';
import { actions } from '../actions/index.ts';
import type { Shipping } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { LineList } from './LineList.tsx';
import classes from './Shipments.module.css';

export interface ShippingProps extends OrderTabProps {
  readonly shipping: Shipping;
}

/** What is left to be shipped, and what has to be thought of when it is. */
export const LeftToShip = ({ facts, shipping }: ShippingProps) => {
  const { t } = useTranslation('order');
  const warnings: Readonly<Record<string, string>> = t('warning', { returnObjects: true });
  const left = shipping.lines.filter((line) => line.left > 0);
  const isAllOut = left.length === 0;
  return (
    <Card
      title={t('shipments.left')}
      actions={
        !isAllOut &&
        actions
          .filter(({ id }) => id === 'ship')
          .map((action) => <ActionButton key={action.id} action={action} facts={facts} size="compact-sm" />)
      }
    >
      {isAllOut ? (
        <Text c="dimmed">{t(shipping.shipments.length > 0 ? 'shipments.allOut' : 'shipments.nothing')}</Text>
      ) : (
        <LineList lines={left.map(({ lineId, left: quantity }) => ({ lineId, quantity }))} shipping={shipping} />
      )}
      {!isAllOut && shipping.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {shipping.warnings.map(({ code, words }) => (
            <li key={code}>{warnings[code] ?? words}</li>
          ))}
        </ul>
      )}
    </Card>
  );
};
