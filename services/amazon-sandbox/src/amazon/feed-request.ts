import { z } from 'zod';
import { type FeedStatus, feedStatuses } from '../world/feed.ts';
import type { Seller } from '../world/sellers.ts';
import { invalidInput } from './amazon-error.ts';
import { feedKinds } from './feeds/feed-types.ts';
import { invoiceFeedType } from './feeds/invoice.ts';
import { countParameter, listParameter, type RawQuery, singleParameters, timeParameter } from './parameters.ts';
import { admitMarketplace } from './search-request.ts';
import { readBody, text } from './write-body.ts';

export const CreateFeedDocumentBody = z.strictObject({ contentType: text('ContentType is invalid, must not be empty.') });

const CreateFeedBody = z.strictObject({
  feedType: z.string(),
  marketplaceIds: z
    .array(z.string())
    .min(1, 'MarketplaceIds must have 1 to 25 members.')
    .max(25, 'MarketplaceIds must have 1 to 25 members.'),
  inputFeedDocumentId: z.string(),
  feedOptions: z.record(z.string(), z.string()).optional(),
});

const playedTypes: readonly string[] = [...feedKinds.keys(), invoiceFeedType];

/** @throws AmazonError 400, or 403 for a marketplace that is not the seller's. */
export const readCreateFeed = (body: unknown, seller: Seller): z.output<typeof CreateFeedBody> => {
  const order = readBody(CreateFeedBody, body);
  if (!playedTypes.includes(order.feedType)) {
    throw invalidInput('feedType', order.feedType, `Member must satisfy enum value set: [${playedTypes.join(', ')}]`);
  }
  for (const id of order.marketplaceIds) admitMarketplace(seller, id);
  return order;
};

/** Which feeds are asked for. A token carries all of it, and comes alone. */
export interface FeedSearch {
  readonly feedTypes: readonly string[];
  readonly marketplaceIds?: readonly string[];
  readonly statuses?: readonly FeedStatus[];
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly before?: string;
}

const parameters = ['feedTypes', 'marketplaceIds', 'pageSize', 'processingStatuses', 'createdSince', 'createdUntil', 'nextToken'];
const retentionMs = 90 * 86_400_000;

/** @throws AmazonError 400 naming the parameter. */
export const readFeedSearch = (query: RawQuery, seller: Seller, now: number): FeedSearch => {
  const given = singleParameters(query, parameters);
  if (given.nextToken !== undefined) return readToken(given, seller);
  const feedTypes = listParameter('feedTypes', given.feedTypes, undefined, 10);
  if (!feedTypes) throw invalidInput('feedTypes', null, 'Either feedTypes or nextToken must be provided');
  const marketplaceIds = listParameter('marketplaceIds', given.marketplaceIds, undefined, 10);
  const statuses = listParameter('processingStatuses', given.processingStatuses, feedStatuses);
  return {
    feedTypes,
    ...(marketplaceIds && { marketplaceIds }),
    ...(statuses && { statuses }),
    from: Math.max(timeParameter('createdSince', given.createdSince) ?? 0, now - retentionMs),
    to: timeParameter('createdUntil', given.createdUntil) ?? now,
    limit: countParameter('pageSize', given.pageSize, 1, 100) ?? 10,
  };
};

export const feedTokenFor = (search: FeedSearch, seller: Seller): string =>
  Buffer.from(JSON.stringify({ sellerId: seller.sellerId, search })).toString('base64');

const readToken = ({ nextToken = '', ...others }: Record<string, string>, seller: Seller): FeedSearch => {
  const [other] = Object.keys(others);
  if (other) throw invalidInput(other, others[other], 'Member must not be provided together with nextToken');
  const token = decode(nextToken);
  if (token?.sellerId !== seller.sellerId) throw invalidInput('nextToken', nextToken, 'Member must be a token returned by this operation');
  return token.search;
};

const decode = (token: string): { readonly sellerId: string; readonly search: FeedSearch } | undefined => {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString());
  } catch {
    return undefined;
  }
};
