import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and what Amazon will be told. */
  readonly children: React.ReactNode;
  /** The verb: "Cancel the order", never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** Asks for a reason, and whether one has to be given. */
  readonly reason?: { readonly label: string; readonly required: boolean } | undefined;
  /** What has to be typed before it can be done: for what cannot be taken back. */
  readonly typed?: { readonly label: string; readonly text: string } | undefined;
  readonly onConfirm: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be taken back, does it, and stays when it fails. */
export const ConfirmDialog = ({ title, children, action, danger = false, reason, typed, onConfirm, onClose }: ConfirmDialogProps) => {
  const { t } = useTranslation();
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
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('do.close') }}>
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
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready} loading={state.busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
