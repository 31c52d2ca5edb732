import type { Refusal } from '@orderbus/contracts';

/**
 * uploading: its commands are taken, nothing is at Amazon but perhaps a document. submitting: the one call that must not be made twice may
 * be under way. unknown: nobody knows whether Amazon has it. processing: Amazon has it.
 * done, fatal, cancelled: as Amazon ended it. dropped: it surely never came to be. lost: Amazon does not know of it, as far as it shows.
 */
export const feedStates = ['uploading', 'submitting', 'unknown', 'processing', 'done', 'fatal', 'cancelled', 'dropped', 'lost'] as const;
export type FeedState = (typeof feedStates)[number];

/** One feed of a store and type at a time: Amazon works through them one after the other anyway. */
export const unfinishedStates = ['uploading', 'submitting', 'unknown', 'processing'] as const satisfies readonly FeedState[];

export type FeedStepName = 'open' | 'submit' | 'take' | 'lose' | 'drop' | 'look' | 'give-up' | 'end';

/** `as-said`: as Amazon ended it. */
type Cell = FeedState | Refusal | 'as-said';

const ended = {
  open: 'already-done',
  submit: 'not-allowed',
  take: 'not-allowed',
  lose: 'not-allowed',
  drop: 'already-done',
  look: 'already-done',
  'give-up': 'already-done',
  end: 'already-done',
} as const satisfies Record<FeedStepName, Cell>;

/** Nothing leads back to `submitting`: what may have been handed in is searched for, and never handed in again. */
export const feedLifecycle = {
  none: {
    open: 'uploading',
    submit: 'not-allowed',
    take: 'not-allowed',
    lose: 'not-allowed',
    drop: 'not-allowed',
    look: 'not-allowed',
    'give-up': 'not-allowed',
    end: 'not-allowed',
  },
  uploading: {
    open: 'already-done',
    submit: 'submitting',
    take: 'not-allowed',
    lose: 'not-allowed',
    drop: 'dropped',
    look: 'not-allowed',
    'give-up': 'not-allowed',
    end: 'not-allowed',
  },
  submitting: {
    open: 'already-done',
    submit: 'not-allowed',
    take: 'processing',
    lose: 'unknown',
    drop: 'dropped',
    look: 'not-allowed',
    'give-up': 'not-allowed',
    end: 'not-allowed',
  },
  unknown: {
    open: 'already-done',
    submit: 'not-allowed',
    take: 'processing',
    lose: 'already-done',
    drop: 'not-allowed',
    look: 'unknown',
    'give-up': 'lost',
    end: 'not-allowed',
  },
  processing: {
    open: 'already-done',
    submit: 'not-allowed',
    take: 'already-done',
    lose: 'not-allowed',
    drop: 'not-allowed',
    look: 'processing',
    'give-up': 'not-allowed',
    end: 'as-said',
  },
  done: ended,
  fatal: ended,
  cancelled: ended,
  dropped: ended,
  lost: ended,
} as const satisfies Record<FeedState | 'none', Record<FeedStepName, Cell>>;
