import type { Refusal } from '@orderbus/contracts';

/**
 * pending: waits to be sent. sending: the call may be under way. unknown: it was sent, and nobody knows what became of it.
 * done: Amazon did it. failed: it did not, and will not be asked again by itself.
 */
export const commandStates = ['pending', 'sending', 'unknown', 'done', 'failed'] as const;
export type CommandState = (typeof commandStates)[number];

/** Neither done nor failed: whatever has the same subject waits behind it. */
export const openStates = ['pending', 'sending', 'unknown'] as const satisfies readonly CommandState[];

/**
 * request: somebody asks for it. send: it is about to be called; whoever claims takes this step, in SQL. defer: it surely did not happen.
 * succeed, refuse: Amazon said so. lose: no answer, or the process died. found, absent: Amazon's order shows that it happened, or that
 * it did not. doubt: the order does not tell. overdue: it has waited too long. look: a person wants to know now.
 * resend, settle: a person decides; what waits is thereby sent at once. recall: this database is a copy of an older one, which may have
 * sent it since. submit: Amazon has taken it in, and has not answered. book: Amazon's books show it.
 */
export type StepName =
  | 'request'
  | 'send'
  | 'defer'
  | 'succeed'
  | 'refuse'
  | 'lose'
  | 'submit'
  | 'found'
  | 'absent'
  | 'doubt'
  | 'overdue'
  | 'look'
  | 'resend'
  | 'settle'
  | 'recall'
  | 'book';

/** `as-checked` and `as-said`: the step itself says where it leads. */
type Cell = CommandState | Refusal | 'as-checked' | 'as-said';

/** Nothing goes from `unknown` to `sending`: what may have happened is read back first. */
export const lifecycle = {
  none: {
    request: 'as-checked',
    send: 'not-allowed',
    defer: 'not-allowed',
    succeed: 'not-allowed',
    refuse: 'not-allowed',
    lose: 'not-allowed',
    submit: 'not-allowed',
    found: 'not-allowed',
    absent: 'not-allowed',
    doubt: 'not-allowed',
    overdue: 'not-allowed',
    look: 'not-allowed',
    resend: 'not-allowed',
    settle: 'not-allowed',
    recall: 'not-allowed',
    book: 'not-allowed',
  },
  pending: {
    request: 'already-done',
    send: 'sending',
    defer: 'already-done',
    succeed: 'not-allowed',
    refuse: 'failed',
    lose: 'not-allowed',
    submit: 'not-allowed',
    found: 'not-allowed',
    absent: 'already-done',
    doubt: 'not-allowed',
    overdue: 'pending',
    look: 'not-allowed',
    resend: 'pending',
    settle: 'as-said',
    recall: 'unknown',
    book: 'not-allowed',
  },
  sending: {
    request: 'already-done',
    send: 'not-allowed',
    defer: 'pending',
    succeed: 'done',
    refuse: 'failed',
    lose: 'unknown',
    submit: 'sending',
    found: 'not-allowed',
    absent: 'not-allowed',
    doubt: 'not-allowed',
    overdue: 'sending',
    look: 'not-allowed',
    resend: 'not-allowed',
    settle: 'not-allowed',
    recall: 'unknown',
    book: 'not-allowed',
  },
  unknown: {
    request: 'already-done',
    send: 'not-allowed',
    defer: 'not-allowed',
    succeed: 'done',
    refuse: 'failed',
    lose: 'unknown',
    submit: 'unknown',
    found: 'done',
    absent: 'pending',
    doubt: 'unknown',
    overdue: 'unknown',
    look: 'unknown',
    resend: 'pending',
    settle: 'as-said',
    recall: 'unknown',
    book: 'not-allowed',
  },
  done: {
    request: 'already-done',
    send: 'not-allowed',
    defer: 'not-allowed',
    succeed: 'already-done',
    refuse: 'not-allowed',
    lose: 'already-done',
    submit: 'already-done',
    found: 'already-done',
    absent: 'not-allowed',
    doubt: 'already-done',
    overdue: 'already-done',
    look: 'already-done',
    resend: 'not-allowed',
    settle: 'not-allowed',
    recall: 'already-done',
    book: 'done',
  },
  failed: {
    request: 'already-done',
    send: 'not-allowed',
    defer: 'not-allowed',
    succeed: 'not-allowed',
    refuse: 'already-done',
    lose: 'already-done',
    submit: 'already-done',
    found: 'not-allowed',
    absent: 'already-done',
    doubt: 'already-done',
    overdue: 'already-done',
    look: 'not-allowed',
    resend: 'pending',
    settle: 'not-allowed',
    recall: 'already-done',
    book: 'not-allowed',
  },
} as const satisfies Record<CommandState | 'none', Record<StepName, Cell>>;

/** The states from which this step leads into that one. */
export const statesBefore = (step: StepName, after: CommandState): CommandState[] =>
  commandStates.filter((state) => lifecycle[state][step] === after);
