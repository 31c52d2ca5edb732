import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange, useTakeBack } from './useChange.ts';

const keep = (orderId: string, note: string | null) =>
  done(order.PUT('/orders/{orderId}/note', { body: { note }, params: { path: { orderId } } }));

/** The one note that is kept with the order. */
const NoteDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { id, note: before } = facts.order;
  const [note, setNote] = useState(before ?? '');
  const takeBack = useTakeBack();
  const { run, running, problem } = useChange(
    (text: string) => keep(id, text.trim() === '' ? null : text.trim()),
    () => {
      sayDone(
        t('note.done'),
        takeBack(() => keep(id, before)),
      );
      onClose();
    },
  );
  return (
    <ActionDialog
      title={t('note.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('note.verb')}
      doing={t('note.doing')}
      onSubmit={() => run(note)}
      running={running}
      problem={problem}
      fields={['note']}
      typed={note !== (before ?? '')}
      outlook={[{ who: 'here', text: t('note.stays') }]}
    >
      <Textarea
        data-autofocus
        label={t('note.label')}
        description={t('note.hint')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2_000}
        value={note}
        error={mistakesOf(problem).get('note')}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
    </ActionDialog>
  );
};

export default NoteDialog;
