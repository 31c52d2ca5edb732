import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { useChange } from './useChange.ts';

/** The buyer is forgotten now, for good: somebody has asked for it who has the right to. */
const PurgeDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const [typed, setTyped] = useState('');
  const number = numberOf(facts);
  const { run, running, problem } = useChange(
    (_: undefined, header) =>
      done(
        order.POST('/orders/{orderId}/buyer/purge', {
          body: { reason: 'erasure-request' },
          params: { path: { orderId: facts.order.id }, header },
        }),
      ),
    () => {
      sayDone(t('purge.done'));
      onClose();
    },
  );
  return (
    <ActionDialog
      danger
      title={t('purge.title', { number })}
      onClose={onClose}
      verb={t('purge.verb')}
      doing={t('purge.doing')}
      onSubmit={() => run(undefined)}
      running={running}
      problem={problem}
      typed={typed !== ''}
      blocked={typed.trim() === number ? undefined : t('purge.blocked')}
      outlook={[
        { who: 'beware', text: t('purge.forGood') },
        { who: 'here', text: t('purge.forgets') },
        { who: 'amazon', text: t('purge.notTold') },
      ]}
    >
      <TextInput
        data-autofocus
        label={t('purge.type', { number })}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
    </ActionDialog>
  );
};

export default PurgeDialog;
