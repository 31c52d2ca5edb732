import { retryAt } from '../amazon/certainty.ts';
import type { Feed as AmazonFeed } from '../amazon/sp-api.ts';
import type { Feed } from '../domain/feed.ts';
import { followedBy } from '../domain/told.ts';
import { commitFeed } from '../store/commit-feed.ts';
import { knownAmazonFeeds } from '../store/feed.ts';
import { loseAll, submitAll } from './feed-steps.ts';
import { after, type FeedAtWork, type FeedWork } from './feed-work.ts';
import { refusalOf } from './refusal.ts';

/** How far apart Amazon's clock and ours may be. */
const clockToleranceMs = 120_000;

/**
 * Whether a feed whose creation was not answered came to be after all. If Amazon lists exactly one that is not known to be another and
 * that fits, it is this one. After several looks without one, it is lost: its cancellations show on their orders or go out again, its
 * refunds wait for a person.
 */
export const searchFeed = async (work: FeedWork, { feed, api }: FeedAtWork<'getFeeds'>, signal: AbortSignal): Promise<void> => {
  const { execution, targets, clock, patience, log } = work;
  const found = await listed(work, { feed, api }, signal);
  if (!Array.isArray(found)) {
    const lookAt = retryAt(found.error, clock.now()).toISOString();
    await commitFeed(execution, targets, feed, { type: 'look', counts: false, lookAt, why: refusalOf(found.error) });
    return;
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) {
    const lookAt = after(clock, patience.processingMs(0));
    await commitFeed(execution, targets, feed, { type: 'take', amazonFeedId: only.feedId, lookAt }, submitAll(feed));
    return;
  }
  const why = only === undefined ? notListed : severalListed(found.length);
  const waitMs = patience.unknownMs(feed.looks + 1);
  if (waitMs !== undefined) {
    await commitFeed(execution, targets, feed, { type: 'look', counts: true, lookAt: after(clock, waitMs), why });
    return;
  }
  log.error({ feed: feed.id, feedType: feed.type, commands: feed.messages.length }, 'a feed is lost: nobody knows whether Amazon has it');
  const told = followedBy(unanswered, why);
  await commitFeed(execution, targets, feed, { type: 'give-up', why: told }, loseAll(feed, told, after(clock, patience.showsMs(0) ?? 0)));
};

const unanswered = { code: 'feed.unanswered', words: 'Amazon did not answer when the feed was handed in.' };
const notListed = { code: 'feed.not-listed', words: 'Amazon lists no such feed.' };
const severalListed = (found: number) => ({
  ...{ code: 'feed.several-listed', words: `Amazon lists ${found} feeds that it could be.` },
  facts: { found },
});

const listed = async (
  { execution }: FeedWork,
  { feed, api }: FeedAtWork<'getFeeds'>,
  signal: AbortSignal,
): Promise<AmazonFeed[] | { readonly error: unknown }> => {
  const createdSince = new Date(Date.parse(feed.submittedAt ?? feed.openedAt) - clockToleranceMs).toISOString();
  try {
    const all = await api.getFeeds({ feedTypes: [feed.type], createdSince }, signal);
    const fitting = all.filter((one) => fits(feed, one));
    const ours = await knownAmazonFeeds(
      execution.database,
      feed.tenant,
      fitting.map(({ feedId }) => feedId),
    );
    return fitting.filter(({ feedId }) => !ours.has(feedId));
  } catch (error) {
    return { error };
  }
};

const fits = ({ type, marketplaceIds }: Feed, other: AmazonFeed): boolean =>
  other.feedType === type && (other.marketplaceIds === undefined || sameMembers(marketplaceIds, other.marketplaceIds));

const sameMembers = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
