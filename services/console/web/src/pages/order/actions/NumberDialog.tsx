import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { useChange } from './useChange.ts';
import { whyNot } from './why.ts';

type Source = 'own' | 'amazon';

/** It bears Amazon's number, or one of ours. */
const NumberDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { id, number, amazonOrderId, formerNumber } = facts.order;
  const [now] = useState((): Source => (number === amazonOrderId ? 'amazon' : 'own'));
  const [source, setSource] = useState<Source>(now === 'own' ? 'amazon' : 'own');
  const { run, running, problem } = useChange(
    (wanted: Source, header) =>
      done(order.POST('/orders/{orderId}/number', { body: { source: wanted }, params: { path: { orderId: id }, header } })),
    (answer) => {
      sayDone(t('number.done', { number: answer.number }));
      onClose();
    },
  );
  const own = now === 'own' ? number : formerNumber;
  return (
    <ActionDialog
      title={t('number.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('number.verb')}
      doing={t('number.doing')}
      onSubmit={() => run(source)}
      running={running}
      problem={problem}
      why={whyNot(facts, 'renumber', t)}
      blocked={source === now ? t('number.same') : undefined}
      outlook={[
        { who: 'here', text: t('number.found') },
        { who: 'here', text: t('number.documents') },
        { who: 'amazon', text: t('number.notTold') },
      ]}
    >
      <Radio.Group label={t('number.label')} value={source} onChange={(value) => setSource(value === 'own' ? 'own' : 'amazon')}>
        <Stack gap={8} mt={8}>
          <Radio value="amazon" label={t('number.amazon', { number: amazonOrderId })} />
          <Radio value="own" label={own ? t('number.own', { number: own }) : t('number.next')} />
        </Stack>
      </Radio.Group>
    </ActionDialog>
  );
};

export default NumberDialog;
