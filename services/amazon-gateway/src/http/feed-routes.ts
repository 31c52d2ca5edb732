import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { codes } from '../amazon/codes.ts';
import { type Feed, feedTypes } from '../domain/feed.ts';
import { feedStates } from '../domain/feed-lifecycle.ts';
import { commitFeed, type FeedTargets } from '../store/commit-feed.ts';
import { commandsOfFeed, findFeed, listFeeds } from '../store/feed.ts';
import type { Stores } from '../stores.ts';
import { FeedSummary, FeedView, summaryOf, viewOf } from './feed-view.ts';

const params = z.object({ id: z.uuid() });

/** The batches in which cancellations and refunds travel. */
export const feedRoutes = ({ database, execution, clock }: ServiceKit, targets: FeedTargets, stores: Stores): Route[] => [
  route({
    method: 'get',
    path: '/feeds',
    access: { needs: 'read', store: 'filtered' },
    summary: 'The batches in which cancellations and refunds went to Amazon, last opened first',
    tags: ['feeds'],
    query: pageQuery.extend({
      storeId: z.string().max(40).optional(),
      type: z.enum(feedTypes).optional(),
      state: z.enum(feedStates).optional(),
    }),
    responses: { 200: pageOf(FeedSummary) },
    handle: async ({ caller, query: { cursor, limit, storeId, ...filter } }) => {
      const storeIds = withinStores(caller, storeId === undefined ? undefined : [storeId]);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ at: z.iso.datetime(), id: z.uuid() }));
      const found = await listFeeds(database, { ...filter, storeIds, before, limit: limit + 1 });
      return toPage(found.map(summaryOf), limit, ({ openedAt: at, id }) => ({ at, id }));
    },
  }),
  route({
    method: 'get',
    path: '/feeds/:id',
    access: { needs: 'read', store: async ({ params }) => (await findFeed(database, params.id))?.tenant },
    summary: 'One of them: its messages with their commands, and what Amazon reported',
    tags: ['feeds'],
    params,
    responses: { 200: FeedView },
    handle: async ({ params: { id } }) => shown(database, await known(database, id)),
  }),
  route({
    method: 'post',
    path: '/feeds/:id/cancel',
    access: { needs: 'operate', store: async ({ params }) => (await findFeed(database, params.id))?.tenant },
    summary: 'Takes it back from Amazon, as long as Amazon has not begun with it',
    description: 'Its commands wait again, and go out with the next feed: settle those that are not wanted any more.',
    tags: ['feeds'],
    params,
    responses: { 202: FeedView },
    handle: async ({ params: { id }, signal }) => {
      const feed = await known(database, id);
      const { amazonFeedId, state } = feed;
      if (state !== 'processing' || amazonFeedId === null) throw new AppError('conflict', 'feed.not-at-amazon', { id, state });
      const { api } = await stores.find(feed.tenant);
      await api.cancelFeed(amazonFeedId, signal).catch((error: unknown) => {
        throw begun(error, feed);
      });
      await commitFeed(execution, targets, feed, { type: 'look', counts: false, lookAt: clock.now().toISOString() });
      return shown(database, await known(database, id));
    },
  }),
];

const known = async (database: Database, id: string): Promise<Feed> => {
  const feed = await findFeed(database, id);
  if (!feed) throw new AppError('not-found', 'feed.unknown', { id });
  return feed;
};

const shown = async (database: Database, feed: Feed): Promise<FeedView> => viewOf(feed, await commandsOfFeed(database, feed));

/** Amazon says no to it once it has begun. */
const begun = (error: unknown, { id, amazonStatus }: Feed): unknown =>
  error instanceof AppError && error.code === codes.invalid
    ? new AppError('conflict', 'feed.begun', { id, amazonStatus, amazonSays: error.details.amazonSays }, { cause: error })
    : error;
