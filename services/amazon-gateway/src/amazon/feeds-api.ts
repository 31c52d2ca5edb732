import { z } from 'zod';
import { type DocumentsApi, documentsApi } from './documents-api.ts';
import { Nothing, type Permit, queryOf, type Request } from './request.ts';

/** A feed as Amazon sees it. */
export interface Feed {
  readonly feedId: string;
  readonly feedType: string;
  readonly marketplaceIds?: readonly string[] | undefined;
  readonly createdTime: string;
  /** IN_QUEUE, IN_PROGRESS, DONE, FATAL or CANCELLED. DONE says nothing about the single messages: the report does. */
  readonly processingStatus: string;
  readonly processingStartTime?: string | undefined;
  readonly processingEndTime?: string | undefined;
  readonly resultFeedDocumentId?: string | undefined;
}

/** Where a document lies, for five minutes. */
interface FeedDocument {
  readonly url: string;
  readonly compressionAlgorithm?: string | undefined;
}

export interface FeedsApi extends DocumentsApi {
  createFeedDocument(contentType: string, signal: AbortSignal): Promise<{ feedDocumentId: string; url: string }>;
  /** `spare`: how many calls of the budget it leaves to more urgent feeds. */
  createFeed(
    feed: NewFeed,
    signal: AbortSignal,
    options?: { readonly spare?: number; readonly permit?: Permit },
  ): Promise<{ feedId: string }>;
  getFeed(feedId: string, signal: AbortSignal): Promise<Feed>;
  /** Feeds of these types that were created since then, newest first as Amazon lists them, 100 at most. */
  getFeeds(filter: { readonly feedTypes: readonly string[]; readonly createdSince: string }, signal: AbortSignal): Promise<readonly Feed[]>;
  /** Only while it waits in the queue. */
  cancelFeed(feedId: string, signal: AbortSignal): Promise<void>;
  getFeedDocument(feedDocumentId: string, signal: AbortSignal): Promise<FeedDocument>;
}

interface NewFeed {
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
  readonly inputFeedDocumentId: string;
  readonly feedOptions?: Readonly<Record<string, string>>;
}

const base = '/feeds/2021-06-30';

export const feedsApi = (request: Request, documents: Parameters<typeof documentsApi>[0]): FeedsApi => ({
  ...documentsApi(documents),
  createFeedDocument: (contentType, signal) =>
    request({ operation: 'createFeedDocument', method: 'POST', path: `${base}/documents`, body: { contentType } }, NewDocumentJson, signal),
  createFeed: (feed, signal, { spare, permit } = {}) =>
    request({ operation: 'createFeed', method: 'POST', path: `${base}/feeds`, body: feed, spare, permit }, NewFeedJson, signal),
  getFeed: (feedId, signal) =>
    request({ operation: 'getFeed', path: `${base}/feeds/${encodeURIComponent(feedId)}`, subject: feedId }, FeedJson, signal),
  getFeeds: async ({ feedTypes, createdSince }, signal) => {
    const query = queryOf({ feedTypes, createdSince: new Date(createdSince).toISOString(), pageSize: '100' });
    return (await request({ operation: 'getFeeds', path: `${base}/feeds?${query}` }, FeedsJson, signal)).feeds;
  },
  cancelFeed: (feedId, signal) =>
    request(
      { operation: 'cancelFeed', method: 'DELETE', path: `${base}/feeds/${encodeURIComponent(feedId)}`, subject: feedId },
      Nothing,
      signal,
    ),
  getFeedDocument: (feedDocumentId, signal) =>
    request(
      { operation: 'getFeedDocument', path: `${base}/documents/${encodeURIComponent(feedDocumentId)}`, subject: feedDocumentId },
      DocumentJson,
      signal,
    ),
});

const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const id = z.string().min(1);

const NewDocumentJson = z.object({ feedDocumentId: id, url: z.url() });
const NewFeedJson = z.object({ feedId: id });
const DocumentJson = z.object({ url: z.url(), compressionAlgorithm: optionalText });
const FeedJson = z.object({
  feedId: id,
  feedType: id,
  marketplaceIds: z
    .array(z.string())
    .nullish()
    .transform((ids) => ids ?? undefined),
  createdTime: z.string(),
  processingStatus: z.string(),
  processingStartTime: optionalText,
  processingEndTime: optionalText,
  resultFeedDocumentId: optionalText,
});
const FeedsJson = z.object({ feeds: z.array(FeedJson) });
