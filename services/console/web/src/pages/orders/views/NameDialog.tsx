import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../api/problem.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';

export interface NameDialogProps {
  readonly title: string;
  readonly about?: string | undefined;
  readonly name: string;
  readonly save: (name: string) => Promise<void>;
  readonly close: () => void;
}

export const NameDialog = ({ title, about, name: before, save, close }: NameDialogProps) => {
  const { t } = useTranslation(['orders', 'common']);
  const [name, setName] = useState(before);
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const isTaken = state.error !== undefined && problemOf(state.error).code === 'view.name-taken';
  const submit = async (): Promise<void> => {
    setState({ busy: true });
    try {
      await save(name.trim());
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !state.busy) void submit();
        }}
      >
        <Stack>
          {about && <p>{about}</p>}
          <TextInput
            label={t('views.name')}
            required
            maxLength={80}
            data-autofocus
            value={name}
            error={isTaken ? t('views.taken') : undefined}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          {state.error !== undefined && !isTaken && <ProblemNote error={state.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" loading={state.busy} disabled={name.trim() === ''}>
              {t('common:do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
