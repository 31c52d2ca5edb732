import { Button, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem.ts';
import { DialogFoot } from '../../../ui/DialogFoot.tsx';
import classes from './actions.module.css';
import { Frame } from './Frame.tsx';
import { Outlook, type Prospect } from './Outlook.tsx';
import { Refused } from './Refused.tsx';

export interface ActionDialogFrameProps {
  readonly title: string;
  readonly onClose: () => void;
  /** The verb on the button, and what it says while it is being done. */
  readonly verb: string;
  readonly doing: string;
  readonly onSubmit: () => void;
  readonly running: boolean;
  readonly problem?: Problem | undefined;
  /** Fields whose mistakes the form shows by itself. */
  readonly fields?: readonly string[];
  /** Why it is refused, in the reader's language. */
  readonly why?: string | undefined;
  /** Something was typed or chosen that closing would lose. */
  readonly typed?: boolean;
  /** Why it cannot be done as it is filled in. */
  readonly blocked?: string | undefined;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly outlook?: readonly (Prospect | undefined)[];
  readonly children?: React.ReactNode;
}

/**
 * What every action's dialog has: what it is, its form, what will happen, and one button that does it once. Esc closes it, and asks first
 * when something was typed. Focus returns to where it was opened.
 */
export const ActionDialog = ({ title, onClose, outlook, children, wide = false, onSubmit, running, ...foot }: ActionDialogFrameProps) => {
  const [asking, setAsking] = useState(false);
  const leave = (): void => {
    if (running) return;
    if (foot.typed) setAsking(!asking);
    else onClose();
  };
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  // After a try, and after an answer, whoever sits here goes on at the first mistake.
  useEffect(() => {
    if (tries > 0 && !running) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries, running]);
  return (
    <Frame title={title} onClose={leave} wide={wide}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTries(tries + 1);
          if (!running && foot.blocked === undefined) onSubmit();
        }}
      >
        <Stack gap="md">
          {children}
          {outlook && <Outlook prospects={outlook} />}
          {asking ? <LosesTyped onStay={() => setAsking(false)} onLeave={onClose} /> : <Foot {...foot} running={running} onLeave={leave} />}
        </Stack>
      </form>
    </Frame>
  );
};

type FootProps = Pick<ActionDialogFrameProps, 'verb' | 'doing' | 'running' | 'problem' | 'fields' | 'why' | 'blocked' | 'danger'> & {
  readonly onLeave: () => void;
};

const Foot = ({ verb, doing, running, problem, fields = [], why, blocked, danger = false, onLeave }: FootProps) => {
  const { t } = useTranslation();
  return (
    <>
      {problem && !running && <Refused problem={problem} said={fields} why={why} />}
      <DialogFoot>
        <span className={classes.blocked} role="status">
          {blocked}
        </span>
        <Button variant="default" onClick={onLeave} aria-disabled={running}>
          {t('do.cancel')}
        </Button>
        <Button
          type="submit"
          color={danger ? 'red' : undefined}
          data-disabled={running || blocked !== undefined || undefined}
          aria-disabled={running || blocked !== undefined}
        >
          {running ? doing : verb}
        </Button>
      </DialogFoot>
    </>
  );
};

const LosesTyped = ({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) => {
  const { t } = useTranslation('actions');
  return (
    <DialogFoot role="alertdialog" aria-label={t('leave.question')}>
      <span className={classes.blocked}>{t('leave.question')}</span>
      <Button variant="default" onClick={onStay} autoFocus>
        {t('leave.stay')}
      </Button>
      <Button color="red" onClick={onLeave}>
        {t('leave.leave')}
      </Button>
    </DialogFoot>
  );
};
