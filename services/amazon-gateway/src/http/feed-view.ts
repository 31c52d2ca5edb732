import { AmazonWriteKind } from '@orderbus/contracts';
import { z } from 'zod';
import type { Command } from '../domain/command.ts';
import { type Feed, feedTypes } from '../domain/feed.ts';
import { feedStates } from '../domain/feed-lifecycle.ts';
import { commandStates } from '../domain/lifecycle.ts';
import { InOtherWords, inOtherWords } from './in-other-words.ts';

const time = z.iso.datetime();

/** A feed in a list. */
export const FeedSummary = z.object({
  id: z.uuid(),
  storeId: z.string(),
  type: z.enum(feedTypes),
  state: z
    .enum(feedStates)
    .describe('unknown: nobody knows whether Amazon has it; dropped: it never came to be; lost: Amazon does not list it'),
  amazonFeedId: z.string().optional(),
  amazonStatus: z.string().optional().describe('How far Amazon said it is, in its words'),
  marketplaceIds: z.array(z.string()),
  messages: z.int(),
  accepted: z.int().optional(),
  rejected: z.int().optional(),
  openedAt: time,
  submittedAt: time.optional(),
  finishedAt: time.optional(),
  nextLookAt: time.optional(),
  stuckAt: time.optional().describe('Since when somebody knows that Amazon does not finish it'),
  words: z.string().optional(),
  failure: InOtherWords.optional(),
});
export type FeedSummary = z.output<typeof FeedSummary>;

const ReportView = z.object({
  complete: z.boolean(),
  processed: z.int(),
  successful: z.int(),
  withError: z.int(),
  withWarning: z.int(),
  results: z.array(z.object({ messageId: z.int(), kind: z.enum(['error', 'warning']), code: z.string(), words: z.string() })),
});

/** Everything that is known of a feed. */
export const FeedView = FeedSummary.extend({
  commands: z
    .array(
      z.object({
        messageId: z.int(),
        commandId: z.uuid(),
        kind: AmazonWriteKind,
        orderId: z.uuid(),
        amazonOrderId: z.string(),
        state: z.enum(commandStates).describe('As the command stands now, also if it has been sent again since'),
      }),
    )
    .describe('One for each message'),
  report: ReportView.optional().describe("Amazon's processing report, as far as it is kept"),
});
export type FeedView = z.output<typeof FeedView>;

export const summaryOf = (feed: Feed): FeedSummary => ({
  id: feed.id,
  storeId: feed.tenant,
  type: feed.type,
  state: feed.state,
  ...(feed.amazonFeedId !== null && { amazonFeedId: feed.amazonFeedId }),
  ...(feed.amazonStatus !== null && { amazonStatus: feed.amazonStatus }),
  marketplaceIds: [...feed.marketplaceIds],
  messages: feed.messages.length,
  ...(feed.accepted !== null && { accepted: feed.accepted }),
  ...(feed.rejected !== null && { rejected: feed.rejected }),
  openedAt: feed.openedAt,
  ...(feed.submittedAt !== null && { submittedAt: feed.submittedAt }),
  ...(feed.finishedAt !== null && { finishedAt: feed.finishedAt }),
  ...(feed.nextLookAt !== null && { nextLookAt: feed.nextLookAt }),
  ...(feed.stuckAt !== null && { stuckAt: feed.stuckAt }),
  ...(feed.words !== null && { words: feed.words }),
  ...inOtherWords(feed.wordsCode, feed.wordsFacts),
});

export const viewOf = (feed: Feed, commands: readonly Command[]): FeedView => {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return {
    ...summaryOf(feed),
    commands: feed.messages.flatMap(({ commandId }, n) => {
      const command = byId.get(commandId);
      if (!command) return [];
      const { kind, orderId, amazonOrderId, state } = command;
      return [{ messageId: n + 1, commandId, kind, orderId, amazonOrderId, state }];
    }),
    ...(feed.report !== null && { report: { ...feed.report, results: [...feed.report.results] } }),
  };
};
