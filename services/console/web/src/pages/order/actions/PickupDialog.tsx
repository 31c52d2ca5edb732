import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { readOnlyProspect } from './shipmentProspects.ts';
import { useChange } from './useChange.ts';

const stages = ['ready', 'picked-up', 'refused'] as const;
type Stage = (typeof stages)[number];

/** Where an order stands that the buyer fetches at the shop. */
const PickupDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const reported = facts.shipping?.pickup ?? [];
  const [stage, setStage] = useState<Stage>(reported.some(({ status }) => status === 'ready') ? 'picked-up' : 'ready');
  const { run, running, problem } = useChange(
    (status: Stage, header) =>
      done(fulfillment.POST('/orders/{orderId}/pickup', { body: { status }, params: { path: { orderId: facts.order.id }, header } })),
    () => {
      sayDone(t('pickup.done'));
      onClose();
    },
  );
  return (
    <ActionDialog
      title={t('pickup.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('pickup.verb')}
      doing={t('pickup.doing')}
      onSubmit={() => run(stage)}
      running={running}
      problem={problem}
      outlook={[{ who: 'amazon', text: t(`pickup.tells.${stage}`) }, readOnlyProspect(facts, t)]}
    >
      <Radio.Group label={t('pickup.where')} value={stage} onChange={(value) => setStage(stages.find((one) => one === value) ?? stage)}>
        <Stack gap={8} mt={8}>
          {stages.map((one) => (
            <Radio key={one} value={one} label={t(`pickup.stage.${one}`)} disabled={reported.some(({ status }) => status === one)} />
          ))}
        </Stack>
      </Radio.Group>
    </ActionDialog>
  );
};

export default PickupDialog;
