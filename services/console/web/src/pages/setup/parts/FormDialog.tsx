import { Button, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, problemOf } from '../../../api/problem.ts';
import { DialogFoot } from '../../../ui/DialogFoot.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';

/** What is wrong with a field, in the service's words. */
export type Mistake = (field: string) => string | undefined;

export interface FormDialogProps {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  readonly ready: boolean;
  /** What the form shows by itself: `email`, and `targets` for `targets.0.url`. */
  readonly fields: readonly string[];
  readonly size?: string;
  /** Closes the dialog, or shows what was made, by itself. */
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: (mistake: Mistake) => React.ReactNode;
}

/** A form in a dialog: it stays when it fails, and says at each field what is wrong with it. */
export const FormDialog = ({ title, action, ready, fields, size = 'lg', onSubmit, onClose, children }: FormDialogProps) => {
  const { t } = useTranslation('common');
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: Problem }>({ busy: false });
  const submit = async (): Promise<void> => {
    setState({ busy: true });
    try {
      await onSubmit();
    } catch (error) {
      setState({ busy: false, problem: problemOf(error) });
    }
  };
  const errors = state.problem?.document.errors ?? [];
  const form = useRef<HTMLFormElement>(null);
  // What is wrong may be out of sight above.
  useEffect(() => {
    if (state.problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state.problem]);
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !state.busy) void submit();
        }}
      >
        <Stack>
          {children((field) => errors.find((error) => error.field === field)?.message)}
          {state.problem && <Refused problem={state.problem} fields={fields} />}
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('do.cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={state.busy}>
              {action}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
};

/** What is not said at a field already. */
const Refused = ({ problem, fields }: { readonly problem: Problem; readonly fields: readonly string[] }) => {
  const { t } = useTranslation('setup');
  const { errors = [], ...document } = problem.document;
  const others = errors.filter(({ field }) => !fields.some((one) => field === one || field.startsWith(`${one}.`)));
  if (errors.length > 0 && others.length === 0)
    return (
      <Text role="alert" size="sm" c="var(--stopped)">
        {t('fixMarked')}
      </Text>
    );
  return <ProblemNote error={new Problem({ ...document, errors: others })} />;
};
