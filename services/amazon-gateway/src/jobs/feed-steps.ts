import type { AmazonRefusal, ToldRefusal } from '@orderbus/contracts';
import type { Feed, FeedMessage, FeedType } from '../domain/feed.ts';
import type { Verdict } from '../domain/feed-report.ts';
import { followedBy } from '../domain/told.ts';
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
  refund: { code: 'feed.refund-perhaps-paid', words: 'The refund may have been paid: look in Seller Central whether it was' },
  invoice: { code: 'feed.document-perhaps-taken', words: 'Amazon may have the document: look in Seller Central whether the order has it' },
} as const;

/** Nobody knows what became of them. */
export const loseAll = (feed: Carrier, why: ToldRefusal, lookAt: string): CommandStep[] =>
  feed.messages.flatMap((message, n) => stepsOf(feed, message, n, { verdict: 'unknown', ...why }, lookAt));

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
  const { verdict: _, ...why } = verdict;
  const lost: CommandStep = { commandId, step: { type: 'lose', why, lookAt, attempt } };
  const doubt = isRefund ? doubts.refund : feed.type === 'UPLOAD_VAT_INVOICE' ? doubts.invoice : undefined;
  if (doubt === undefined) return [lost];
  const words = `${doubt.words}, then settle it or send it again (message ${n + 1} of ${feed.type}).`;
  const facts = { message: n + 1, feedType: feed.type };
  return [lost, { commandId, step: { type: 'doubt', ...followedBy({ code: doubt.code, words, facts }, why) } }];
};
