import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import type { ActionDialogProps } from './action.ts';
import { useChange } from './useChange.ts';
import { useParcel } from './useParcel.tsx';
import { whyNotParcel } from './why.ts';

/** It is no parcel any more: its units are to be shipped again. */
const VoidParcelDialog = ({ facts, onClose, about }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { chosen, field } = useParcel(facts, 'void', about);
  const [reason, setReason] = useState('');
  const { run, running, problem } = useChange(
    (id: string, header) => {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      return done(fulfillment.POST('/shipments/{id}/void', { body, params: { path: { id }, header } }));
    },
    () => {
      sayDone(t('parcel.void.done'));
      onClose();
    },
  );
  const units = chosen?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  return (
    <ActionDialog
      danger
      title={t('parcel.void.title', { position: chosen?.position })}
      onClose={onClose}
      verb={t('parcel.void.verb')}
      doing={t('parcel.void.doing')}
      onSubmit={() => chosen && run(chosen.id)}
      running={running}
      problem={problem}
      why={whyNotParcel(facts, 'void', t, chosen?.id)}
      typed={reason !== ''}
      outlook={[
        { who: 'here', text: t('parcel.void.again', { count: units }) },
        { who: 'amazon', text: t(chosen?.state === 'packed' ? 'parcel.void.notTold' : 'parcel.void.tookNothing') },
      ]}
    >
      {field}
      <TextInput
        data-autofocus
        label={t('parcel.void.reason')}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </ActionDialog>
  );
};

export default VoidParcelDialog;
