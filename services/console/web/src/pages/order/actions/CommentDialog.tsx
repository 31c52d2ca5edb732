import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange } from './useChange.ts';

const blank = { text: '', notify: false, visible: false };

/** Something said about the order, for good: comments are never changed or taken away. */
const CommentDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState(false);
  const { run, running, problem } = useChange(
    (body: typeof blank, header) =>
      done(order.POST('/orders/{orderId}/comments', { body, params: { path: { orderId: facts.order.id }, header } })),
    () => {
      sayDone(t('comment.done'));
      onClose();
    },
  );
  const isEmpty = draft.text.trim() === '';
  return (
    <ActionDialog
      title={t('comment.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('comment.verb')}
      doing={t('comment.doing')}
      onSubmit={() => {
        setTried(true);
        if (!isEmpty) run(draft);
      }}
      running={running}
      problem={problem}
      fields={['text']}
      typed={draft.text !== ''}
      outlook={[
        { who: 'here', text: t('comment.stays') },
        { who: 'amazon', text: t('comment.notTold') },
      ]}
    >
      <Textarea
        data-autofocus
        required
        label={t('comment.text')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4_000}
        value={draft.text}
        error={tried && isEmpty ? t('comment.missing') : mistakesOf(problem).get('text')}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, text: value })}
      />
      <Checkbox
        label={t('comment.visible')}
        description={t('comment.visibleHint')}
        checked={draft.visible}
        onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, visible: checked })}
      />
      <Checkbox
        label={t('comment.notify')}
        description={t('comment.notifyHint')}
        checked={draft.notify}
        onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, notify: checked })}
      />
    </ActionDialog>
  );
};

export default CommentDialog;
