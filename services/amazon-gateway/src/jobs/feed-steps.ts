import type { AmazonRefusal } from '@orderbus/contracts';
import type { Feed, FeedMessage, FeedType } from '../domain/feed.ts';
import type { Verdict } from '../domain/feed-report.ts';
import type { CommandStep } from '../store/commit-feed.ts';

/** What becomes of a feed's commands. */

type Carrier = Pick<Feed, 'messages'> & { readonly type: FeedType };

/** It surely did not happen. */
export const deferAll = ({ messages }: Carrier, why: AmazonRefusal, nextAttemptAt: string): CommandStep[] =>
  messages.map(({ commandId, attempt }) => ({ commandId, step: { type: 'defer', why, nextAttemptAt, attempt } }));

/** Amazon has it, and has not begun with it. */
export const submitAll = ({ messages }: Carrier): CommandStep[] =>
  messages.filter(({ isRefund }) => isRefund).map(({ commandId, attempt }) => ({ commandId, step: { type: 'submit', attempt } }));

const doubts = {
  refund: 'The refund may have been paid: look in Seller Central whether it was',
  invoice: 'Amazon may have the document: look in Seller Central whether the order has it',
} as const;

/** Nobody knows what became of them. */
export const loseAll = (feed: Carrier, words: string, lookAt: string): CommandStep[] =>
  feed.messages.flatMap((message, n) => stepsOf(feed, message, n, { verdict: 'unknown', words }, lookAt));

/** `verdicts`: one for each message. */
export const settleAll = (feed: Carrier, verdicts: readonly Verdict[], lookAt: string): CommandStep[] =>
  feed.messages.flatMap((message, n) => stepsOf(feed, message, n, verdicts[n] as Verdict, lookAt));

/**
 * A cancellation of which nobody knows shows on the order, sooner or later. A refund does not: it is not sent again before a person has
 * said so, since Amazon pays each time. Nor does a document, which Amazon refuses when it has it already.
 */
const stepsOf = (
  feed: Carrier,
  { commandId, attempt, isRefund }: FeedMessage,
  n: number,
  verdict: Verdict,
  lookAt: string,
): CommandStep[] => {
  if (verdict.verdict === 'accepted')
    return [{ commandId, step: { type: 'succeed', attempt, ...(verdict.words && { words: verdict.words }) } }];
  if (verdict.verdict === 'refused') {
    const refusal = { code: `amazon.report.${verdict.code}`, words: verdict.words };
    return [{ commandId, step: { type: 'refuse', refusal, attempt } }];
  }
  const why = { code: 'feed.outcome-unknown', words: verdict.words };
  const lost: CommandStep = { commandId, step: { type: 'lose', why, lookAt, attempt } };
  const doubt = isRefund ? doubts.refund : feed.type === 'UPLOAD_VAT_INVOICE' ? doubts.invoice : undefined;
  if (doubt === undefined) return [lost];
  const words = `${verdict.words} ${doubt}, then settle it or send it again (message ${n + 1} of ${feed.type}).`;
  return [lost, { commandId, step: { type: 'doubt', words } }];
};
