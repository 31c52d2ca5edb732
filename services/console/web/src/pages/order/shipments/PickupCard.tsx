import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { sayingOf } from '../../../ui/told.ts';
import { When } from '../../../ui/When.tsx';
import { ActionButton } from '../ActionButton.tsx';
import { actions } from '../actions/index.ts';
import type { ShippingProps } from './LeftToShip.tsx';
import { AtAmazon } from './ParcelCard.tsx';
import classes from './Shipments.module.css';

/** An order that the buyer fetches at the shop: where that stands, and what Amazon knows of it. */
export const PickupCard = ({ facts, shipping: { pickup = [] } }: ShippingProps) => {
  const { t } = useTranslation('order');
  return (
    <Card
      title={t('pickup.title')}
      actions={actions
        .filter(({ id }) => id === 'pickup')
        .map((action) => <ActionButton key={action.id} action={action} facts={facts} size="compact-sm" variant="default" />)}
    >
      {pickup.length === 0 && <Text c="dimmed">{t('pickup.none')}</Text>}
      <ul className={classes.lines}>
        {pickup.map(({ status, at, by, amazon }) => (
          <li key={`${status} ${at}`}>
            <strong>{t(`pickup.state.${status}`)}</strong>
            <When at={at} zone={facts.marketplace?.timeZone} />
            <span>{by}</span>
            <AtAmazon amazon={amazon} />
            {amazon.refusal && sayingOf(amazon.refusal)}
          </li>
        ))}
      </ul>
    </Card>
  );
};
