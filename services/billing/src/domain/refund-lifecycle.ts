import type { Refusal } from '@orderbus/contracts';

/** Where a credit memo stands. A correction is settled from the start: nobody is paid. */
export type RefundState = 'requested' | 'submitted' | 'accepted' | 'refused' | 'settled';

/** What may be heard of a refund, or be wanted of it. */
export type RefundFact = 'submit' | 'accept' | 'refuse' | 'settle' | 'doubt' | 'retry';

/**
 * Facts come in any order, and more than once. What Amazon has accepted stays accepted; only a person asks again, and only after a
 * refusal. A refused one may still be accepted: somebody has sent it again at the gateway.
 */
export const refundLifecycle = {
  requested: { submit: 'submitted', accept: 'accepted', refuse: 'refused', settle: 'settled', doubt: 'requested', retry: 'not-allowed' },
  submitted: { submit: 'already-done', accept: 'accepted', refuse: 'refused', settle: 'settled', doubt: 'submitted', retry: 'not-allowed' },
  accepted: {
    submit: 'already-done',
    accept: 'already-done',
    refuse: 'already-done',
    settle: 'settled',
    doubt: 'already-done',
    retry: 'not-allowed',
  },
  refused: {
    submit: 'already-done',
    accept: 'accepted',
    refuse: 'already-done',
    settle: 'settled',
    doubt: 'already-done',
    retry: 'requested',
  },
  settled: {
    submit: 'already-done',
    accept: 'already-done',
    refuse: 'already-done',
    settle: 'already-done',
    doubt: 'already-done',
    retry: 'not-allowed',
  },
} as const satisfies Record<RefundState, Record<RefundFact, RefundState | Refusal>>;

/** Money that has gone back, or may have: it cannot go back once more. */
export const countsAsBack = (state: RefundState): boolean => state !== 'refused';

/** It has its number, and stays as it is. */
export const isIssued = (state: RefundState): boolean => state === 'accepted' || state === 'settled';
