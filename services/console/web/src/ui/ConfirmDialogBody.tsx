import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConfirmDialogProps } from './confirm-dialog-props.ts';
import { DialogFoot } from './DialogFoot.tsx';
import { useFocusGivenBack } from './focus-given-back.ts';
import { ProblemNote } from './ProblemNote.tsx';

const ConfirmDialogBody = ({ title, children, action, danger = false, reason, typed, onConfirm, onClose }: ConfirmDialogProps) => {
  const { t } = useTranslation();
  useFocusGivenBack();
  const [why, setWhy] = useState('');
  const [repeated, setRepeated] = useState('');
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const ready = (!reason?.required || why.trim() !== '') && (typed === undefined || repeated === typed.text);
  const confirm = async (): Promise<void> => {
    setState({ busy: true });
    try {
      await onConfirm(why.trim());
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal opened returnFocus={false} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !state.busy) void confirm();
        }}
      >
        <Stack>
          <div>{children}</div>
          {reason && (
            <Textarea
              label={reason.label}
              required={reason.required}
              autosize
              minRows={2}
              data-autofocus
              value={why}
              onChange={({ currentTarget: { value } }) => setWhy(value)}
            />
          )}
          {typed && (
            <TextInput
              label={typed.label}
              value={repeated}
              onChange={({ currentTarget: { value } }) => setRepeated(value)}
              autoComplete="off"
            />
          )}
          {state.error !== undefined && <ProblemNote error={state.error} />}
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready} loading={state.busy}>
              {action}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
};

export default ConfirmDialogBody;
