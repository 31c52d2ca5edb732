import express, { type Request, type Response, type Router } from 'express';
import { AmazonError, invalidInput } from '../amazon/amazon-error.ts';
import { CreateFeedDocumentBody, type FeedSearch, feedTokenFor, readCreateFeed, readFeedSearch } from '../amazon/feed-request.ts';
import { singleParameters } from '../amazon/parameters.ts';
import { type SignedMethod, signFor } from '../amazon/signed-url.ts';
import { readBody } from '../amazon/write-body.ts';
import type { FeedDocument, WorldFeed } from '../world/feed.ts';
import type { Seller } from '../world/sellers.ts';
import { admit } from './admit.ts';
import { documentPath } from './feed-document-routes.ts';
import { jsonBody } from './json-body.ts';
import type { WritesApi } from './shipment-routes.ts';

const base = '/feeds/2021-06-30';

/** Feeds API 2021-06-30. */
export const feedsRoutes = (api: WritesApi): Router => {
  const router = express.Router();
  const { faults, clock } = api;
  const { feeds, documents } = api.writes;
  const now = (): number => clock.now().getTime();

  router.post(`${base}/documents`, faults.guard('createFeedDocument'), admit(api, 'createFeedDocument'), jsonBody, (request, response) => {
    const { contentType } = readBody(CreateFeedDocumentBody, request.body);
    const document = documents.create(sellerOf(response).sellerId, contentType, now());
    response.status(201).json({ feedDocumentId: document.documentId, url: urlFor(request, document, 'PUT', now()) });
  });

  router.get(`${base}/documents/:documentId`, faults.guard('getFeedDocument'), admit(api, 'getFeedDocument'), (request, response) => {
    const { enableContentEncodingUrlHeader: encoded } = singleParameters(request.query, ['enableContentEncodingUrlHeader']);
    const document = documents.find(String(request.params.documentId), now());
    if (document?.sellerId !== sellerOf(response).sellerId || document.content === undefined) throw notFound('feed document');
    const announced = encoded === 'true' ? '&encoded=true' : '';
    response.json({
      feedDocumentId: document.documentId,
      url: urlFor(request, document, 'GET', now()) + announced,
      ...(document.compression && { compressionAlgorithm: document.compression }),
    });
  });

  router.post(`${base}/feeds`, faults.guard('createFeed'), admit(api, 'createFeed'), jsonBody, (request, response) => {
    const { sellerId } = sellerOf(response);
    const { feedType, marketplaceIds, inputFeedDocumentId, feedOptions: options } = readCreateFeed(request.body, sellerOf(response));
    if (documents.find(inputFeedDocumentId, now())?.sellerId !== sellerId) {
      throw invalidInput('inputFeedDocumentId', inputFeedDocumentId, 'Member must be a feed document that has not expired');
    }
    const { feedId } = feeds.create(
      { sellerId, feedType, marketplaceIds, inputDocumentId: inputFeedDocumentId, ...(options && { options }) },
      now(),
    );
    response.status(202).json({ feedId });
  });

  router.get(`${base}/feeds`, faults.guard('getFeeds'), admit(api, 'getFeeds'), (request, response) => {
    const seller = sellerOf(response);
    response.json(searchFeeds(api, readFeedSearch(request.query, seller, now()), seller));
  });

  router.get(`${base}/feeds/:feedId`, faults.guard('getFeed'), admit(api, 'getFeed'), (request, response) => {
    response.json(rendered(feedOf(api, request, response)));
  });

  router.delete(`${base}/feeds/:feedId`, faults.guard('cancelFeed'), admit(api, 'cancelFeed'), (request, response) => {
    const feed = feedOf(api, request, response);
    if (feed.status !== 'IN_QUEUE')
      throw invalidInput('feedId', feed.feedId, `Only a feed in IN_QUEUE can be cancelled, not ${feed.status}`);
    feeds.cancel(feed, now());
    response.status(200).end();
  });

  return router;
};

const sellerOf = (response: Response): Seller => response.locals.seller as Seller;

const notFound = (what: string): AmazonError => new AmazonError(404, 'NotFound', `The requested ${what} could not be found.`);

const feedOf = ({ writes }: WritesApi, request: Request, response: Response): WorldFeed => {
  const feed = writes.feeds.find(sellerOf(response).sellerId, String(request.params.feedId));
  if (!feed) throw notFound('feed');
  return feed;
};

/** Asks for one more than a page holds, to know whether there is another. */
const searchFeeds = ({ writes }: WritesApi, search: FeedSearch, seller: Seller) => {
  const found = writes.feeds.search({
    sellerId: seller.sellerId,
    feedTypes: new Set(search.feedTypes),
    marketplaceIds: search.marketplaceIds && new Set(search.marketplaceIds),
    statuses: search.statuses && new Set(search.statuses),
    from: search.from,
    to: search.to,
    before: search.before,
    limit: search.limit + 1,
  });
  const page = found.slice(0, search.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return { feeds: page.map(rendered), ...(last && { nextToken: feedTokenFor({ ...search, before: last.feedId }, seller) }) };
};

const rendered = (feed: WorldFeed) => ({
  feedId: feed.feedId,
  feedType: feed.feedType,
  marketplaceIds: [...feed.marketplaceIds],
  createdTime: isoTime(feed.createdAt),
  processingStatus: feed.status,
  ...(feed.startedAt !== undefined && { processingStartTime: isoTime(feed.startedAt) }),
  ...(feed.endedAt !== undefined && { processingEndTime: isoTime(feed.endedAt) }),
  ...(feed.resultDocumentId && { resultFeedDocumentId: feed.resultDocumentId }),
});

const urlFor = (request: Request, { documentId }: FeedDocument, method: SignedMethod, now: number): string =>
  `${request.protocol}://${request.get('host')}${documentPath}/${documentId}?${signFor(method, documentId, now)}`;

const isoTime = (time: number): string => new Date(time).toISOString();
