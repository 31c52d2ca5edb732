import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { hold, release } from './holding.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange, useTakeBack } from './useChange.ts';
import { whyNot } from './why.ts';

/** Nothing of the order leaves the house until somebody releases it. */
const HoldDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const [reason, setReason] = useState('');
  const takeBack = useTakeBack();
  const { id } = facts.order;
  const { run, running, problem } = useChange(
    (why: string, header) => hold(id, why, header),
    () => {
      sayDone(
        t('hold.done'),
        takeBack(() => release(id)),
      );
      onClose();
    },
  );
  return (
    <ActionDialog
      title={t('hold.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('hold.verb')}
      doing={t('hold.doing')}
      onSubmit={() => run(reason)}
      running={running}
      problem={problem}
      fields={['reason']}
      why={whyNot(facts, 'hold', t)}
      typed={reason !== ''}
      outlook={[
        { who: 'here', text: t('hold.stays') },
        { who: 'amazon', text: t('hold.notTold') },
      ]}
    >
      <Textarea
        data-autofocus
        label={t('hold.reason')}
        description={t('hold.reasonHint')}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={mistakesOf(problem).get('reason')}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </ActionDialog>
  );
};

export default HoldDialog;
