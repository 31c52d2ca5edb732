import type { OrderFacts } from '../facts.ts';
import { ActionDialog } from './ActionDialog.tsx';
import type { Prospect } from './Outlook.tsx';
import { type OnceKey, useChange } from './useChange.ts';

export interface PlainDialogProps {
  readonly facts: OrderFacts;
  readonly onClose: () => void;
  readonly title: string;
  readonly verb: string;
  readonly doing: string;
  readonly send: (key: OnceKey) => Promise<unknown>;
  readonly onDone: () => void;
  readonly outlook: readonly (Prospect | undefined)[];
  readonly why?: string | undefined;
  readonly children?: React.ReactNode;
}

/** An action that needs no more than a yes: it says what will happen, and does it. */
export const PlainDialog = ({ send, onDone, onClose, ...dialog }: PlainDialogProps) => {
  const { run, running, problem } = useChange(
    (_: undefined, key) => send(key),
    () => {
      onDone();
      onClose();
    },
  );
  return <ActionDialog {...dialog} onClose={onClose} onSubmit={() => run(undefined)} running={running} problem={problem} />;
};
