import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { useMay } from '../../../api/session.ts';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { When } from '../../../ui/When.tsx';
import type { ShippingProps } from './LeftToShip.tsx';
import { AtAmazon } from './ParcelCard.tsx';
import classes from './Shipments.module.css';

const steps = ['ready', 'picked-up', 'refused'] as const;
type Step = (typeof steps)[number];

/** An order that the buyer fetches at the shop: where that stands, and what Amazon knows of it. */
export const PickupCard = ({ facts: { order, marketplace }, shipping }: ShippingProps) => {
  const { t } = useTranslation('order');
  const may = useMay('operate');
  const [step, setStep] = useState<Step>();
  return (
    <Card
      title={t('pickup.title')}
      actions={
        may &&
        shipping.state === 'open' && (
          <Group gap="xs">
            {steps.map((one) => (
              <Button key={one} size="compact-sm" variant="default" onClick={() => setStep(one)}>
                {t(`pickup.do.${one}`)}
              </Button>
            ))}
          </Group>
        )
      }
    >
      {(shipping.pickup ?? []).length === 0 && <Text c="dimmed">{t('pickup.none')}</Text>}
      <ul className={classes.lines}>
        {shipping.pickup?.map(({ status, at, by, amazon }) => (
          <li key={`${status} ${at}`}>
            <strong>{t(`pickup.state.${status}`)}</strong>
            <When at={at} zone={marketplace?.timeZone} />
            <span>{by}</span>
            <AtAmazon amazon={amazon} />
            {amazon.refusal?.words}
          </li>
        ))}
      </ul>
      {step && <PickupDialog orderId={order.id} step={step} onClose={() => setStep(undefined)} />}
    </Card>
  );
};

interface PickupDialogProps {
  readonly orderId: string;
  readonly step: Step;
  readonly onClose: () => void;
}

const PickupDialog = ({ orderId, step, onClose }: PickupDialogProps) => {
  const { t } = useTranslation('order');
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  return (
    <ConfirmDialog
      title={t(`pickup.do.${step}`)}
      action={t(`pickup.do.${step}`)}
      onClose={onClose}
      onConfirm={async () => {
        const params = { path: { orderId }, header: { 'Idempotency-Key': key } };
        await done(fulfillment.POST('/orders/{orderId}/pickup', { params, body: { status: step } }));
        sayDone(t('pickup.done'));
        void queries.invalidateQueries({ queryKey: [fulfillment.name] });
      }}
    >
      {t(`pickup.text.${step}`)}
    </ConfirmDialog>
  );
};
