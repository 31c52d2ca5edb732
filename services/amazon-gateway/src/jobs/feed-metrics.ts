import type { ServiceKit } from '@orderbus/service-kit';
import { unfinishedFeeds } from '../store/feed.ts';
import type { FeedWork } from './feed-work.ts';

/** How many feeds are under way, and how long Amazon takes. */
export const feedMetrics = ({ metrics, database }: ServiceKit): FeedWork['ended'] => {
  metrics.observed(
    { name: 'amazon_feeds', help: 'Feeds that are not finished, by where they stand', labelNames: ['type', 'state'] },
    async () => (await unfinishedFeeds(database)).map(({ type, state, count }) => ({ labels: { type, state }, value: count })),
  );
  const total = metrics.counter({ name: 'amazon_feeds_total', help: 'Feeds that Amazon has ended', labelNames: ['type', 'state'] });
  const seconds = metrics.histogram({
    name: 'amazon_feed_seconds',
    help: 'Seconds from handing a feed in to its end',
    labelNames: ['type'],
    buckets: [15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 28_800],
  });
  return ({ type, submittedAt }, state, at) => {
    total.inc({ type, state });
    if (submittedAt !== null) seconds.observe({ type }, (at.getTime() - Date.parse(submittedAt)) / 1_000);
  };
};
