import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { useStatusName } from '../../../api/statuses.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { useChange, useTakeBack } from './useChange.ts';
import { whyNot } from './why.ts';

/** Another label of the state that the order is in. */
const StatusDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation(['actions', 'common']);
  const { id, state, status: before } = facts.order;
  const [status, setStatus] = useState(before);
  const nameOf = useStatusName();
  const statuses = useQuery(order.read('/statuses'));
  const takeBack = useTakeBack();
  const give = (wanted: string, header?: { 'Idempotency-Key': string }) =>
    done(order.POST('/orders/{orderId}/status', { body: { status: wanted }, params: { path: { orderId: id }, header } }));
  const { run, running, problem } = useChange(give, () => {
    sayDone(
      t('status.done'),
      takeBack(() => give(before)),
    );
    onClose();
  });
  return (
    <ActionDialog
      title={t('status.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('status.verb')}
      doing={t('status.doing')}
      onSubmit={() => run(status)}
      running={running}
      problem={problem}
      why={whyNot(facts, 'set-status', t)}
      blocked={status === before ? t('status.same') : undefined}
      typed={status !== before}
      outlook={[
        { who: 'here', text: t('status.labelOnly', { state: t(`common:state.${state}`) }) },
        { who: 'amazon', text: t('status.notTold') },
      ]}
    >
      <Loaded query={statuses} height={72}>
        {({ items }) => (
          <Radio.Group label={t('status.label', { state: t(`common:state.${state}`) })} value={status} onChange={setStatus}>
            <Stack gap={8} mt={8}>
              {items
                .filter((one) => one.state === state)
                .map((one) => (
                  <Radio key={one.code} value={one.code} label={nameOf(one)} />
                ))}
            </Stack>
          </Radio.Group>
        )}
      </Loaded>
    </ActionDialog>
  );
};

export default StatusDialog;
